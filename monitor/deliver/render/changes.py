"""What a page says otherwise than before → one line for each change, with its sentence. Pure."""

import re

from monitor.deliver.render.clean import clean
from monitor.deliver.render.facts import QUOTE
from monitor.deliver.render.tree import Tree, trees

ANNOUNCED = re.compile(r"^(?:correction:\s*)+", re.IGNORECASE)


def announced(text: str) -> str:
    """Take away the word by which a note says that it is a correction."""
    return ANNOUNCED.sub("", text)


def changed(data: Tree) -> tuple[str, ...]:
    """Write `years lost: 24 → 26: “He spent 26 years …”` for every change."""
    return tuple(map(_line, trees(data.get("changes"))))


def _line(change: Tree) -> str:
    old, new = clean(change.get("old"), QUOTE), clean(change.get("new"), QUOTE)
    sentence = clean(change.get("sentence"), QUOTE)
    what, said = clean(change.get("what")), " → ".join(filter(None, (old, new)))
    head = said if announced(said) != said else f"{what}: {said}"
    return f"{head}: “{sentence}”" if sentence and sentence != new else head
