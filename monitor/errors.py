"""What can go wrong, named for what the catcher has to do about it.

* MonitorError
  * UsageError        the command line asks for something that cannot be       (exit 2)
  * ConfigError       stop before starting, with every mistake and its place  (exit 3)
  * DatabaseError     stop: unreachable, or the schema is not at head          (exit 4)
  * Locked            stop: another run-once of this configuration is running  (exit 5)
  * Temporary         try the same thing again later
    * FetchFailed
    * WorkerLost
    * SendFailed
  * Permanent         give this one up, and say so
    * FetchRefused
    * NotAFeed
    * NoArticle
    * SendRefused

A `reason` is a short word for tables and JSON (`timeout`, `http_403`, `not_a_feed`); the message
is for people. `retry_after` is what the other side asked for, in seconds.
"""

from dataclasses import dataclass


class MonitorError(Exception):
    """Base of every error this package raises on purpose."""


class UsageError(MonitorError):
    """The command line asks for something that cannot be done as asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One thing wrong in a configuration file: the thing, the problem, the remedy."""

    problem: str
    path: str = ""
    line: int = 0
    column: int = 0
    excerpt: str = ""

    def __str__(self) -> str:
        """`file:line:column: problem`, then the line itself with a caret, where known."""
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part)
        head = f"{place}: {self.problem}" if place else self.problem
        return f"{head}\n{self.excerpt}" if self.excerpt else head


class ConfigError(MonitorError):
    """The configuration cannot be used; `mistakes` lists every reason found."""

    def __init__(self, *mistakes: Mistake | str) -> None:
        self.mistakes = tuple(m if isinstance(m, Mistake) else Mistake(problem=m) for m in mistakes)
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))


class DatabaseError(MonitorError):
    """The database cannot be reached, or its schema is not the one this version needs."""


class Locked(MonitorError):
    """Another run of this configuration is still going on."""


class Temporary(MonitorError):
    """Worth trying again."""

    def __init__(
        self, message: str, *, reason: str = "failed", retry_after: float | None = None
    ) -> None:
        super().__init__(message)
        self.reason = reason
        self.retry_after = retry_after


class Permanent(MonitorError):
    """Not worth trying again as it stands."""

    def __init__(self, message: str, *, reason: str = "refused") -> None:
        super().__init__(message)
        self.reason = reason
        self.retry_after: float | None = None


class FetchFailed(Temporary):
    """No usable answer came back this time; `answer` is the one that was of no use, if any."""

    answer: object = None


class WorkerLost(Temporary):
    """The worker process hung or died over this piece of work."""


class SendFailed(Temporary):
    """The channel did not take the message this time."""


class FetchRefused(Permanent):
    """The address cannot or may not be fetched (forbidden network, too large, gone)."""

    answer: object = None


class NotAFeed(Permanent):
    """The document is not a feed."""


class NoArticle(Permanent):
    """The page holds no article text."""


class SendRefused(Permanent):
    """The channel will never take this message."""
