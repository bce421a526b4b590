"""The YAML text of a beat × weights for words → the text with them under `wording`. Pure.

Only that part changes; where there was none it comes last.
"""

import textwrap
from collections import defaultdict
from collections.abc import Mapping

import yaml

KEY = "wording"
HEAD = f"{KEY}:\n"
WIDTH = 100


def rewrite(text: str, wording: Mapping[str, float]) -> str:
    """The same file with these words, the lightest weight first."""
    start, end = _span(text)
    return f"{text[:start]}{_written(wording)}{text[end:]}"


def _span(text: str) -> tuple[int, int]:
    """Where the part stands, with its key; the end of the text if it does not."""
    skipped = int(text.startswith("\ufeff"))  # the loader does not count a byte order mark
    tree = yaml.compose(text, yaml.CSafeLoader)
    for name, value in tree.value if isinstance(tree, yaml.MappingNode) else ():
        if name.value == KEY:
            end = value.end_mark.index + skipped
            return name.start_mark.index + skipped, len(text[:end].rstrip()) + 1
    return len(text), len(text)


def _written(wording: Mapping[str, float]) -> str:
    rows: defaultdict[float, list[str]] = defaultdict(list)
    for word, weight in sorted(wording.items()):
        rows[weight].append(f'"{word}"' if not word.isalpha() or word in YAML_WORDS else word)
    lines = [_row(weight, words) for weight, words in sorted(rows.items())]
    return HEAD + "\n".join(lines) + "\n"


def _row(weight: float, words: list[str]) -> str:
    head = f"  {weight:g}: ["
    filled = textwrap.wrap(
        ", ".join(words) + "]",
        WIDTH,
        initial_indent=head,
        subsequent_indent=" " * len(head),
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(filled)


YAML_WORDS = {"yes", "no", "on", "off", "true", "false", "null", "y", "n"}
