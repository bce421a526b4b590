"""One outlet on loopback with a configuration of its own, and the command in this process."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from monitor.cli.main import run
from tests.cli.desk import VARIABLES, Outlet, Said, Watched, outlet


@pytest.fixture
def site() -> Iterator[Watched]:
    opened = Watched()
    yield opened
    opened.close()


@pytest.fixture
def post(tmp_path: Path, site: Watched) -> Outlet:
    """An outlet with nothing in its feed yet."""
    return outlet(tmp_path / "config", site)


@pytest.fixture
def monitor(
    post: Outlet, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Said]:
    """Run a command on the outlet's configuration, in this process for speed."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)

    def call(*arguments: str, bare: bool = False) -> Said:
        capsys.readouterr()
        where = () if bare else ("-c", str(post.folder))
        code = run([*where, *arguments])
        said = capsys.readouterr()
        return Said(code=code, out=said.out, err=said.err)

    return call
