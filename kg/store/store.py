"""Opening a store for reading, and writing one beside it that replaces it in one step."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pyoxigraph import Store

from kg.errors import StoreError


def open_store(path: Path | str, read_only: bool = True) -> Store:
    """The store in the folder ``path``.

    Raises:
        StoreError: there is none, or it cannot be opened.

    """
    path = Path(path)
    _recover(path)
    if not (path / "CURRENT").is_file():
        raise StoreError(f"{path}: there is no store here. Run “kg build” first, or name another with --store.")
    try:
        return Store.read_only(str(path)) if read_only else Store(str(path))
    except OSError as error:
        raise StoreError(
            f"{path}: the store cannot be opened ({error}). Build it again with “kg build --fresh”."
        ) from None


@contextmanager
def staging(path: Path | str, fresh: bool = False) -> Iterator[Store]:
    """A writable store that starts as a copy of the one at ``path`` (or empty) and replaces it if the block ends well.

    Raises:
        StoreError: another build is at work, the disk is full, or the folder cannot be written. The store at ``path``
            is then as it was.

    """
    path = Path(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = open(_beside(path, "lock"), "w", encoding="utf-8")  # noqa: SIM115 (held until the block ends)
    except OSError as error:
        raise StoreError(
            f"{path}: the folder cannot be written ({error.strerror}); choose another with --store."
        ) from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise StoreError(
                f"{path}: another build is writing this store; wait for it or use another --store."
            ) from None
        _recover(path)
        if path.exists() and any(path.iterdir()) and not (path / "CURRENT").is_file():
            raise StoreError(f"{path}: this folder holds something that is no store; name an empty or new folder.")
        new, old = _beside(path, "new"), _beside(path, "old")
        shutil.rmtree(new, ignore_errors=True)
        try:
            if not fresh and (path / "CURRENT").is_file():
                earlier = Store(str(path))
                earlier.flush()
                earlier.backup(str(new))
                del earlier
            store = Store(str(new))
            yield store
            store.flush()
            del store
            if path.exists():
                os.rename(path, old)
            os.rename(new, path)
        except OSError as error:
            raise StoreError(
                f"{path}: the store could not be written ({error}); the earlier one is as it was."
            ) from error
        finally:
            if not path.exists() and old.exists():
                os.rename(old, path)
            shutil.rmtree(new, ignore_errors=True)
            shutil.rmtree(old, ignore_errors=True)


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(f".{path.name}.{suffix}")


def _recover(path: Path) -> None:
    """Put the earlier store back if a build was killed between the two renames."""
    old = _beside(path, "old")
    if not path.exists() and old.exists():
        os.rename(old, path)
