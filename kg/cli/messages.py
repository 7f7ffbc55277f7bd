"""What the commands say, in English or Chinese by the user's locale.

``say(en, zh)`` picks the language: ``KG_LANG`` if set, else the first of LC_ALL, LC_MESSAGES, LANG that is set.
"""

from __future__ import annotations

import os
from functools import cache


@cache
def chinese() -> bool:
    """Whether the user reads Chinese."""
    for name in ("KG_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return value.lower().startswith("zh")
    return False


def say(en: str, zh: str) -> str:
    """The one of two wordings that the user reads."""
    return zh if chinese() else en
