"""Where the files are that come with the program: migrations, starter config, beats."""

from pathlib import Path

PACKAGE = Path(__file__).parent.parent


def shipped(name: str) -> Path:
    """Find `alembic` or `config`: inside the installed package, or beside it in a checkout."""
    installed = PACKAGE / "_shipped" / name
    return installed if installed.exists() else PACKAGE.parent / name
