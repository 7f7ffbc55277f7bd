"""Help and documentation say what the program does."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from kg import __version__
from kg.cli import main

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_has_help_with_an_example(name: str) -> None:
    result = CliRunner().invoke(main, [name, "--help"])
    assert result.exit_code == 0
    examples = result.output.partition("Example")[2]
    assert re.search(rf"\bkg\b.* {name}\b|kg {name}\b", examples), f"kg {name} --help gives no example"
    for parameter in main.commands[name].params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"kg {name} {parameter.opts[0]} has no help"


def test_the_commands_page_is_what_the_program_says() -> None:
    from commands_doc import commands_page

    assert (ROOT / "docs/commands.md").read_text(encoding="utf-8") == commands_page(), (
        "write it anew: python tools/commands_doc.py > docs/commands.md"
    )


def test_version() -> None:
    assert __version__ in CliRunner().invoke(main, ["--version"]).output


@pytest.mark.parametrize("page", ["README.md", "README.zh-Hans.md"])
def test_readme_names_only_commands_there_are(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    named = set(re.findall(r"^\s*(?:\$ )?(?:\.venv/bin/)?kg (?:--store \S+ )?([a-z]+)", text, re.MULTILINE))
    assert named
    assert named <= set(main.commands)
    targets = set(re.findall(r"`?make ([a-z]+)`?", text))
    assert targets <= set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
