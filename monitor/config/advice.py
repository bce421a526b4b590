"""A sound configuration → what is unwise in it: secrets in the file, keys that are too short."""

import re
from collections.abc import Iterator

from pydantic import BaseModel, SecretStr

from monitor.config.channels import WebhookChannel
from monitor.config.load import Found
from monitor.config.tree import Place, dotted
from monitor.config.values import KEY_PREFIX, NEW_KEY, decoded_key
from monitor.errors import Mistake

SHORTEST_KEY = 24
PASSWORD = re.compile(r"://[^/@]*:[^/@]+@")


def advice(found: Found) -> tuple[Mistake, ...]:
    """Everything that works but should be mended, at its line."""
    said = [*_open_secrets(found), *_weak_keys(found)]
    return tuple(
        Mistake(
            problem=f"{dotted(place)}: {problem}",
            path=found.tree.path,
            line=found.tree.line(place),
        )
        for place, problem in sorted(said, key=lambda one: found.tree.line(one[0]))
    )


def _open_secrets(found: Found) -> Iterator[tuple[Place, str]]:
    remedy = "write {{env: {}}} or {{file: PATH}} instead"
    for place in _secrets(found.config.alerts, ("alerts",)):
        written = found.partial.written(place)
        if _in_file(found, written):
            name = re.sub(r"\W", "_", "_".join(map(str, place[2:]))).upper()
            yield written, f"a secret stands in the file; {remedy.format(name)}"
    if PASSWORD.search(found.config.database) and _in_file(found, ("database",)):
        yield ("database",), f"a password stands in the file; {remedy.format('DATABASE')}"


def _secrets(model: BaseModel, place: Place) -> Iterator[Place]:
    """Every secret that is set; where a webhook is posted to is no secret by itself."""
    for name in type(model).model_fields:
        value, inner = getattr(model, name), (*place, name)
        for key, held in value.items() if isinstance(value, dict) else ():
            if isinstance(held, BaseModel):
                yield from _secrets(held, (*inner, key))
        if isinstance(value, BaseModel):
            yield from _secrets(value, inner)
        address = isinstance(model, WebhookChannel) and name == "url"
        if isinstance(value, SecretStr) and value.get_secret_value() and not address:
            yield inner


def _in_file(found: Found, place: Place) -> bool:
    return found.tree.sources.get(place, "").startswith(f"{found.tree.path}:")


def _weak_keys(found: Found) -> Iterator[tuple[Place, str]]:
    for name, channel in found.config.alerts.channels.items():
        if not isinstance(channel, WebhookChannel):
            continue
        place = ("alerts", "channels", name, "secret")
        key = channel.secret.get_secret_value()
        if not key.startswith(KEY_PREFIX):
            problem = (
                f"is no {KEY_PREFIX} key, so it signs as the bytes of its text: give it to the"
            )
            library = "receiver's Standard Webhooks library as raw bytes"
            yield place, f"{problem} {library}, or make a key: {NEW_KEY}"
        elif len(decoded_key(key)) < SHORTEST_KEY:
            problem = f"is shorter than the {SHORTEST_KEY} bytes that Standard Webhooks asks for"
            yield place, f"{problem}; make one: {NEW_KEY}"
