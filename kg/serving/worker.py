"""The process a query runs in: it opens the store, reads jobs from standard input and answers on standard output.

Invariant: it owns nothing but its store handle, so the service may kill it at any moment; it never sends more than the
job allows, never calls another host, and never changes a store that was not opened for writing.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import re
import resource
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import pyoxigraph as ox

from kg.errors import BaogaoError, QueryError
from kg.graph.terms import PREFIXES
from kg.serving.jobs import CHUNK, FRAME, HEAD, JobError
from kg.serving.negotiation import GRAPH_FORMATS, TABLE_FORMATS
from kg.serving.syntax import is_volatile, names_dataset, refuse_outside, with_dataset


class _Frames(BytesIO):
    """What the engine writes its result to: counted, and sent on in chunks."""

    def __init__(self, out: BinaryIO, most: int) -> None:
        super().__init__()
        self._out = out
        self._most = most
        self._held = bytearray()
        self.count = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.count += len(data)
        if self.count > self._most:
            raise JobError(400, f"the result is larger than {self._most} bytes: narrow the query or add LIMIT")
        self._held += data
        if len(self._held) >= CHUNK:
            self.send()
        return len(data)

    def send(self) -> None:
        if self._held:
            _frame(self._out, b"C", bytes(self._held))
            self._held.clear()


def _frame(out: BinaryIO, letter: bytes, data: bytes) -> None:
    out.write(FRAME.pack(letter, len(data)))
    out.write(data)
    out.flush()


def _graph_name(iri: str | None) -> ox.NamedNode | ox.DefaultGraph:
    return ox.DefaultGraph() if iri is None else ox.NamedNode(iri)


def explain_syntax(error: SyntaxError, what: str) -> str:
    """The engine's complaint in words a person can use: where, and the first of what was expected."""
    message = str(error)
    found = re.match(r"error at (\d+):(\d+): (.*)", message, re.DOTALL)
    if not found:
        return f"the {what} is wrong: {message[:300]}"
    expected = found.group(3).splitlines()[0]
    expected = expected if len(expected) <= 200 else expected[:200].rsplit(",", 1)[0] + " …"
    return f"the {what} is wrong at line {found.group(1)}, column {found.group(2)}: {expected}"


def _query(store: ox.Store, job: dict[str, Any], out: _Frames) -> dict[str, Any]:
    text: str = job["query"]
    refuse_outside(text)
    default, named = job.get("default"), job.get("named")
    dataset: dict[str, Any] = {}
    if default is not None or named is not None:
        # The protocol's dataset replaces the query's own; what it leaves out is empty.
        dataset["default_graph"] = [ox.NamedNode(iri) for iri in default or ()]
        dataset["named_graphs"] = [ox.NamedNode(iri) for iri in named or ()]
    elif not names_dataset(text):
        dataset["use_default_graph_as_union"] = True
    result = store.query(text, base_iri=job.get("base"), prefixes=PREFIXES, **dataset)
    graph = isinstance(result, ox.QueryTriples)
    kind = "graph" if graph else "table" if isinstance(result, ox.QuerySolutions) else "boolean"
    wanted = job.get("graph" if graph else "table")
    if wanted is None:
        offered = ", ".join(GRAPH_FORMATS if graph else TABLE_FORMATS)
        raise JobError(406, f"none of the formats you accept fits this kind of query; offered: {offered}")
    if isinstance(result, ox.QueryTriples):
        ox.serialize(result, out, format=GRAPH_FORMATS[wanted], prefixes=PREFIXES)
    else:
        result.serialize(out, format=TABLE_FORMATS[wanted])
    return {"kind": kind, "media": wanted, "cacheable": not is_volatile(text)}


def _read_graph(store: ox.Store, job: dict[str, Any], out: _Frames) -> dict[str, Any]:
    """One graph of the store (Graph Store Protocol GET)."""
    name = _graph_name(job["graph_name"])
    if isinstance(name, ox.NamedNode) and not store.contains_named_graph(name):
        raise JobError(404, f"there is no graph <{name.value}>")
    triples: Iterator[ox.Triple] = (quad.triple for quad in store.quads_for_pattern(None, None, None, name))
    ox.serialize(triples, out, format=GRAPH_FORMATS[job["graph"]], prefixes=PREFIXES)
    return {"kind": "graph", "media": job["graph"], "cacheable": True}


def _update(store: ox.Store, job: dict[str, Any]) -> dict[str, Any]:
    text: str = job["update"]
    refuse_outside(text)
    if job.get("default") or job.get("named"):
        text = with_dataset(text, job.get("default") or [], job.get("named") or [])
    store.update(text, base_iri=job.get("base"), prefixes=PREFIXES)
    return {}


def _write_graph(store: ox.Store, job: dict[str, Any], body: bytes) -> dict[str, Any]:
    """Put (``replace``) or add what ``body`` holds to one graph, as one transaction."""
    name = _graph_name(job["graph_name"])
    existed = isinstance(name, ox.DefaultGraph) or store.contains_named_graph(name)
    triples = [
        ox.Triple(quad.subject, quad.predicate, quad.object)
        for media, base, part in _parts(job, body)
        for quad in ox.parse(
            part, format=GRAPH_FORMATS[media], base_iri=base, without_named_graphs=True, rename_blank_nodes=True
        )
    ]
    data = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
    text = data.decode()
    target = "DEFAULT" if isinstance(name, ox.DefaultGraph) else f"GRAPH {name}"
    steps = [f"CLEAR SILENT {target}"] if job["replace"] else []
    if isinstance(name, ox.NamedNode):
        steps += [f"CREATE SILENT {target}", f"INSERT DATA {{ GRAPH {name} {{ {text} }} }}"]
    else:
        steps.append(f"INSERT DATA {{ {text} }}")
    store.update(" ;\n".join(steps))
    return {"created": not existed, "triples": len(triples)}


def _parts(job: dict[str, Any], body: bytes) -> Iterator[tuple[str, str, bytes]]:
    start = 0
    for media, length in job["parts"]:
        yield media, job["base"], body[start : start + length]
        start += length


def _delete_graph(store: ox.Store, job: dict[str, Any]) -> dict[str, Any]:
    name = _graph_name(job["graph_name"])
    if isinstance(name, ox.NamedNode) and not store.contains_named_graph(name):
        raise JobError(404, f"there is no graph <{name.value}>")
    store.remove_graph(name)
    return {}


def _snapshot(store: ox.Store, job: dict[str, Any]) -> dict[str, Any]:
    """Leave a copy of the store (hard links, where the file system has them) that nobody writes to any more."""
    target = Path(job["target"])
    shutil.rmtree(target, ignore_errors=True)
    store.backup(target)
    return {}


def _answer(store: ox.Store, job: dict[str, Any], body: bytes, out: _Frames) -> dict[str, Any]:
    writing: dict[str, Callable[[], dict[str, Any]]] = {
        "update": lambda: _update(store, job),
        "write_graph": lambda: _write_graph(store, job, body),
        "delete_graph": lambda: _delete_graph(store, job),
        "snapshot": lambda: _snapshot(store, job),
    }
    what = "update" if job["do"] == "update" else "data" if job["do"] == "write_graph" else "query"
    try:
        if job["do"] in writing:
            return writing[job["do"]]()
        return _query(store, job, out) if job["do"] == "query" else _read_graph(store, job, out)
    except JobError:
        raise
    except QueryError as error:
        raise JobError(400, str(error)) from error
    except SyntaxError as error:
        raise JobError(400, explain_syntax(error, what)) from error
    except (ValueError, OverflowError, RecursionError) as error:
        raise JobError(400, f"the {what} is wrong: {str(error)[:300]}") from error
    except MemoryError as error:
        raise JobError(503, "the query needed more memory than one query may have") from error
    except OSError as error:
        raise JobError(500, "the store could not be read") from error


def _open(path: str, write: bool) -> ox.Store:
    from kg.store import open_store

    return open_store(Path(path), read_only=not write)


def _alone() -> None:
    """Leave no core files, let the service see to Ctrl-C, and end with it even when it is killed (on Linux)."""
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(1, signal.SIGKILL, 0, 0, 0)  # PR_SET_PDEATHSIG


def _bounded(memory: int) -> None:
    """Limit what this process may allocate beyond what it has now that its store is open."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5])  # data, as RLIMIT_DATA counts it
    except (OSError, ValueError, IndexError):
        pages = 0
    with contextlib.suppress(ValueError, OSError):
        most = pages * resource.getpagesize() + memory
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def main() -> None:
    """Serve jobs until standard input ends."""
    path, mode, memory = sys.argv[1], sys.argv[2], int(sys.argv[3])
    _alone()
    source = os.fdopen(os.dup(0), "rb")
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints must not get between the frames
    store: ox.Store | None = None
    try:
        store = _open(path, mode == "write")
    except (OSError, BaogaoError) as error:
        _frame(out, b"X", json.dumps({"status": 500, "reason": str(error)}).encode())
        return
    _bounded(memory)
    _frame(out, b"R", b"")
    while head := source.read(HEAD.size):
        if len(head) < HEAD.size:
            return
        head_length, body_length = HEAD.unpack(head)
        job = json.loads(source.read(head_length))
        body = source.read(body_length) if body_length else b""
        frames = _Frames(out, job.get("most", 1 << 40))
        try:
            if "store" in job:  # the store was built anew, or has a newer snapshot
                store = None
                store = _open(job["store"], False)
            if store is None:
                raise JobError(500, "the store could not be opened")
            end = _answer(store, job, body, frames)
            frames.send()
        except JobError as refused:
            _frame(out, b"X", json.dumps({"status": refused.status, "reason": refused.reason}).encode())
        except (OSError, BaogaoError):
            _frame(out, b"X", json.dumps({"status": 500, "reason": "the store could not be opened"}).encode())
        else:
            _frame(out, b"E", json.dumps(end).encode())


if __name__ == "__main__":
    main()
