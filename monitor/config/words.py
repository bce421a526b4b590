"""What pydantic found wrong → what to tell a person, with the nearest word that is known."""

import difflib
import re
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from monitor.config.models import Config
from monitor.config.tree import Place
from monitor.config.values import duration_text, quoted

# pydantic names the kind of a channel after the channel
KINDS = ("email", "webhook", "slack", "discord", "teams", "apprise")
CHANNEL_PLACE = 3  # alerts.channels.NAME
GROUP = "must be a group of settings, `key: value`"
NUMBER = "must be a number, such as 2.5"
WHOLE = "must be a whole number, such as 587"
FIXED = {
    "missing": "is missing; add it",
    "union_tag_not_found": f"`type` is missing; add one of {', '.join(KINDS)}",
    "too_short": "is empty; give at least one",
    "string_too_short": "is empty; write a text",
    "tuple_type": "must be a list, such as [a, b]",
    "path_type": "must be a path; put it in quotes",
    **dict.fromkeys(("int_parsing", "int_type", "int_from_float", "int_parsing_size"), WHOLE),
    **dict.fromkeys(("float_parsing", "float_type", "finite_number"), NUMBER),
    **dict.fromkeys(("bool_parsing", "bool_type"), "must be true or false"),
    **dict.fromkeys(("model_type", "model_attributes_type", "dict_type"), GROUP),
}
LIMITS = {
    "greater_than": ("gt", "is too small; write more than"),
    "greater_than_equal": ("ge", "is too small; the least is"),
    "less_than": ("lt", "is too large; write less than"),
    "less_than_equal": ("le", "is too large; the most is"),
}

SPAN = re.compile(r"datetime\.timedelta\((?:days=(\d+))?(?:, )?(?:seconds=(\d+))?\)")


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
    if kind in FIXED:
        return FIXED[kind]
    if kind in LIMITS:
        name, said = LIMITS[kind]
        return f"{said} {_limit(str(context[name]))}"
    tell = TELLERS.get(kind)
    return tell(detail, list(known)) if tell else "is not understood; see docs/configuration.md"


def _limit(said: str) -> str:
    """A limit in words: pydantic may give a duration as Python would write it."""
    match = SPAN.fullmatch(said)
    if match is None:
        return said
    return duration_text(timedelta(days=int(match[1] or 0), seconds=int(match[2] or 0)))


def _extra(detail: ErrorDetails, known: list[str]) -> str:
    return f"unknown key {str(detail['loc'][-1])!r}{did_you_mean(str(detail['loc'][-1]), known)}"


def _kind(detail: ErrorDetails, _: list[str]) -> str:
    tag = str(detail["ctx"]["tag"])
    return f"unknown type {tag!r}{did_you_mean(tag, KINDS)}"


def _choice(detail: ErrorDetails, _: list[str]) -> str:
    choices = detail["ctx"]["expected"].replace("'", "").replace(" or ", ", ").split(", ")
    close = difflib.get_close_matches(str(detail["input"]).lower(), choices, n=1)
    hint = f"; did you mean {close[0]!r}?" if close else ";"
    return f"{quoted(detail['input'])} is not known here{hint} choose from {', '.join(choices)}"


def _text(detail: ErrorDetails, _: list[str]) -> str:
    if isinstance(detail["input"], dict | list | tuple):
        return "must be one text, not a list or a group of settings"
    return "must be text; put it in quotes"


def _own(detail: ErrorDetails, _: list[str]) -> str:
    return str(detail["ctx"]["error"])


TELLERS: dict[str, Callable[[ErrorDetails, list[str]], str]] = {
    "extra_forbidden": _extra,
    "union_tag_invalid": _kind,
    "enum": _choice,
    "literal_error": _choice,
    "string_type": _text,
    "value_error": _own,
}


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Name the nearest known word, or all of them where none is near."""
    choices = list(known)
    close = difflib.get_close_matches(word.lower(), choices, n=1)
    if close:
        return f"; did you mean {close[0]!r}?"
    return f"; known here: {', '.join(choices)}" if choices else "; see docs/configuration.md"
