"""What pydantic found wrong → what to tell a person, with the nearest word that is known."""

import difflib
import re
from collections.abc import Iterable
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from monitor.config.models import Config
from monitor.config.yamlfile import Place

# pydantic names the kind of a channel after the channel
KINDS = ("email", "webhook", "slack", "discord", "teams", "apprise")
CHANNEL_PLACE = 3  # alerts.channels.NAME
FIXED = {
    "missing": "is missing; add it",
    "union_tag_not_found": f"`type` is missing; add one of {', '.join(KINDS)}",
    "string_type": "should be text; put it in quotes",
    "too_short": "is empty; give at least one",
    "int_parsing": "should be a whole number",
    **dict.fromkeys(
        ("model_type", "model_attributes_type", "dict_type"),
        "should be a group of settings, `key: value`",
    ),
}


def place_of(location: Iterable[str | int]) -> Place:
    """Find where in the file a value stands that pydantic names by the way it took."""
    place: list[str | int] = []
    for part in location:
        kind = len(place) == CHANNEL_PLACE and place[1] == "channels" and part in KINDS
        if not kind and not str(part).startswith(("function-", "lax-or-", "constrained-")):
            place.append(part)
    return tuple(place)


def known_keys(location: tuple[str | int, ...]) -> list[str]:
    """List the keys that could stand where the last part of a location stands."""
    models: list[type[BaseModel]] = [Config]
    for part in location[:-1]:
        fields = [model.model_fields[part] for model in models if part in model.model_fields]
        if fields:
            models = _models(fields[0].annotation)
        elif part in KINDS:
            models = [m for m in models if part in get_args(m.model_fields["type"].annotation)]
    return [
        name
        for model in models
        for name, field in model.model_fields.items()
        if not (model is Config and field.exclude)
    ]


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for inner in get_args(annotation) for model in _models(inner)]


def words(detail: ErrorDetails, known: Iterable[str]) -> str:
    """Say what is wrong with one value and what to write."""
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "extra_forbidden":
        key = str(detail["loc"][-1])
        return f"unknown key {key!r}{did_you_mean(key, known)}"
    if kind in FIXED:
        return FIXED[kind]
    if kind == "union_tag_invalid":
        return f"unknown type {context['tag']!r}{did_you_mean(context['tag'], KINDS)}"
    text = detail["msg"].removeprefix("Value error, ")
    return re.sub(r"^Input should", "should", text)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Name the nearest known word, or all of them where none is near."""
    choices = list(known)
    close = difflib.get_close_matches(word.lower(), choices, n=1)
    if close:
        return f"; did you mean {close[0]!r}?"
    return f"; known here: {', '.join(choices)}" if choices else "; see docs/configuration.md"


def dotted(place: Place) -> str:
    """Write a place as people do: `http.timeout`."""
    return ".".join(str(part) for part in place)
