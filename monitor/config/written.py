"""Settings → each with its place, written as a person would write it in the file."""

from collections.abc import Iterator
from datetime import timedelta
from enum import Enum
from typing import Any

import yaml
from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo

from monitor.config.tree import USER, Place
from monitor.config.values import duration_text, size, size_text

HIDDEN = "(hidden)"


def settings(model: BaseModel, place: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Every setting in force, in the words of the file; secrets stay hidden."""
    for name, field in type(model).model_fields.items():
        if not field.exclude:
            yield from _flat(getattr(model, name), (*place, name), field)


def _flat(value: Any, place: Place, field: FieldInfo) -> Iterator[tuple[Place, Any]]:
    if isinstance(value, BaseModel):
        yield from settings(value, place)
    elif isinstance(value, dict) and value:
        for name, inner in value.items():
            yield from _flat(inner, (*place, name), field)
    elif isinstance(value, tuple) and any(isinstance(inner, BaseModel) for inner in value):
        for index, inner in enumerate(value):
            yield from _flat(inner, (*place, index), field)
    elif any(getattr(part, "func", None) is size for part in field.metadata):
        yield place, size_text(value)
    else:
        yield place, plain(value)


def plain(value: Any) -> Any:
    """One value as it would stand in the file."""
    if isinstance(value, SecretStr):
        return HIDDEN if value.get_secret_value() else ""
    if isinstance(value, timedelta):
        return duration_text(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [plain(inner) for inner in value]
    if value is None or isinstance(value, bool | int | float | dict):
        return value
    return USER.sub(lambda found: f"{found[0].partition(':')[0].rstrip('@')}@", str(value))


def as_yaml(value: Any) -> str:
    """One value on one line, quoted where the file needs it."""
    if value == HIDDEN:
        return HIDDEN
    text = yaml.safe_dump(value, default_flow_style=True, width=1_000_000, allow_unicode=True)
    return text.removesuffix("\n").removesuffix("\n...")
