"""Write docs/commands.md from the program's own help:  python tools/commands_doc.py > docs/commands.md"""

from __future__ import annotations

import sys

import click


def commands_page() -> str:
    """The page: every command with its help, as the program prints it."""
    from kg.cli import main

    parts = ["# Commands\n\nThis page is the program's own help; `tests/cli/test_help.py` keeps it true.\n"]
    context = click.Context(main, info_name="kg", max_content_width=100, terminal_width=100)
    parts.append(f"## kg\n\n```text\n{main.get_help(context)}\n```\n")
    for name in sorted(main.commands):
        command = main.commands[name]
        inner = click.Context(command, info_name=f"kg {name}", max_content_width=100, terminal_width=100)
        parts.append(f"## kg {name}\n\n```text\n{command.get_help(inner)}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    sys.stdout.write(commands_page())
