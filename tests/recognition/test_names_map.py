"""The map of the package says where every rule is."""

from __future__ import annotations

import re
from pathlib import Path

from kg.recognition import names


def test_every_module_is_on_the_map_and_nothing_else() -> None:
    folder = Path(str(names.__file__)).parent
    modules = {path.stem for path in (*folder.glob("*.py"), *folder.glob("[a-z]*/"))} - {"__init__"}
    assert set(re.findall(r"``(\w+)``", str(names.__doc__))) == modules
