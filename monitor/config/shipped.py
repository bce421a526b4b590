"""Where the files are that come with the program: migrations, starter config, beats."""

from pathlib import Path

PACKAGE = Path(__file__).parent.parent


def newest_migration() -> str:
    """The newest revision that a database can be at, the highest number; nothing if none ships."""
    folder = shipped("alembic") / "versions"
    return max((path.stem.split("_")[0] for path in folder.glob("[0-9]*.py")), default="")


def shipped(name: str) -> Path:
    """Find `alembic` or `config`: inside the installed package, or beside it in a checkout."""
    installed = PACKAGE / "_shipped" / name
    return installed if installed.exists() else PACKAGE.parent / name
