"""Labelled texts: files of JSON Lines → articles with the labels that people gave them."""

import gzip
import json
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from monitor.errors import UsageError
from monitor.records import Article

POSITIVE = "exoneration"
STORY = ("case_id", "case", "story", "group")


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One labelled text; `story` is what the file says it is one of several tellings of."""

    id: str
    label: str
    story: str
    article: Article


def read_texts(
    files: Iterable[Path], positive: Collection[str], *, must: bool = False, bare: bool = False
) -> Iterator[Text]:
    """Read files of JSON Lines (also gzipped) with title, text, label; `bare`: the title alone.

    Raises UsageError that names the line that is no such text; and, at the end, if there was no
    text at all, or none with a positive label. Texts without a single story of the usual label
    are a fair sample of other news, unless there `must` be some.
    """
    files, seen = tuple(files), set()
    for file in files:
        for found in _lines(file, bare=bare):
            seen.add(found.label)
            yield found
    where = ", ".join(map(str, files))
    if not seen:
        problem = "no text in it; each line is a JSON object with title, text and label"
        raise UsageError(f"{where}: {problem}")
    needed = positive if must else [label for label in positive if label != POSITIVE]
    if missing := [label for label in needed if label not in seen]:
        named, known = (", ".join(map(repr, labels)) for labels in (missing, sorted(seen)))
        problem = f"no text is labelled {named}; the labels there are {known}"
        raise UsageError(f"{where}: {problem}; choose with --positive")


def _lines(file: Path, *, bare: bool) -> Iterator[Text]:
    opener: Callable[..., Any] = gzip.open if file.suffix == ".gz" else open
    try:
        with opener(file, "rt", encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _text(f"{file}:{number}", number, line, bare=bare)
    except UnicodeDecodeError as error:
        raise UsageError(f"{file}: is not UTF-8; save it as UTF-8") from error
    except EOFError as error:
        raise UsageError(f"{file}: ends in the middle; it was not copied whole") from error
    except OSError as error:
        problem = error.strerror or f"is not what its name says: {error}"
        raise UsageError(f"{file}: cannot be read: {problem}") from error


def _text(place: str, number: int, line: str, *, bare: bool) -> Text:
    row = _object(place, line)
    title, text, url = (str(row.get(key) or "") for key in ("title", "text", "url"))
    if not title.strip() and not text.strip():
        raise UsageError(f"{place}: has neither title nor text")
    article = Article(
        url=url,
        canonical_url=url,
        outlet=str(row.get("outlet") or ""),
        title=title,
        text="" if bare else text,
        published_at=_date(row.get("date")),
        read_as="headline" if bare else "page",
    )
    story = next((f"story {row[key]}" for key in STORY if row.get(key)), title or text)
    return Text(id=str(row.get("id", number)), label=row["label"], story=story, article=article)


def _object(place: str, line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{place}: is not JSON: {error}") from error
    if not isinstance(row, dict) or not isinstance(row.get("label"), str):
        raise UsageError(f"{place}: is not a JSON object with title, text and label (a word)")
    return row


def _date(value: Any) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(value)[:25])
    except ValueError:
        return None
    return found if found.tzinfo else found.astimezone()
