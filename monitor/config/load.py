"""Find the configuration folder, read every file in it, and report all mistakes at once."""

import difflib
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from monitor.config import models
from monitor.config.yamlfile import Place, Tree, overlay, read
from monitor.errors import ConfigError, Mistake

MAIN = "monitor.yaml"


def find(given: str | Path | None, environment: Mapping[str, str] = os.environ) -> Path:
    """Find the folder that holds monitor.yaml, or raise ConfigError listing where it was sought."""
    if given is not None:
        return _folder(Path(given))
    xdg = environment.get("XDG_CONFIG_HOME") or "~/.config"
    places = [Path("config"), Path(xdg).expanduser() / "monitor", Path("/etc/monitor")]
    if named := environment.get("MONITOR_CONFIG"):
        return _folder(Path(named))
    for place in places:
        if (place / MAIN).is_file():
            return place
    sought = ", ".join(str(place / MAIN) for place in places)
    message = f"no configuration found (looked for {sought}); write one with `monitor init`"
    raise ConfigError(message)


def _folder(path: Path) -> Path:
    if path.is_dir() and (path / MAIN).is_file():
        return path
    if path.is_file():
        return path.parent
    message = f"{path}: no {MAIN} there; write one with `monitor init {path}`"
    raise ConfigError(message)


def load(
    given: str | Path | None = None, environment: Mapping[str, str] = os.environ
) -> models.Config:
    """Read a configuration folder into frozen settings, or raise ConfigError with every mistake."""
    config, _ = load_with_sources(given, environment)
    return config


def load_with_sources(
    given: str | Path | None = None, environment: Mapping[str, str] = os.environ
) -> tuple[models.Config, dict[Place, str]]:
    """Read the settings and say for each value where it came from."""
    folder = find(given, environment)
    main = folder / MAIN
    if given is not None and Path(given).is_file():
        main = Path(given)
    tree = read(main)
    if not isinstance(tree.data, dict):
        tree.wrong((), "must be a mapping of settings, such as `database: …`")
        tree.data = {}
    overlay(tree, environment)
    feeds, mistakes = _feeds(folder)
    config = _checked(tree, folder, feeds)
    mistakes = [*tree.mistakes, *mistakes]
    if mistakes or config is None:
        raise ConfigError(*mistakes)
    return config, tree.sources


def _checked(tree: Tree, folder: Path, feeds: Iterable[Any]) -> models.Config | None:
    for key in ("folder", "feeds", "beats", "gazetteers"):
        if key in tree.data:
            tree.wrong((key,), f"{key!r} does not belong here; it has its own file in {folder}")
    data = {key: value for key, value in tree.data.items() if key != "feeds"}
    secret_failures = len(tree.mistakes)
    try:
        config = models.Config(
            **{
                **data,
                "folder": folder,
                "feeds": tuple(feeds),
                "beats": _texts(folder / "beats"),
                "gazetteers": {path.stem: path for path in _files(folder / "gazetteers")},
            }
        )
    except ValidationError as error:
        _note(tree, error, known=secret_failures)
        return None
    _check_routes(tree, config)
    return config.model_copy(update={"database": _absolute(config.database, folder)})


def _note(tree: Tree, error: ValidationError, *, known: int) -> None:
    failed = {mistake.line for mistake in tree.mistakes[:known]}
    for detail in error.errors(include_url=False, include_input=False):
        place = _place(detail["loc"])
        if tree.line(place) not in failed or detail["type"] == "extra_forbidden":
            tree.wrong(place, f"{_dotted(place)}: {_words(detail, place)}")


def _place(location: Iterable[str | int]) -> Place:
    tags = {"email", "webhook", "apprise", "url", "constrained-str"}
    parts = [part for part in location if not str(part).startswith(("function-", "lax-or-"))]
    return tuple(
        part
        for index, part in enumerate(parts)
        if not (part in tags and index == 3)  # noqa: PLR2004
    )


def _words(detail: ErrorDetails, place: Place) -> str:
    if detail["type"] == "extra_forbidden":
        return f"unknown key {place[-1]!r}{_did_you_mean(str(place[-1]), _known_keys())}"
    if detail["type"] == "missing":
        return "is missing; add it"
    text = detail["msg"].removeprefix("Value error, ")
    return re.sub(r"^Input should", "should", text)


def _did_you_mean(word: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(word, list(known), n=1)
    return f"; did you mean {close[0]!r}?" if close else "; see docs/configuration.md"


def _known_keys() -> set[str]:
    kinds = [kind for kind in vars(models).values() if isinstance(kind, type)]
    fields = [kind.model_fields for kind in kinds if issubclass(kind, models.Model)]
    return {name for names in fields for name in names}


def _check_routes(tree: Tree, config: models.Config) -> None:
    for index, route in enumerate(config.alerts.routes):
        for name in route.to:
            if name not in config.alerts.channels:
                place: Place = ("alerts", "routes", index, "to")
                hint = _did_you_mean(name, config.alerts.channels)
                tree.wrong(place, f"{_dotted(place)}: no channel is called {name!r}{hint}")


def _feeds(folder: Path) -> tuple[list[models.FeedConfig], list[Mistake]]:
    feeds: list[models.FeedConfig] = []
    tree = read(folder / "feeds.yaml") if (folder / "feeds.yaml").exists() else Tree(path="")
    listed = tree.data.get("feeds") if isinstance(tree.data, dict) else None
    if tree.data and not isinstance(listed, list):
        tree.wrong((), "must hold `feeds:` and a list, such as `- {url: https://…}`")
    for index, item in enumerate(listed if isinstance(listed, list) else ()):
        try:
            feeds.append(models.FeedConfig.model_validate(item))
        except ValidationError as error:
            for detail in error.errors(include_url=False, include_input=False):
                place = ("feeds", index, *detail["loc"])
                tree.wrong(place, f"{_dotted(place)}: {_words(detail, place)}")
    _check_twice(tree, feeds)
    opml, mistakes = _opml(folder / "feeds.opml")
    return [*feeds, *opml], [*tree.mistakes, *mistakes]


def _check_twice(tree: Tree, feeds: list[models.FeedConfig]) -> None:
    seen: set[str] = set()
    for index, feed in enumerate(feeds):
        if feed.url in seen:
            tree.wrong(("feeds", index), f"feed {feed.url} is listed twice; keep one")
        seen.add(feed.url)


def _opml(path: Path) -> tuple[list[models.FeedConfig], list[Mistake]]:
    if not path.exists():
        return [], []
    try:
        return outlines(path.read_bytes()), []
    except (ET.ParseError, ValidationError) as error:
        return [], [Mistake(problem=f"is not OPML: {error}", path=str(path))]


def outlines(document: bytes) -> list[models.FeedConfig]:
    """Read the feeds of an OPML document; folders become tags."""
    feeds = []
    for parent in ET.fromstring(document).iter():  # noqa: S314 expat ≥ 2.4.1 bounds entities
        tags = (parent.get("text", ""),) if parent.tag == "outline" else ()
        for item in parent.findall("outline"):
            if url := item.get("xmlUrl"):
                title = item.get("title") or item.get("text") or ""
                feeds.append(
                    models.FeedConfig(url=url, outlet=title, tags=tuple(filter(None, tags)))
                )
    return feeds


def _texts(folder: Path) -> dict[str, str]:
    return {str(path): path.read_text("utf-8", errors="replace") for path in _files(folder)}


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.yaml") if path.is_file())


def _absolute(url: str, folder: Path) -> str:
    prefix = "sqlite:///"
    if not url.startswith(prefix) or url.startswith(f"{prefix}/") or ":memory:" in url:
        return url
    return f"{prefix}{(folder / url.removeprefix(prefix)).resolve()}"


def _dotted(place: Place) -> str:
    return ".".join(str(part) for part in place)
