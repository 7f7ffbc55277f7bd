"""Write docs/commands.md from the program's own help:  python tools/commands_doc.py > docs/commands.md"""

from __future__ import annotations

import sys


def commands_page() -> str:
    """The page: every command with its help, as the program prints it."""
    from click.testing import CliRunner

    from kg.cli import main

    def help_of(*arguments: str) -> str:
        shown = CliRunner(env={"KG_STORE": None, "KG_CONFIG": None, "KG_LANG": "en"}).invoke(
            main, [*arguments, "--help"], prog_name="kg", terminal_width=100, max_content_width=100
        )
        return shown.output.rstrip()

    parts = ["# Commands\n\nThis page is the program's own help; `tests/cli/test_help.py` keeps it true.\n"]
    parts.append(f"## kg\n\n```text\n{help_of()}\n```\n")
    parts += [f"## kg {name}\n\n```text\n{help_of(name)}\n```\n" for name in sorted(main.commands)]
    return "\n".join(parts)


if __name__ == "__main__":
    sys.stdout.write(commands_page())
