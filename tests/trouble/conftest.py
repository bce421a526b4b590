"""One outlet with its configuration, and the command, as in the tests of the commands."""

from tests.cli.conftest import monitor, post, site

__all__ = ["monitor", "post", "site"]
