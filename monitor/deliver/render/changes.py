"""What a page says otherwise than before → one line for each change, with its sentence. Pure."""

from monitor.deliver.render.clean import clean
from monitor.deliver.render.facts import QUOTE
from monitor.deliver.render.tree import Tree, trees


def changed(data: Tree) -> tuple[str, ...]:
    """Write `years lost: 24 → 26: “He spent 26 years …”` for every change."""
    return tuple(map(_line, trees(data.get("changes"))))


def _line(change: Tree) -> str:
    old, new = clean(change.get("old"), QUOTE), clean(change.get("new"), QUOTE)
    sentence = clean(change.get("sentence"), QUOTE)
    head = f"{clean(change.get('what'))}: {' → '.join(filter(None, (old, new)))}"
    return f"{head}: “{sentence}”" if sentence and sentence != new else head
