"""The command line: thin commands over the stages. Results go to standard output, everything else to standard error."""

from kg.cli.main import main

__all__ = ["main"]
