"""The store is replaced whole or not at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from kg.errors import StoreError
from kg.store import open_store, staging

A = Quad(NamedNode("http://e/a"), NamedNode("http://e/p"), NamedNode("http://e/b"), NamedNode("http://e/g"))
B = Quad(NamedNode("http://e/c"), NamedNode("http://e/p"), NamedNode("http://e/d"), NamedNode("http://e/g"))


def _fill(path: Path, *quads: Quad) -> None:
    with staging(path) as store:
        store.extend(quads)


def test_a_store_adds_to_what_was_there(tmp_path: Path) -> None:
    _fill(tmp_path / "s", A)
    _fill(tmp_path / "s", B)
    assert set(open_store(tmp_path / "s")) == {A, B}


def test_fresh_starts_empty(tmp_path: Path) -> None:
    _fill(tmp_path / "s", A)
    with staging(tmp_path / "s", fresh=True) as store:
        store.add(B)
    assert set(open_store(tmp_path / "s")) == {B}


def test_a_build_that_fails_leaves_the_earlier_store(tmp_path: Path) -> None:
    _fill(tmp_path / "s", A)

    def fail() -> None:
        with staging(tmp_path / "s") as store:
            store.add(B)
            raise ValueError("boom")

    with pytest.raises(ValueError, match="boom"):
        fail()
    assert set(open_store(tmp_path / "s")) == {A}
    assert sorted(p.name for p in tmp_path.iterdir()) == [".s.lock", "s"]


def test_a_killed_build_leaves_the_earlier_store(tmp_path: Path) -> None:
    path = tmp_path / "s"
    _fill(path, A)
    code = (
        "import sys,time\nfrom pyoxigraph import *\nfrom kg.store import staging\n"
        f"with staging({str(path)!r}) as s:\n"
        " s.add(Quad(NamedNode('http://e/x'),NamedNode('http://e/x'),NamedNode('http://e/x')))\n"
        " print('ready', flush=True)\n time.sleep(60)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert set(open_store(path)) == {A}
    _fill(path, B)
    assert set(open_store(path)) == {A, B}


def test_a_build_killed_between_the_renames_is_put_back(tmp_path: Path) -> None:
    path = tmp_path / "s"
    _fill(path, A)
    os.rename(path, tmp_path / ".s.old")
    assert set(open_store(path)) == {A}


def test_two_builds_at_once_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "s"
    with staging(path) as store:
        store.add(A)
        began = time.monotonic()
        with pytest.raises(StoreError, match="another build"), staging(path):
            pass
        assert time.monotonic() - began < 5
    assert set(open_store(path)) == {A}


def test_a_folder_of_something_else_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "letter.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(StoreError, match="no store"), staging(tmp_path / "s"):
        pass
    assert (tmp_path / "s" / "letter.txt").read_text(encoding="utf-8") == "dear"


def test_no_store_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="kg build"):
        open_store(tmp_path / "nothing")


def test_readers_keep_their_store_while_it_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "s"
    _fill(path, A)
    reader = open_store(path)
    _fill(path, B)
    assert set(reader) == {A}
    assert set(open_store(path)) == {A, B}
