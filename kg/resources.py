"""Where the data that travels with the program lies: ``ontology``, ``shapes`` and ``queries``.

In a checkout they are the top-level folders; in an installed wheel they are inside the package.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """The folder ``name`` (``ontology``, ``shapes``, ``queries`` …) of the running installation."""
    packed = _PACKAGE / "_data" / name
    return packed if packed.is_dir() else _PACKAGE.parent / name
