"""The house itself: its walls stand, its files are short, and each says what it is for."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "monitor").rglob("*.py"))
LONGEST_FILE = 250
LONGEST_FUNCTION = 40


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_imports_only_go_downstairs() -> None:
    lint = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"]
    command = [*lint, "--no-cache"]
    done = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_is_short_and_says_what_it_is_for(path: Path) -> None:
    source = path.read_text("utf-8")
    tree = ast.parse(source)
    promise = (ast.get_docstring(tree) or "").partition("\n")[0]
    assert promise.endswith((".", ":", "?")), "its first line says what comes in and goes out"
    assert len(source.splitlines()) <= LONGEST_FILE
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    functions = [node for node in ast.walk(tree) if isinstance(node, kinds)]
    lengths = {node.name: (node.end_lineno or 0) - node.lineno + 1 for node in functions}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION} == {}


def test_tests_use_no_mock_and_skip_nothing() -> None:
    forbidden = ("unittest." + "mock", "pytest." + "skip", "mark." + "skip", "mark." + "xfail")
    tests = sorted((ROOT / "tests").rglob("*.py"))
    found = [f"{named(p)}: {word}" for p in tests for word in forbidden if word in p.read_text()]
    assert found == []
