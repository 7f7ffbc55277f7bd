"""``kg serve`` as its users run it: start, log, stop; and ``kg query --endpoint``, ``push`` and ``pull`` against it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil
import pytest
from served import SAMPLE, TOKEN, make_store

ROOT = Path(__file__).resolve().parents[2]


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "kg", *arguments]


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "KG_LANG": "en", "PYTHONUTF8": "1", **more}


def run(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments),
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment(**more),
        cwd=ROOT,
        timeout=60,
        check=False,
    )


@contextmanager
def serving(store: Path, *options: str, **more: str) -> Iterator[tuple[subprocess.Popen[str], str, Path]]:
    """``kg serve`` in a process of its own: the process, its URL, and the file its messages go to."""
    log = store.with_name("log.txt")
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(
            command("--store", str(store), "serve", "--port", "0", *options), stderr=output, stdout=output, text=True,
            env=environment(**more), cwd=ROOT,
        )  # fmt: skip
        try:
            deadline = time.monotonic() + 20
            while time.monotonic() < deadline and process.poll() is None:
                found = re.search(r"http://127\.0\.0\.1:\d+", log.read_text(encoding="utf-8"))
                if found and _answers(found.group()):
                    break
                time.sleep(0.05)
            else:
                raise AssertionError(log.read_text(encoding="utf-8"))
            yield process, found.group(), log
        finally:
            process.kill()
            process.wait()


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/healthz", timeout=5).status_code == 200
    except httpx.HTTPError:
        return False


def gone(processes: list[psutil.Process]) -> bool:
    _, alive = psutil.wait_procs(processes, timeout=5)
    return not alive


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return make_store(tmp_path / "store", SAMPLE)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_cleanly_when_told_to(store: Path, number: signal.Signals) -> None:
    with serving(store, "--writable", KG_TOKEN=TOKEN) as (process, url, log):
        workers = psutil.Process(process.pid).children()
        assert len(workers) >= 2
        assert any(path.name.startswith(".store.serving-") for path in store.parent.iterdir())
        process.send_signal(number)
        assert process.wait(10) == 0
        assert gone(workers)
        assert not _answers(url)
        assert "Traceback" not in log.read_text(encoding="utf-8")
    assert not any(path.name.startswith(".store.serving-") for path in store.parent.iterdir())


@pytest.mark.skipif(sys.platform != "linux", reason="children that end with their parent are a Linux thing")
def test_nothing_outlives_a_killed_service(store: Path) -> None:
    with serving(store, "--writable", KG_TOKEN=TOKEN) as (process, _, _log):
        workers = psutil.Process(process.pid).children()
        process.kill()
        assert gone(workers)
    with serving(store, "--writable", KG_TOKEN=TOKEN) as (process, _, _log):  # the lock is free, the litter removed
        kept = [path.name for path in store.parent.iterdir() if path.name.startswith(".store.serving-")]
        assert all(str(process.pid) in name for name in kept)


def test_the_access_log_says_what_was_asked_and_keeps_secrets(store: Path) -> None:
    with serving(store, "--writable", KG_TOKEN=TOKEN) as (_, url, log):
        headers = {"Authorization": f"Bearer {TOKEN}"}
        httpx.post(f"{url}/sparql", data={"update": "INSERT DATA { <urn:s> <urn:p> 'private' }"}, headers=headers)
        httpx.get(f"{url}/sparql", params={"query": "ASK {}", "format": "json"})
        httpx.get(f"{url}/a%0A%1B[31mforged")
        time.sleep(0.2)
        text = log.read_text(encoding="utf-8")
    assert re.search(r"127\.0\.0\.1 POST /sparql 204 0 \d+\.\dms", text)
    assert re.search(r"127\.0\.0\.1 GET /sparql 200 \d+ \d+\.\dms", text)
    assert TOKEN not in text
    assert "private" not in text
    assert "\x1b" not in text
    assert "/a??" in text


def test_wrong_usage_says_what_to_do(store: Path, tmp_path: Path) -> None:
    missing = run("--store", str(tmp_path / "none"), "serve", "--port", "0")
    assert missing.returncode == 5
    assert "kg build" in missing.stderr
    unsafe = run("--store", str(store), "serve", "--writable", KG_TOKEN="short")
    assert unsafe.returncode == 2
    assert "KG_TOKEN" in unsafe.stderr
    with socket.create_server(("127.0.0.1", 0)) as taken:
        busy = run("--store", str(store), "serve", "--port", str(taken.getsockname()[1]))
    assert busy.returncode == 2
    assert "--port" in busy.stderr
    assert "Traceback" not in missing.stderr + busy.stderr
    assert run("--store", str(tmp_path / "none"), "mcp").returncode == 5


def test_a_locked_store_is_named(store: Path) -> None:
    with serving(store, "--writable", KG_TOKEN=TOKEN):
        second = run("--store", str(store), "serve", "--writable", "--port", "0", KG_TOKEN=TOKEN)
    assert second.returncode == 5
    assert str(store) in second.stderr


def test_the_graph_goes_to_another_store_and_back(store: Path, tmp_path: Path) -> None:
    empty = make_store(tmp_path / "other")
    with serving(empty, "--writable", KG_TOKEN=TOKEN) as (_, url, _log):
        endpoint = f"{url}/sparql"
        wrong = {"KG_ENDPOINT_TOKEN": "wrong token, wrong token"}
        refused = run("--store", str(store), "push", "--endpoint", endpoint, **wrong)
        assert refused.returncode == 8
        assert "status 401" in refused.stderr
        assert "wrong token" not in refused.stderr
        pushed = run("--store", str(store), "push", "--endpoint", endpoint, KG_ENDPOINT_TOKEN=TOKEN)
        assert pushed.returncode == 0, pushed.stderr
        pulled = run("--store", str(tmp_path / "back"), "pull", "--endpoint", endpoint)
        assert pulled.returncode == 0, pulled.stderr
        query = "SELECT ?name WHERE { ?p a bg:Project ; skos:prefLabel ?name } ORDER BY ?name"
        remote = run("query", "-e", query, "--endpoint", endpoint, "--format", "csv")
        local = run("--store", str(tmp_path / "back"), "query", "-e", query, "--format", "csv")
        assert remote.returncode == 0, remote.stderr
        assert remote.stdout == local.stdout
        assert "盘州市抽水蓄能电站项目" in remote.stdout
        stored = run("query", "entities", "--endpoint", endpoint, "--format", "json")
        assert stored.stdout == run("--store", str(store), "query", "entities", "--format", "json").stdout
    down = run("query", "-e", "ASK {}", "--endpoint", endpoint)
    assert down.returncode == 8
    assert endpoint in down.stderr
