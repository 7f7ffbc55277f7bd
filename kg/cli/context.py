"""What every command shares: the store, the settings, how much to say, and how errors end."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from kg.cli.messages import say
from kg.config import Config, load_config
from kg.errors import BaogaoError

F = TypeVar("F", bound=Callable[..., Any])


@dataclass
class Settings:
    """What the options before the command said."""

    store: Path
    config_path: Path | None
    quiet: bool
    verbose: bool

    @property
    def config(self) -> Config:
        """The settings of ``kg.toml``."""
        return load_config(self.config_path)

    def note(self, message: str) -> None:
        """Something said on standard error, unless --quiet."""
        if not self.quiet:
            click.echo(message, err=True)

    def detail(self, message: str) -> None:
        """Something said on standard error with --verbose."""
        if self.verbose:
            click.echo(message, err=True)

    def colour(self) -> bool:
        """Whether standard output takes colour: a terminal, and NO_COLOR is not set (no-color.org)."""
        return sys.stdout.isatty() and not os.environ.get("NO_COLOR")

    def progress(self) -> Callable[[str, int, int], None]:
        """A progress line on standard error: redrawn on a terminal, silent elsewhere unless there is much to do."""
        tty = sys.stderr.isatty()

        def report(what: str, done: int, of: int) -> None:
            if self.quiet or of < 2:
                return
            label = say(*_STAGES.get(what, (what, what)))
            if tty:
                click.echo(f"\r\033[K{label} {done}/{of}", err=True, nl=done == of)
            elif done == of or (done and done % 50 == 0):
                click.echo(f"{label} {done}/{of}", err=True)

        return report


_STAGES = {
    "reading": ("reading", "读取"),
    "building": ("understanding and checking", "解析与校验"),
    "storing": ("storing", "入库"),
    "checking": ("checking", "校验"),
    "rendering": ("writing pages", "生成网页"),
}

pass_settings = click.make_pass_decorator(Settings)


class Group(click.Group):
    """A group whose commands end with the error's own exit status and message, never a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BaogaoError as error:
            click.echo(f"kg: {error}", err=True)
            ctx.exit(error.exit_status)
        except BrokenPipeError:
            # The reader of our output has gone (``kg query … | head``): nothing is wrong.
            sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
            ctx.exit(0)
