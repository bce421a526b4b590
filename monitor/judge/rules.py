"""Configuration → beats and gazetteers, read and compiled once. The room's only file reading."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

import yaml

from monitor.config import Config
from monitor.errors import ConfigError, Mistake
from monitor.judge import beat, entities, gazetteer, verdict
from monitor.judge.gazetteer import Gazetteer
from monitor.judge.verdict import Beats


def rules_of(config: Config) -> Beats:
    """Compile what the configuration says; raises ConfigError with every mistake in every file."""
    return _compiled(tuple(config.beats.items()), tuple(config.gazetteers.values()))


@lru_cache(maxsize=4)
def _compiled(beats: tuple[tuple[str, str], ...], gazetteers: tuple[Path, ...]) -> Beats:
    known, mistakes = _read(gazetteers)
    try:
        read = [beat.read(text, path) for path, text in beats]
        prepared = verdict.prepare(read, entities.index(known))
    except ConfigError:
        mistakes += [m for path, text in beats for m in verdict.lint(text, path)]
        raise ConfigError(*mistakes) from None
    mistakes += list(_twice(prepared))
    if mistakes:
        raise ConfigError(*mistakes)
    return prepared


def _twice(beats: Beats) -> Iterator[Mistake]:
    names = [one.name for one in beats.beats]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Mistake(problem=f"two beats are called {name!r}; rename one", path="beats")


def _read(paths: tuple[Path, ...]) -> tuple[list[Gazetteer], list[Mistake]]:
    found: list[Gazetteer] = []
    mistakes: list[Mistake] = []
    for path in paths:
        try:
            data = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
            found.append(gazetteer.read(data, str(path)))
        except ConfigError as error:
            mistakes.extend(error.mistakes)
        except OSError as error:
            mistakes.append(Mistake(problem=f"cannot be read: {error.strerror}", path=str(path)))
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            mistakes.append(Mistake(problem=f"is not YAML in UTF-8: {error}", path=str(path)))
    return found, mistakes


def lint(beats: Mapping[str, str], gazetteers: Mapping[str, Path]) -> tuple[Mistake, ...]:
    """Every mistake in beats and gazetteers, and every query or alias that will cause trouble."""
    known, mistakes = _read(tuple(gazetteers.values()))
    mistakes += [found for one in known for found in gazetteer.lint(one)]
    mistakes += [found for path, text in beats.items() for found in verdict.lint(text, path)]
    return tuple(mistakes)
