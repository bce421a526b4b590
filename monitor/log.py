"""Logging: one line per unit of work, the event first, then its fields; to stderr only."""

import json
import logging
import sys
from typing import Any

LONGEST = 2000  # characters of one field


class Log:
    """A named logger whose methods take an event and its fields as keywords."""

    def __init__(self, name: str) -> None:
        self._logger = logging.getLogger(f"monitor.{name}")

    def debug(self, event: str, **fields: Any) -> None:
        """Say what only a developer wants to know."""
        self._say(logging.DEBUG, event, fields)

    def info(self, event: str, **fields: Any) -> None:
        """Say what was done."""
        self._say(logging.INFO, event, fields)

    def warning(self, event: str, **fields: Any) -> None:
        """Say what went wrong with one piece of work."""
        self._say(logging.WARNING, event, fields)

    def bug(self, error: BaseException, **fields: Any) -> None:
        """Say that there is a bug, with its traceback."""
        self._logger.error("crashed", exc_info=error, extra={"fields": fields})

    def _say(self, level: int, event: str, fields: dict[str, Any]) -> None:
        if self._logger.isEnabledFor(level):
            self._logger.log(level, event, extra={"fields": fields})


class _Text(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        fields = " ".join(f"{key}={_short(value)}" for key, value in _fields(record).items())
        when = self.formatTime(record, "%Y-%m-%dT%H:%M:%S")
        line = f"{when} {record.levelname.lower():7} {_plain(record.getMessage())} {fields}"
        return f"{line.rstrip()}\n{_traceback(self, record)}".rstrip()


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
        }
        # A field can never pass for the time, the level or the event.
        line |= {key: _cut(value) for key, value in _fields(record).items() if key not in line}
        if record.exc_info:
            line["traceback"] = _traceback(self, record)
        return _plain(json.dumps(line, ensure_ascii=False, default=str))


def setup(*, verbosity: int = 0, form: str = "text") -> None:
    """Log to stderr: warnings at 0, one line per unit of work at 1, everything at 2."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Json() if form == "json" else _Text())
    level = {-1: logging.ERROR, 0: logging.WARNING, 1: logging.INFO}.get(verbosity, logging.DEBUG)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.ERROR if verbosity <= 1 else logging.INFO)
    logging.getLogger("monitor").setLevel(level)
    hush()


def hush() -> None:
    """Silence libraries that warn of every page they find odd: the fate says what matters."""
    for name in ("trafilatura", "htmldate"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    return dict(getattr(record, "fields", {}))


def _traceback(formatter: logging.Formatter, record: logging.LogRecord) -> str:
    return formatter.formatException(record.exc_info) if record.exc_info else ""


def _short(value: Any) -> str:
    text = str(_cut(value))
    bare = text and text.isprintable() and not set(text) & set(' "=')
    return text if bare else _plain(json.dumps(text, ensure_ascii=False))


def _cut(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    text = str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _plain(text: str) -> str:
    """One line, whatever a page, a feed or a mail server put into it."""
    return "".join(char if char.isprintable() else json.dumps(char)[1:-1] for char in text)
