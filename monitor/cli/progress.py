"""What a run is doing, on one line of a terminal's stderr; nowhere else."""

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from monitor.app import App


class Progress:
    """Counts that grow while the run goes on."""

    def __init__(self, app: "App", *, due: int) -> None:
        self._app = app
        self._due = due
        self._shown = sys.stderr.isatty()

    def step(self, _room: Any, _filed: int) -> None:
        """One more piece of work is done."""
        if self._shown:
            sys.stderr.write(f"\r\033[K{self._line()}")
            sys.stderr.flush()

    def close(self) -> None:
        """Leave the terminal clean."""
        if self._shown:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()

    def _line(self) -> str:
        tally = self._app.tally
        return (
            f"feeds {tally['feeds.polled']}/{self._due}"
            f" · articles {tally['articles.read']} read, {tally['judged']} judged"
            f" · hits {tally['hits']}"
        )
