"""Configuration → beats and gazetteers, read and compiled once. The room's only file reading."""

import gc
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from monitor.config import Config
from monitor.config.files import Unreadable, text_of
from monitor.config.tree import Tree, parse
from monitor.errors import ConfigError, Mistake
from monitor.judge import entities, gazetteer, linting, verdict
from monitor.judge.gazetteer import Gazetteer
from monitor.judge.linting import Linted
from monitor.judge.verdict import Beats


def rules_of(config: Config) -> Beats:
    """Compile what the configuration says; raises ConfigError with every mistake in every file."""
    return _compiled(tuple(config.beats.items()), tuple(config.gazetteers.values()))


@dataclass(frozen=True, slots=True)
class _Files:
    """Beats (path, text) and gazetteers by what they say: the same wherever they lie."""

    said: tuple[tuple[str, str], ...]
    beats: tuple[tuple[str, str], ...] = field(compare=False)
    gazetteers: tuple[Path, ...] = field(compare=False)


@lru_cache(maxsize=4)
def _compiled(beats: tuple[tuple[str, str], ...], gazetteers: tuple[Path, ...]) -> Beats:
    said = [(Path(path).name, text) for path, text in beats]
    said += [(path.name, _text_of(path)) for path in gazetteers]
    return _compiled_once(_Files(tuple(said), beats, gazetteers))


def _text_of(path: Path) -> str:
    try:
        return text_of(path)
    except Unreadable as error:
        return f"{path} {error}"  # it is a mistake below


@lru_cache(maxsize=4)
def _compiled_once(files: _Files) -> Beats:
    gc.disable()  # hundreds of thousands of objects that stay: it would look at them all, often
    try:
        return _prepared(files)
    finally:
        gc.enable()


def _prepared(files: _Files) -> Beats:
    known, found = _read(files.gazetteers)
    linted = _linted(dict(files.beats), files.gazetteers, known, advise=False)
    if found := [*found, *_in_beats(linted)]:
        raise ConfigError(*found)
    read = [one.beat for one in linted if one.beat is not None]
    return verdict.prepare(read, entities.index(known))


def mistakes(beats: Mapping[str, str], gazetteers: Iterable[Path]) -> tuple[Mistake, ...]:
    """Everything that makes these beats and gazetteers unusable."""
    known, found = _read(gazetteers)
    return (*found, *_in_beats(_linted(beats, gazetteers, known, advise=False)))


def lint(beats: Mapping[str, str], gazetteers: Iterable[Path]) -> tuple[Mistake, ...]:
    """The same, and every query or alias that will cause trouble."""
    trees, found = _trees(gazetteers)
    found += [mistake for one, tree in trees for mistake in gazetteer.lint(one, tree)]
    return (*found, *lint_beats(beats, gazetteers))


def lint_beats(beats: Mapping[str, str], gazetteers: Iterable[Path]) -> tuple[Mistake, ...]:
    """What is wrong, or will cause trouble, in these beats alone."""
    linted = _linted(beats, gazetteers, _read(gazetteers)[0], advise=True)
    found = [*_in_beats(linted), *(advice for one in linted for advice in one.advice)]
    return tuple(sorted(found, key=lambda one: (one.path, one.line, one.column)))


def _linted(
    beats: Mapping[str, str],
    gazetteers: Iterable[Path],
    known: Iterable[Gazetteer],
    *,
    advise: bool,
) -> list[Linted]:
    # One that could not be read is in a file of its name: it is not called unknown as well.
    names = {path.stem for path in gazetteers} | {one.name for one in known}
    return [linting.lint(text, path, names, advise=advise) for path, text in beats.items()]


def _in_beats(linted: Iterable[Linted]) -> Iterator[Mistake]:
    paths: dict[str, str] = {}
    for one in linted:
        yield from one.mistakes
        if one.beat is not None and one.name is not None:
            first = paths.setdefault(one.beat.name, one.name.path)
            if first != one.name.path:
                problem = f"two beats are called {one.beat.name!r} (see {first}); rename one"
                yield replace(one.name, problem=problem)


def _read(paths: Iterable[Path]) -> tuple[list[Gazetteer], list[Mistake]]:
    trees, mistakes = _trees(paths)
    return [one for one, _ in trees], mistakes


def _trees(paths: Iterable[Path]) -> tuple[list[tuple[Gazetteer, Tree]], list[Mistake]]:
    found: list[tuple[Gazetteer, Tree]] = []
    mistakes: list[Mistake] = []
    for path in paths:
        try:
            tree = parse(text_of(path), str(path), carets=True)
            mistakes += tree.mistakes
            if not tree.mistakes:
                found.append((gazetteer.read(tree.data, str(path), tree), tree))
        except ConfigError as error:
            mistakes.extend(error.mistakes)
        except Unreadable as error:
            mistakes.append(Mistake(problem=str(error), path=str(path)))
    return found, mistakes
