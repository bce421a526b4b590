"""Find the configuration folder, read every file in it, and report all mistakes at once."""

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from monitor.config import models
from monitor.config.lists import feeds_of
from monitor.config.words import did_you_mean, dotted, known_keys, place_of, words
from monitor.config.yamlfile import Place, Tree, overlay, read
from monitor.errors import ConfigError, Mistake

MAIN = "monitor.yaml"
OWN_FILES = {"feeds": "feeds.yaml", "beats": "beats/", "gazetteers": "gazetteers/"}


def find(given: str | Path | None, environment: Mapping[str, str] = os.environ) -> Path:
    """Find the folder that holds monitor.yaml, or raise ConfigError listing where it was sought."""
    return _main(given, environment).parent


def _main(given: str | Path | None, environment: Mapping[str, str]) -> Path:
    named = given if given is not None else environment.get("MONITOR_CONFIG")
    if named:
        return _named(Path(named).expanduser())
    xdg = environment.get("XDG_CONFIG_HOME") or "~/.config"
    places = [Path("config"), Path(xdg).expanduser() / "monitor", Path("/etc/monitor")]
    for place in places:
        if (place / MAIN).is_file():
            return place / MAIN
    sought = ", ".join(str(place / MAIN) for place in places)
    message = f"no configuration found (looked for {sought}); write one with `monitor init`"
    raise ConfigError(message)


def _named(path: Path) -> Path:
    if path.is_file():
        return path
    if (path / MAIN).is_file():
        return path / MAIN
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
    main = _main(given, environment)
    tree = read(main, environment)
    if not isinstance(tree.data, dict):
        if tree.data is not None:
            tree.wrong((), "must be a mapping of settings, such as `database: …`")
        tree.data = {}
    overlay(tree)
    feeds, mistakes = feeds_of(main.parent, environment)
    beats, unreadable = _texts(main.parent / "beats")
    given_files = {
        "folder": main.parent,
        "feeds": tuple(feeds),
        "beats": beats,
        "gazetteers": {path.stem: path for path in _files(main.parent / "gazetteers")},
    }
    config = _checked(tree, given_files)
    mistakes = [*tree.mistakes, *mistakes, *unreadable]
    if mistakes or config is None:
        raise ConfigError(*sorted(mistakes, key=lambda mistake: (mistake.path, mistake.line)))
    return config, tree.sources


def _checked(tree: Tree, files: Mapping[str, Any]) -> models.Config | None:
    for key, own in OWN_FILES.items():
        if key in tree.data:
            tree.wrong((key,), f"{key!r} does not belong here but in {files['folder'] / own}")
    if "folder" in tree.data:
        tree.wrong(("folder",), "unknown key 'folder'; it is where this file is")
    folder: Path = files["folder"]
    try:
        config = models.Config.model_validate({**tree.data, **files}, context={"folder": folder})
    except ValidationError as error:
        _note(tree, error)
        return None
    _check_names(tree, config)
    return config.model_copy(update={"database": _absolute(config.database, folder)})


def _note(tree: Tree, error: ValidationError) -> None:
    for detail in error.errors(include_url=False, include_input=False):
        place = place_of(detail["loc"])
        if place not in tree.failed:
            known = known_keys(detail["loc"])
            tree.wrong(place, f"{dotted(place)}: {words(detail, known)}")


def _check_names(tree: Tree, config: models.Config) -> None:
    lists: list[tuple[Place, tuple[str, ...]]] = [(("alerts", "health"), config.alerts.health)]
    for index, route in enumerate(config.alerts.routes):
        lists.append((("alerts", "routes", index, "to"), route.to))
        if route.escalate is not None:
            lists.append((("alerts", "routes", index, "escalate", "to"), route.escalate.to))
    for place, names in lists:
        for name in names:
            if name not in config.alerts.channels:
                hint = did_you_mean(name, config.alerts.channels)
                tree.wrong(place, f"{dotted(place)}: no channel is called {name!r}{hint}")


def _texts(folder: Path) -> tuple[dict[str, str], list[Mistake]]:
    texts, mistakes = {}, []
    for path in _files(folder):
        try:
            texts[str(path)] = path.read_text("utf-8-sig")
        except OSError as error:
            mistakes.append(Mistake(problem=f"cannot be read: {error.strerror}", path=str(path)))
        except UnicodeDecodeError as error:
            problem = f"is not UTF-8 (byte {error.start}); save it as UTF-8"
            mistakes.append(Mistake(problem=problem, path=str(path)))
    return texts, mistakes


def _files(folder: Path) -> Iterable[Path]:
    return sorted(path for path in folder.glob("*.y*ml") if path.is_file())


def _absolute(url: str, folder: Path) -> str:
    relative = re.match(r"(sqlite(?:\+\w+)?:///)([^/].*)", url)
    return f"{relative[1]}{(folder / relative[2]).resolve()}" if relative else url
