"""Commands run as a user who owns nothing here."""

import io
import multiprocessing
import os
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from monitor.cli.main import run
from tests.cli.desk import Said

LOOKING = (["hits", "list"], ["feeds", "list"], ["db", "check"])
LABEL = ["hits", "label", "1", "confirmed"]


def as_nobody(folder: Path, answer: "multiprocessing.Queue[Said]") -> None:
    """Run commands as a user who owns nothing here, nor may read Python's own files."""
    commands = (*LOOKING, LABEL)
    for arguments in (*LOOKING, [*LABEL, "--dry-run"]):  # whatever is imported on use is, now
        _heard(folder, arguments)
    if os.geteuid() == 0:
        os.setresgid(65534, 65534, 65534)
        os.setresuid(65534, 65534, 65534)
    for arguments in commands:
        answer.put(_heard(folder, arguments))


def _heard(folder: Path, arguments: list[str]) -> Said:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run(["-c", str(folder), *arguments])
    return Said(code=code, out=out.getvalue(), err=err.getvalue())
