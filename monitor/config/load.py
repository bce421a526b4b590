"""Find the configuration folder, read every file in it, and report all mistakes at once."""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from monitor.config import models
from monitor.config.files import Unreadable, text_of
from monitor.config.lists import feeds_of
from monitor.config.names import check_channels
from monitor.config.partial import Partial, settings_of
from monitor.config.tree import Place, Tree
from monitor.config.yamlfile import overlay, read
from monitor.errors import ConfigError, Mistake

MAIN = "monitor.yaml"
OWN_FILES = {"feeds": "feeds.yaml", "beats": "beats/", "gazetteers": "gazetteers/"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A configuration as far as it could be read, and every mistake in its files."""

    config: models.Config
    tree: Tree
    partial: Partial
    mistakes: tuple[Mistake, ...] = ()
    unread: tuple[Path, ...] = ()

    def source(self, place: Place) -> str:
        """Say where a setting comes from; a list has no origin but that of its first value."""
        written = self.partial.written(place)
        sources = self.tree.sources
        return sources.get(written) or sources.get((*written, 0)) or "default"

    def faulty(self, place: Place) -> bool:
        """Tell whether what the file says of this setting could not be read."""
        written = self.partial.written(place)
        return any(written[:length] in self.tree.failed for length in range(1, len(written) + 1))


def find(given: str | Path | None, environment: Mapping[str, str] = os.environ) -> Path:
    """Find the folder that holds monitor.yaml, or raise ConfigError listing where it was sought."""
    return _main(given, environment).parent


def _main(given: str | Path | None, environment: Mapping[str, str]) -> Path:
    named = given if given is not None else environment.get("MONITOR_CONFIG")
    if named:
        return _named(Path(os.path.expanduser(named)))  # noqa: PTH111 never raises
    xdg = environment.get("XDG_CONFIG_HOME") or "~/.config"
    home = Path(os.path.expanduser(xdg))  # noqa: PTH111
    places = [Path("config"), home / "monitor", Path("/etc/monitor")]
    for place in places:
        if os.path.lexists(place / MAIN):
            return place / MAIN
    sought = ", ".join(str(place / MAIN) for place in places)
    message = f"no configuration found (looked for {sought}); write one with `monitor init`"
    raise ConfigError(message)


def _named(path: Path) -> Path:
    if os.path.lexists(path) and not os.path.isdir(path):  # noqa: PTH112 raises for no path
        return path
    if os.path.lexists(path / MAIN):
        return path / MAIN
    message = f"{path}: no {MAIN} there; write one with `monitor init {path}`"
    raise ConfigError(message)


def load(
    given: str | Path | None = None, environment: Mapping[str, str] = os.environ
) -> models.Config:
    """Read a configuration folder into frozen settings, or raise ConfigError with every mistake."""
    found = examine(given, environment)
    if found.mistakes:
        raise ConfigError(*found.mistakes)
    return found.config


def examine(given: str | Path | None = None, environment: Mapping[str, str] = os.environ) -> Found:
    """Read as much of a configuration folder as can be read, and find every mistake."""
    main = _main(given, environment)
    tree = read(main, environment)
    if not isinstance(tree.data, dict):
        if tree.data is not None:
            tree.wrong((), "must be a group of settings, such as `database: …`")
        tree.data = {}
    overlay(tree, environment)
    _belongs(tree, main.parent)
    feeds, feed_mistakes = feeds_of(main.parent, environment)
    beats, unread = _texts(main.parent / "beats")
    gazetteers, stray = _files(main.parent / "gazetteers")
    given_files = {
        "folder": main.parent,
        "feeds": tuple(feeds),
        "beats": beats,
        "gazetteers": {path.stem: path for path in gazetteers},
    }
    partial = settings_of(tree, given_files)
    check_channels(tree)
    database = _absolute(partial.config.database, main.parent)
    mistakes = [*tree.mistakes, *feed_mistakes, *unread, *stray]
    return Found(
        config=partial.config.model_copy(update={"database": database}),
        tree=tree,
        partial=partial,
        mistakes=tuple(sorted(mistakes, key=lambda mistake: (mistake.path, mistake.line))),
        unread=tuple(Path(mistake.path) for mistake in unread),
    )


def _belongs(tree: Tree, folder: Path) -> None:
    """Refuse what has a file of its own."""
    for key in [key for key in OWN_FILES if key in tree.data]:
        tree.wrong((key,), f"does not belong here but in {folder / OWN_FILES[key]}")
        del tree.data[key]
    if "folder" in tree.data:
        tree.wrong(("folder",), "unknown key 'folder'; it is where this file is")
        del tree.data["folder"]


def _texts(folder: Path) -> tuple[dict[str, str], list[Mistake]]:
    texts: dict[str, str] = {}
    paths, mistakes = _files(folder)
    for path in paths:
        try:
            texts[str(path)] = text_of(path)
        except Unreadable as error:
            mistakes.append(Mistake(problem=str(error), path=str(path)))
    return texts, mistakes


def _files(folder: Path) -> tuple[list[Path], list[Mistake]]:
    """The YAML files of a folder, hidden ones aside, and what is wrong with the folder."""
    try:
        return sorted(_yaml_in(folder)), []
    except FileNotFoundError:
        return [], []
    except NotADirectoryError:
        problem = "is a file; make a folder of this name and put files in it"
        return [], [Mistake(problem=problem, path=str(folder))]
    except OSError as error:
        problem = f"cannot be read: {error.strerror}; let this user read it"
        return [], [Mistake(problem=problem, path=str(folder))]


def _yaml_in(folder: Path) -> Iterator[Path]:
    for name in os.listdir(folder):  # noqa: PTH208 says why it cannot
        if name.endswith((".yaml", ".yml")) and not name.startswith("."):
            yield folder / name


def _absolute(url: str, folder: Path) -> str:
    relative = re.match(r"(sqlite(?:\+\w+)?:///)([^/].*)", url)
    return f"{relative[1]}{(folder / relative[2]).resolve()}" if relative else url
