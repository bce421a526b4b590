"""Plain values with mistakes → settings, as far as they can be read, and every mistake."""

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from monitor.config.models import Config
from monitor.config.tree import Place, Tree
from monitor.config.words import known_keys, place_of, words

MOST_ROUNDS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Partial:
    """What could be read; `origins` has, for each list that lost items, where the rest stood."""

    config: Config
    origins: Mapping[Place, tuple[int, ...]] = field(default_factory=dict)

    def written(self, place: Place) -> Place:
        """Where in the file a setting stands."""
        found: Place = ()
        for part in place:
            kept = self.origins.get(found)
            found = (*found, kept[part] if kept is not None and isinstance(part, int) else part)
        return found


def settings_of(tree: Tree, given: Mapping[str, Any]) -> Partial:
    """Note every mistake in the tree, and keep what is without."""
    data: Any = copy.deepcopy(tree.data)
    origins: dict[Place, tuple[int, ...]] = {}
    for number in range(MOST_ROUNDS):
        try:
            config = Config.model_validate({**data, **given}, context={"folder": given["folder"]})
            return Partial(config=config, origins=origins)
        except ValidationError as error:
            details = error.errors(include_url=False)
            if number == 0:
                _note(tree, details)
            _leave_out(data, details, origins)
    return Partial(config=Config.model_validate(given))


def _note(tree: Tree, details: list[ErrorDetails]) -> None:
    # A list whose only item is wrong is called too short as well: one mistake, told once.
    for detail in sorted(details, key=lambda detail: detail["type"] == "too_short"):
        place = place_of(detail["loc"])
        inside = any(other[: len(place)] == place for other in tree.failed)
        if place not in tree.failed and not (inside and detail["type"] == "too_short"):
            tree.wrong(place, words(detail, known_keys(detail["loc"])))


def _leave_out(
    data: Any, details: list[ErrorDetails], origins: dict[Place, tuple[int, ...]]
) -> None:
    """Take out each faulty value, and a group that lacks one."""
    places = {place_of(d["loc"])[: -1 if d["type"] == "missing" else None] for d in details}
    outermost = [p for p in places if not any(p[:n] in places for n in range(len(p)))]
    for place in sorted(outermost, key=str, reverse=True):
        holder = _at(data, place[:-1])
        if isinstance(holder, dict):
            holder.pop(place[-1], None)
    _shorten(data, outermost, origins)


def _shorten(data: Any, places: list[Place], origins: dict[Place, tuple[int, ...]]) -> None:
    """Take items out of lists, all of a list at once: their numbers change."""
    for parent in {place[:-1] for place in places}:
        holder = _at(data, parent)
        if isinstance(holder, list):
            gone = {place[-1] for place in places if place[:-1] == parent}
            known = origins.get(parent, tuple(range(len(holder))))
            kept = [number for number in range(len(holder)) if number not in gone]
            origins[parent] = tuple(known[number] for number in kept)
            holder[:] = [holder[number] for number in kept]


def _at(data: Any, place: Place) -> Any:
    for part in place:
        if isinstance(data, dict):
            data = data.get(str(part))
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            data = data[part]
        else:
            return None
    return data
