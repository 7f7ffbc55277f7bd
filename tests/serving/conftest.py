"""Services on free loopback ports, started and stopped by the tests themselves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from served import SAMPLE, TOKEN, Running, make_store, running

from kg.serving.limits import Limits


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("sample") / "store", SAMPLE)


@pytest.fixture(scope="session")
def service(sample_store: Path) -> Iterator[Running]:
    """A read-only service over the sample."""
    with running(sample_store, limits=Limits(workers=2, query_seconds=10)) as one:
        yield one


@pytest.fixture(scope="session")
def writable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A service that may be written to, over an empty store; tests name their own graphs."""
    store = make_store(tmp_path_factory.mktemp("writable") / "store")
    with running(store, limits=Limits(workers=2, query_seconds=10), writable=True, token=TOKEN) as one:
        yield one
