"""YAML text → plain values, the place of each in the text, and every mistake in its form. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from monitor.config.scalars import offset_in
from monitor.config.yamlwords import explain
from monitor.errors import Mistake

Place = tuple[str | int, ...]
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
TEXT = "tag:yaml.org,2002:str"
MERGE = "tag:yaml.org,2002:merge"
DEEPEST = 40  # the parser recurses: a file 20,000 deep would end the process
MOST_VALUES = 200_000  # each alias repeats what it names, so ten lines can say a billion things
WIDEST = 60  # columns of a line shown on each side of the caret
BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
USER = re.compile(r"(?<=://)[^/@\s'\"]+@")
CONFIDENTIAL = re.compile(
    r"""(?x) ( \b (?:password|secret|token|url|database|user) ["']? \s* [:=] \s* ) [^\s{].* """
)


class _TooMuch(Exception):
    """The file says more than a person would write."""


@dataclass(slots=True, kw_only=True)
class Tree:
    """Plain values, where each one was said, and what is wrong already.

    With `carets`, a mistake has its column and shows its line; files with secrets go without.
    """

    path: str
    text: str = ""
    carets: bool = False
    data: Any = None
    marks: dict[Place, tuple[int, int]] = field(default_factory=dict)
    sources: dict[Place, str] = field(default_factory=dict)
    secrets: dict[Place, str] = field(default_factory=dict)
    failed: set[Place] = field(default_factory=set)
    mistakes: list[Mistake] = field(default_factory=list)
    texts: dict[Place, yaml.ScalarNode] = field(default_factory=dict)
    _starts: list[int] = field(default_factory=list)

    def mark(self, place: Place) -> tuple[int, int]:
        """Find line and column of a value, or of the nearest thing around it."""
        while place and place not in self.marks:
            place = place[:-1]
        return self.marks.get(place, (0, 0))

    def line(self, place: Place) -> int:
        """Find the line of a value, or of the nearest thing around it."""
        return self.mark(place)[0]

    def written(self, place: Place) -> str | None:
        """Give a value as it is written, whatever YAML takes it for: `no` is a word, not false."""
        node = self.texts.get(place)
        return None if node is None else str(node.value)

    def wrong(self, place: Place, problem: str) -> None:
        """Note one mistake at the line where it was made, or under the variable that made it."""
        self.failed.add(place)
        self.mistakes.append(self.told(place, problem))

    def told(self, place: Place, problem: str) -> Mistake:
        """Make a mistake at the line of a value, or under the variable that gave it."""
        for secret in self.secrets.values():
            problem = problem.replace(secret, "…")
        problem = USER.sub("…@", problem)
        problem = f"{dotted(place)}: {problem}" if place else problem
        if variable := self._variable(place):
            return Mistake(problem=problem, path=variable)
        return self.mistake(problem, *self.mark(place))

    def wrong_in(self, place: Place, offset: int, problem: str) -> None:
        """Note one mistake at a character of a text."""
        node = self.texts.get(place)
        if node is None or offset > len(node.value):
            self.mistakes.append(self.mistake(problem, *self.mark(place)))
            return
        start, end = self._index(node.start_mark), self._index(node.end_mark)
        at = start + offset_in(self.text[start:end], node.value, offset, node.style or "")
        lines = self._line_starts()
        line = max(number for number, begin in enumerate(lines) if begin <= at)
        self.mistakes.append(self.mistake(problem, line + 1, at - lines[line] + 1))

    def mistake(self, problem: str, line: int = 0, column: int = 0) -> Mistake:
        """Make a mistake of this file."""
        if not (self.carets and line):
            return Mistake(problem=problem, path=self.path, line=line)
        shown = excerpt(self.text, line - 1, column - 1)
        return Mistake(problem=problem, path=self.path, line=line, column=column, excerpt=shown)

    def _variable(self, place: Place) -> str:
        """The variable that gave this value, or the group around it."""
        while place and place not in self.marks and place not in self.sources:
            place = place[:-1]
        source = self.sources.get(place, "")
        return source if source.startswith("$") else ""

    def _line_starts(self) -> list[int]:
        if not self._starts:
            self._starts = [0, *(match.end() for match in BREAK.finditer(self.text))]
        return self._starts

    def _index(self, mark: Any) -> int:
        lines = self._line_starts()
        return lines[mark.line] + mark.column if mark.line < len(lines) else len(self.text)


Lookup = Callable[[Tree, Place, Mapping[str, Any]], str | None]


def parse(text: str, path: str, *, carets: bool = False, secret: Lookup | None = None) -> Tree:
    """Read the text of one file; `secret` looks up what `{env: …}` and `{file: …}` stand for."""
    tree = Tree(path=path, text=text, carets=carets)
    try:
        _bounded(text)
        if (node := yaml.compose(text, LOADER)) is not None:
            tree.data = _Walk(tree, secret).value(node, ())
    except yaml.MarkedYAMLError as error:
        tree.mistakes.append(_malformed(tree, error))
    except (yaml.YAMLError, ValueError) as error:
        tree.mistakes.append(_unprintable(tree, error))
    except (_TooMuch, RecursionError) as error:
        problem = str(error) if isinstance(error, _TooMuch) else "an alias contains itself"
        tree.mistakes.append(tree.mistake(f"{problem}; write it out"))
    return tree


def dotted(place: Place) -> str:
    """Write a place as people do: `http.timeout`."""
    return ".".join(str(part) for part in place)


def excerpt(text: str, line: int, column: int) -> str:
    """The line and a caret under the column, what it keeps secret left out."""
    said = [*BREAK.split(text), ""][line].replace("\t", " ")
    said = "".join(char if char.isprintable() else " " for char in said)
    start = max(0, column - WIDEST)
    shown = CONFIDENTIAL.sub(r"\1…", said)
    if shown != said:
        return f"  {shown}"
    return f"  {said[start : column + WIDEST]}\n  {' ' * (column - start)}^"


def _bounded(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                line = f"line {event.start_mark.line + 1}" if event.start_mark else "it"
                raise _TooMuch(f"{line} is nested more than {DEEPEST} levels deep")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _malformed(tree: Tree, error: yaml.MarkedYAMLError) -> Mistake:
    mark = error.problem_mark or error.context_mark
    raw = str(error.problem or error.context)
    if mark is None:
        return tree.mistake(f"is not YAML: {explain(raw)}")
    lines = BREAK.split(tree.text)
    char = lines[mark.line][mark.column : mark.column + 1] if mark.line < len(lines) else ""
    return Mistake(
        problem=f"is not YAML: {explain(raw, char)}",
        path=tree.path,
        line=mark.line + 1,
        column=mark.column + 1,
        excerpt=excerpt(tree.text, min(mark.line, len(lines)), mark.column),
    )


def _unprintable(tree: Tree, error: Exception) -> Mistake:
    problem = f"is not YAML: {explain(str(error))}"
    found = yaml.reader.Reader.NON_PRINTABLE.search(tree.text)
    if found is None:
        return tree.mistake(problem)
    *above, here = BREAK.split(tree.text[: found.start()])
    return Mistake(problem=problem, path=tree.path, line=len(above) + 1, column=len(here) + 1)


class _Walk:
    """The parser's nodes → values, each noted in the tree with its place."""

    def __init__(self, tree: Tree, secret: Lookup | None) -> None:
        self.tree = tree
        self.secret = secret
        self.loader = yaml.SafeLoader("")

    def value(self, node: yaml.Node, place: Place) -> Any:
        self.tree.marks.setdefault(place, (node.start_mark.line + 1, node.start_mark.column + 1))
        if len(self.tree.marks) > MOST_VALUES:
            raise _TooMuch(f"holds more than {MOST_VALUES:,} values")
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*place, index)) for index, item in enumerate(node.value)]
        return self.scalar(node, place)

    def scalar(self, node: Any, place: Place) -> Any:
        self.tree.sources[place] = f"{self.tree.path}:{node.start_mark.line + 1}"
        self.tree.texts[place] = node
        if node.tag == TEXT:
            return node.value
        try:
            return self.loader.construct_object(node)
        except yaml.YAMLError as error:
            self.tree.wrong(place, explain(str(getattr(error, "problem", error))))
        except ValueError as error:
            self.tree.wrong(place, f"cannot be read: {error}; put it in quotes if it is text")
        return None

    def mapping(self, node: yaml.MappingNode, place: Place) -> Any:
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else "?"
            inner = (*place, key)
            mark = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            if key in values:
                self.tree.marks[inner] = mark
                self.tree.wrong(inner, "is given twice; keep one")
                continue
            self.tree.marks[inner] = mark
            if key_node.tag == MERGE:
                self.tree.wrong(inner, "other keys cannot be merged in; write them out")
                continue
            values[key] = self.value(value_node, inner)
        if self.secret is not None and set(values) in ({"env"}, {"file"}) and place:
            return self.secret(self.tree, place, values)
        return values
