"""What many tests share: the seed's graph, built once by the program itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from program import run_kg


@pytest.fixture(scope="session")
def seed_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store that ``kg build seeds`` makes."""
    path = tmp_path_factory.mktemp("seed") / "store"
    done = run_kg("build", "seeds", store=path)
    assert done.returncode == 0, done.stderr
    return path
