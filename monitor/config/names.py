"""What the routes of a configuration refer to: channels, beats, facts, each with its place."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from monitor.config.tree import Place, Tree
from monitor.config.words import did_you_mean


class Name(NamedTuple):
    """One name that must be known elsewhere, and where it stands."""

    place: Place
    name: str


def check_channels(tree: Tree) -> None:
    """Note each channel that is named but not configured; a faulty one counts as configured."""
    channels = _group(_group(tree.data, "alerts"), "channels")
    for place, name in _channels(tree.data):
        if name not in channels and place not in tree.failed:
            tree.wrong(place, f"no channel is called {name!r}{did_you_mean(name, channels)}")


def beats(tree: Tree) -> Iterator[Name]:
    """Give the beat of every route."""
    for place, route in _routes(tree.data):
        if isinstance(route.get("beat"), str):
            yield Name((*place, "beat"), route["beat"])


def facts(tree: Tree) -> Iterator[Name]:
    """Give every fact that a route asks for."""
    for place, route in _routes(tree.data):
        for name in _group(route, "when"):
            yield Name((*place, "when", name), name)


def _channels(data: Any) -> Iterator[Name]:
    yield from _named(_group(data, "alerts").get("health"), ("alerts", "health"))
    for place, route in _routes(data):
        yield from _named(route.get("to"), (*place, "to"))
        inner = (*place, "escalate", "to")
        yield from _named(_group(route, "escalate").get("to"), inner)


def _routes(data: Any) -> Iterator[tuple[Place, dict[str, Any]]]:
    routes = _group(data, "alerts").get("routes")
    for number, route in enumerate(routes if isinstance(routes, list) else ()):
        if isinstance(route, dict):
            yield ("alerts", "routes", number), route


def _named(value: Any, place: Place) -> Iterator[Name]:
    if isinstance(value, str):
        yield Name(place, value)
    for number, name in enumerate(value if isinstance(value, list) else ()):
        if isinstance(name, str):
            yield Name((*place, number), name)


def _group(data: Any, key: str) -> dict[str, Any]:
    found = data.get(key) if isinstance(data, dict) else None
    return found if isinstance(found, dict) else {}
