"""A stored snapshot → its parts, whatever is missing or of another kind. Pure."""

from collections.abc import Iterable, Mapping

from monitor.deliver.render.clean import clean

Tree = Mapping[str, object]


def number(value: object, form: str = "g") -> str:
    """Give a number as people write it."""
    return format(value, form) if isinstance(value, int | float) else clean(value) or "?"


def tree(tree: Tree, key: str) -> Tree:
    """Give a mapping inside, or an empty one."""
    value = tree.get(key)
    return value if isinstance(value, Mapping) else {}


def trees(value: object) -> list[Tree]:
    """Give the mappings of a list."""
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def texts(value: object) -> list[str]:
    """Give the texts of a list, or of one value."""
    many: Iterable[object] = value if isinstance(value, list | tuple) else (value,)
    return [text for text in (clean(item, 120) for item in many) if text]
