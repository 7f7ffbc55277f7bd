"""What the tests of pages share: a sample store, its site, and one browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Store
from sample import BASE, CONFIG, HOSTILE, sample_store

from kg.store import staging
from kg.view import build_site
from kg.view.contents import Contents, read_contents

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def two_years() -> Store:
    """The sample reports of two years."""
    return sample_store(years=(2024, 2025))


@pytest.fixture(scope="session")
def stored(two_years: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as a store in a folder."""
    path = tmp_path_factory.mktemp("stored") / "store"
    with staging(path) as store:
        store.bulk_extend(two_years)
    return path


@pytest.fixture(scope="session")
def contents(two_years: Store) -> Contents:
    return read_contents(two_years, BASE)


@pytest.fixture(scope="session")
def sample_site(two_years: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the sample."""
    out = tmp_path_factory.mktemp("site") / "site"
    build_site(two_years, CONFIG, out, built=date(2025, 1, 2))
    return out


@pytest.fixture(scope="session")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a report whose names would do harm."""
    out = tmp_path_factory.mktemp("hostile") / "site"
    build_site(sample_store(names=HOSTILE), CONFIG, out)
    return out


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium of the system for all tests of pages."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install playwright")
    found = next((p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n))), None)
    if found is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium fonts-noto-cjk")
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield started
        started.close()
