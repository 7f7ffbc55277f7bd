"""Other people's stores, started and stopped by the tests: Oxigraph's server and Virtuoso."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from kg.publishing import RemoteEndpoint


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


def wait_for(url: str, process: subprocess.Popen[bytes], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise AssertionError(f"the server ended with status {process.returncode}")
        try:
            httpx.get(url, timeout=2)
        except httpx.HTTPError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"{url} did not come up in {seconds} s")


@dataclass
class Server:
    """A server of someone else's, which can be killed and started again on the same data."""

    command: list[str]
    folder: Path
    query_url: str
    update_url: str
    process: subprocess.Popen[bytes] | None = None

    @property
    def endpoint(self) -> RemoteEndpoint:
        return RemoteEndpoint(self.query_url, self.update_url, timeout=30, attempts=2)

    def start(self) -> None:
        for lock in self.folder.glob("*.lck"):
            lock.unlink()
        with (self.folder / "output.txt").open("ab") as output:
            self.process = subprocess.Popen(self.command, cwd=self.folder, stdout=output, stderr=output)
        wait_for(f"{self.query_url}?query=ASK%7B%7D", self.process)

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()


@contextmanager
def oxigraph(folder: Path) -> Iterator[Server]:
    """``oxigraph serve`` over a folder of its own."""
    program = shutil.which("oxigraph") or str(Path(sys.executable).with_name("oxigraph"))
    if not Path(program).exists():
        pytest.skip("oxigraph is not installed (pip install oxigraph)")
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [program, "serve", "--location", str(folder / "data"), "--bind", f"127.0.0.1:{port}"]
    server = Server(command, folder, f"{url}/query", f"{url}/update")
    server.start()
    try:
        yield server
    finally:
        server.kill()


_VIRTUOSO = """
[Database]
DatabaseFile = {folder}/v.db
ErrorLogFile = {folder}/v.log
LockFile = {folder}/v.lck
TransactionFile = {folder}/v.trx
xa_persistent_file = {folder}/v.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = {folder}/t.db
TransactionFile = {folder}/t.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
ServerThreads = 10
NumberOfBuffers = 2000
MaxDirtyBuffers = 1200
CaseMode = 2
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = 10000
"""


@contextmanager
def virtuoso(folder: Path) -> Iterator[Server]:
    """Virtuoso on a new database, with updates allowed to everybody on this machine."""
    for program in ("virtuoso-t", "isql-vt"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed (apt-get install virtuoso-opensource-7 virtuoso-opensource-7-bin)")
    sql, port = free_port(), free_port()
    (folder / "v.ini").write_text(_VIRTUOSO.format(folder=folder, sql=sql, http=port), encoding="utf-8")
    url = f"http://127.0.0.1:{port}/sparql"
    server = Server(["virtuoso-t", "+wait", "-f", "-c", str(folder / "v.ini")], folder, url, url)
    server.start()
    try:
        grant = ["isql-vt", f"127.0.0.1:{sql}", "dba", "dba", 'exec=GRANT SPARQL_UPDATE TO "SPARQL"; checkpoint;']
        subprocess.run(grant, check=True, capture_output=True)
        yield server
    finally:
        server.kill()
