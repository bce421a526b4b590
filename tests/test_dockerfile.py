"""The image's steps, run as a script in an empty virtual environment; no engine is needed."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")


def steps(word: str) -> list[str]:
    joined = DOCKERFILE.replace("\\\n", " ")
    return re.findall(rf"^{word} (.+)$", joined, re.MULTILINE)


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the image holds, after the steps of its first stage."""
    folder = tmp_path_factory.mktemp("image")
    source, venv = folder / "src", folder / "venv"
    for step in steps("COPY"):
        *names, target = step.split()
        if not names[0].startswith("--from"):
            for name in names:
                subprocess.run(["cp", "-r", ROOT / name, _under(source, name, target)], check=True)
    for step in steps("RUN")[:3]:
        command = step.replace("/opt/monitor", str(venv)).replace(
            "python -m", f"{sys.executable} -m"
        )
        subprocess.run(command, shell=True, check=True, cwd=source, capture_output=True)  # noqa: S602
    return venv


def _under(source: Path, name: str, target: str) -> Path:
    source.mkdir(exist_ok=True)
    return source / (name if target == "./" else target)


def test_what_is_copied_is_all_that_the_program_needs(image: Path, tmp_path: Path) -> None:
    environment = {"PATH": f"{image}/bin:{os.environ['PATH']}", "HOME": str(tmp_path)}

    def monitor(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = ["monitor", *arguments]
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )

    assert monitor("init", "config").returncode == 0
    assert "exonerations" in monitor("-c", "config", "beats", "list").stdout
    assert monitor("-c", "config", "db", "upgrade").returncode == 0
    health = monitor("-c", "config", "healthcheck")
    assert (health.returncode, "no feed was ever polled" in health.stdout) == (8, True)


def test_it_does_not_run_as_root_and_keeps_to_one_volume() -> None:
    assert steps("USER") == ["monitor"]
    assert steps("VOLUME") == ["/data"]
    assert steps("STOPSIGNAL") == ["SIGTERM"]
    assert "monitor" in steps("HEALTHCHECK")[0]
