"""The documents say what the code does, and their links lead somewhere."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import click
import pytest

from monitor.cli.main import COMMANDS, cli
from monitor.config import models

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
LINK = re.compile(r"\]\(([^)\s]+)\)")


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    """The script that writes the reference, as a module."""
    spec = importlib.util.spec_from_file_location("reference", ROOT / "docs" / "reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["commands", "configuration"])
def test_the_reference_is_what_the_code_says(reference, name):
    path = ROOT / "docs" / f"{name}.md"
    assert path.read_text("utf-8") == reference.written()[path], "run `python docs/reference.py`"


def test_every_command_and_option_is_documented_and_explained(reference):
    text = (ROOT / "docs" / "commands.md").read_text("utf-8")
    for path, command in reference.every(cli):
        assert f"`{path}" in text
        assert command.help, f"{path} has no help"
        for option in reference.options(command):
            assert option.opts[0] in text
            assert option.help, f"{path} {option.opts[0]} has no help"


def test_the_list_of_commands_is_whole():
    context = click.Context(cli)
    for name, (_, first_line) in COMMANDS.items():
        command = cli.get_command(context, name)
        assert command is not None
        assert command.name == name
        assert first_line.endswith(".")


def test_every_setting_has_a_description(reference):
    for model in (models.Config, models.FeedConfig):
        for name, _, text in reference.keys(model, ""):
            assert text, f"{name} has no description"


def test_every_exit_code_is_documented():
    text = (ROOT / "docs" / "commands.md").read_text("utf-8").partition("## Exit codes")[2]
    for code in ("0", "1", "2", "3", "4", "5", "6", "7", "8", "130, 143"):
        assert f"\n| {code} |" in text


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(path):
    for link in LINK.findall(path.read_text("utf-8")):
        if link.startswith(("http:", "https:", "mailto:")):
            continue
        name, _, anchor = link.partition("#")
        target = (path.parent / name).resolve() if name else path
        assert target.exists(), f"{path.name}: {link}"
        if anchor:
            assert anchor in anchors(target), f"{path.name}: {link}"


def anchors(path: Path) -> set[str]:
    """The names of a document's headings, as hosts of Markdown make them."""
    heads = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}
