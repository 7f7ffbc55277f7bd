"""The processes queries run in: who runs where, for how long, and what happens when it is too long.

Invariant: a request holds at most one worker; a worker past its limit is killed and another stands in its place before
the next request is taken; short queries always find a worker, because a query past ``slow_after`` gives its place up.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import shutil
import signal
import sys
import tempfile
import time
from collections import OrderedDict, deque
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from kg.errors import StoreError
from kg.serving.jobs import FRAME, HEAD, JobError
from kg.serving.limits import Limits

log = logging.getLogger("kg.serving")

# The priority (nice value) of a query that has moved to the slow lane, by the processor seconds it has taken: who asks
# something large waits a little longer, who asks something endless takes nothing from the others.
_PRIORITIES = ((0.0, 5), (1.0, 10), (2.0, 19))
# From so many on it runs only when nobody else wants a processor (where the system knows such a class): the lowest
# priority still takes its turn of some milliseconds between two short queries.
_IDLE_AFTER = 2.0
_IN_MEMORY = 256 * 1024  # a result larger than this goes to a temporary file


@dataclass(slots=True)
class Result:
    """A job's whole result: ``kind`` is table, boolean or graph; ``data`` stands at its start; ``close`` when sent."""

    kind: str
    media: str
    size: int
    data: IO[bytes]
    about: dict[str, Any]
    pool: Pool | None = None
    generation: int = -1  # of the store it was read from

    def close(self) -> None:
        if self.pool is not None:
            self.pool.spooled -= self.size
            self.pool = None
        self.data.close()

    def read(self) -> bytes:
        """All of it, and close."""
        try:
            return self.data.read()
        finally:
            self.close()


class _Worker:
    """One process and the pipes to it."""

    def __init__(self, process: asyncio.subprocess.Process, store: str, generation: int) -> None:
        self.process = process
        self.store = store
        self.generation = generation
        self.since = 0.0  # when its job began (monotonic), 0 when idle
        self.spent = 0.0  # processor seconds it had taken by then
        self.slow = False
        self.dead = False
        self.verdict: JobError | None = None  # why it was killed

    @property
    def age(self) -> float:
        return time.monotonic() - self.since if self.since else 0.0

    @property
    def effort(self) -> float:
        """Processor seconds its job has taken (seconds on the clock where the system does not tell)."""
        spent = _processor_seconds(self.process.pid)
        return self.age if spent is None else spent - self.spent

    def begin(self) -> None:
        self.since = time.monotonic()
        self.spent = _processor_seconds(self.process.pid) or 0.0

    def kill(self, verdict: JobError | None = None) -> None:
        self.dead = True
        self.verdict = self.verdict or verdict
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()

    async def ended(self) -> None:
        """Wait for the process and let go of its pipes."""
        await self.process.wait()
        transport = getattr(self.process, "_transport", None)
        if transport is not None:
            transport.close()

    def lower_priority(self) -> None:
        """Give its job the priority that fits what it has taken."""
        effort = self.effort
        nice = max(value for least, value in _PRIORITIES if effort >= least)
        with contextlib.suppress(OSError, AttributeError):
            os.setpriority(os.PRIO_PROCESS, self.process.pid, nice)
            if effort >= _IDLE_AFTER:
                os.sched_setscheduler(self.process.pid, os.SCHED_IDLE, os.sched_param(0))


def _processor_seconds(process: int) -> float | None:
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError):
        return None


async def _start(store: Path, mode: str, limits: Limits, generation: int) -> _Worker:
    command = [sys.executable, "-m", "kg.serving.worker", str(store), mode, str(limits.memory_bytes)]
    process = await asyncio.create_subprocess_exec(
        *command, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=1 << 18
    )
    assert process.stdout is not None
    worker = _Worker(process, str(store), generation)
    try:
        letter, length = FRAME.unpack(await process.stdout.readexactly(FRAME.size))
        data = await process.stdout.readexactly(length)
    except asyncio.IncompleteReadError:
        await worker.ended()
        raise StoreError(f"{store}: the process that opens it ended at once (status {process.returncode})") from None
    except asyncio.CancelledError:
        worker.kill()
        await worker.ended()
        raise
    if letter != b"R":
        await worker.ended()
        raise StoreError(json.loads(data)["reason"])
    return worker


def _identity(store: Path) -> tuple[int, int] | None:
    """What tells one build of the store from the next: the folder, and the file that names its newest manifest."""
    try:
        return store.stat().st_ino, (store / "CURRENT").stat().st_mtime_ns
    except OSError:
        return None


class Pool:
    """Workers over one store. ``start`` before use, ``close`` at the end; ``run`` and ``change`` for every request."""

    def __init__(self, store: Path, limits: Limits | None = None, writable: bool = False) -> None:
        self.store = store
        self.limits = limits or Limits()
        self.writable = writable
        self.generation = 0  # changes whenever what queries see may have changed
        self.spooled = 0
        self.killed = 0
        self._identity = _identity(store)
        self._checked = 0.0
        self.reading = store  # what readers open: the store, or its newest snapshot
        self.kept: set[str] = set()  # snapshots that someone besides the workers reads
        self._idle: list[_Worker] = []
        self._busy: set[_Worker] = set()
        self._waiting: deque[asyncio.Future[_Worker]] = deque()
        self._starting: set[asyncio.Task[None]] = set()
        self._ending: set[asyncio.Task[None]] = set()
        self._jobs: set[asyncio.Task[Result]] = set()
        self._slow = 0
        self._writer: _Worker | None = None
        self._writing = asyncio.Lock()
        self._changed = False  # written to since the newest snapshot
        self._closed = False
        self._cache: OrderedDict[str, tuple[dict[str, Any], bytes]] = OrderedDict()
        self._cached = 0
        self._under_way: dict[str, asyncio.Event] = {}  # jobs that run, and who waits for the same

    # ------------------------------------------------------------------ life

    async def start(self) -> None:
        """Open the store in every worker. Raises ``StoreError`` when it cannot be opened."""
        if self.writable:
            self._clear_snapshots()
            self._writer = await _start(self.store, "write", self.limits, 0)
            await self._snapshot()
        try:
            first = await _start(self.reading, "read", self.limits, self.generation)
        except StoreError:
            await self.close()
            raise
        self._release(first)
        for _ in range(self.limits.workers - 1):
            self._replace()

    async def close(self) -> None:
        """End every worker; requests still under way get an error."""
        self._closed = True
        for task in [*self._starting, *self._jobs]:
            task.cancel()
        for future in self._waiting:
            if not future.done():
                future.set_exception(JobError(503, "the service is shutting down"))
        workers = [*self._idle, *self._busy, *([self._writer] if self._writer else [])]
        for worker in workers:
            worker.kill()
        await asyncio.gather(*self._starting, *self._jobs, return_exceptions=True)
        for worker in workers:
            await worker.ended()
        await asyncio.gather(*self._ending)
        self._idle.clear()
        if self.writable:
            self._clear_snapshots()

    @property
    def state(self) -> dict[str, int]:
        """What goes on now, for /healthz."""
        return {
            "idle": len(self._idle),
            "running": len(self._busy),
            "slow": self._slow,
            "waiting": len(self._waiting),
            "stopped": self.killed,
        }

    # --------------------------------------------------------------- reading

    async def run(
        self, job: dict[str, Any], seconds: float | None = None, most: int | None = None, patient: bool = False
    ) -> Result:
        """The result of a reading job.

        ``seconds`` and ``most`` (bytes) may lower the limits, never raise them; only the service itself, counting what
        it serves, is ``patient`` and may take longer. Raises ``JobError`` for whatever goes
        wrong. When the caller is cancelled (its client has gone), the job is given up too.
        """
        await self.refresh()
        allowed = seconds or self.limits.query_seconds
        if not patient:
            allowed = min(allowed, self.limits.query_seconds)
        job = {**job, "most": min(most or self.limits.result_bytes, self.limits.result_bytes)}
        key = json.dumps(job, sort_keys=True)
        if (kept := self._kept(key)) is not None:
            return kept
        if (same := self._under_way.get(key)) is not None:  # many ask the same at once: the first runs it for all
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(same.wait(), min(allowed, self.limits.queue_seconds))
            if (kept := self._kept(key)) is not None:
                return kept
        done = self._under_way.setdefault(key, asyncio.Event())
        try:
            return await self._fresh(job, key, allowed)
        finally:
            done.set()
            if self._under_way.get(key) is done:
                del self._under_way[key]

    def _kept(self, key: str) -> Result | None:
        """The answer that is kept for a job, if there is one."""
        kept = self._cache.get(key)
        if kept is None:
            return None
        self._cache.move_to_end(key)
        return _small(*kept)

    async def _fresh(self, job: dict[str, Any], key: str, allowed: float) -> Result:
        """Run a job, once more if the store was replaced meanwhile, and keep its answer if it may be kept."""
        try:
            result = await self._attend(job, allowed)
        except JobError as error:
            self._checked = 0.0
            before = self.generation
            await self.refresh()
            if error.status != 500 or self.generation == before:
                raise
            result = await self._attend(job, allowed)  # the store was replaced under the query
        if result.about.get("cacheable") and result.size <= _IN_MEMORY and result.generation == self.generation:
            data = result.read()
            self._keep(key, result.about, data)
            return _small(result.about, data)
        return result

    async def _attend(self, job: dict[str, Any], allowed: float) -> Result:
        """Run a job; when the caller goes away, a job that waits is dropped and a running one is soon stopped."""
        held: list[_Worker] = []
        task = asyncio.create_task(self._run(job, allowed, held))
        self._jobs.add(task)
        task.add_done_callback(self._jobs.discard)
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            task.add_done_callback(_discard)
            if held:  # most jobs end soon by themselves, which is cheaper than a new worker
                asyncio.get_running_loop().call_later(max(0.0, self.limits.slow_after - held[0].age), task.cancel)
            else:
                task.cancel()
            raise

    async def _run(self, job: dict[str, Any], allowed: float, held: list[_Worker]) -> Result:
        worker = await self._acquire()
        held.append(worker)
        watch = asyncio.create_task(self._watch(worker, allowed))
        try:
            if worker.generation != self.generation:
                job = {**job, "store": str(self.reading)}
                worker.store, worker.generation = str(self.reading), self.generation
            result = await self._exchange(worker, job, b"", allowed)
            result.generation = worker.generation
            return result
        except asyncio.CancelledError:
            worker.kill()
            raise
        finally:
            watch.cancel()
            self._release(worker)
            self._drop_snapshots()

    async def _exchange(self, worker: _Worker, job: dict[str, Any], body: bytes, allowed: float) -> Result:
        """Give a worker its job and take the whole result in, whatever the client's own speed."""
        head = json.dumps(job).encode()
        process = worker.process
        assert process.stdin is not None
        assert process.stdout is not None
        spool: IO[bytes] = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - the caller closes it
        size = 0
        result: Result | None = None
        try:
            process.stdin.write(HEAD.pack(len(head), len(body)) + head)
            if body:
                process.stdin.write(body)
            await process.stdin.drain()
            while True:
                letter, length = FRAME.unpack(await process.stdout.readexactly(FRAME.size))
                data = await process.stdout.readexactly(length)
                if letter == b"C":
                    size += length
                    self.spooled += length
                    if self.spooled > self.limits.spool_bytes:
                        worker.kill(JobError(503, "too many large results are on their way; try again", 10))
                        continue
                    spool.write(data)
                elif letter == b"X":
                    error = json.loads(data)
                    raise JobError(error["status"], error["reason"])
                else:
                    about = json.loads(data)
                    spool.seek(0)
                    result = Result(about.get("kind", ""), about.get("media", ""), size, spool, about, self)
                    return result
        except (asyncio.IncompleteReadError, ConnectionError, BrokenPipeError):
            status = await process.wait()
            raise self._why(worker, status, allowed) from None
        finally:
            if result is None:
                self.spooled -= size
                spool.close()

    def _why(self, worker: _Worker, status: int, allowed: float) -> JobError:
        if worker.verdict is not None:
            return worker.verdict
        if status in (-signal.SIGABRT, -signal.SIGKILL):  # the allocator gave up, or the system did
            mib = self.limits.memory_bytes // (1024 * 1024)
            return JobError(503, f"the query was stopped: it needed more memory than one query may have ({mib} MiB)")
        log.error("a worker ended with status %s", status)
        return JobError(500, "the process that ran the query ended unexpectedly")

    async def _watch(self, worker: _Worker, allowed: float) -> None:
        """Let a query run its time: at full speed first, then in the slow lane, then no more."""
        step = max(0.05, self.limits.slow_after / 4)
        while worker.age < allowed:
            await asyncio.sleep(max(0.0, min(step, allowed - worker.age)))
            effort = worker.effort
            if worker.slow:
                worker.lower_priority()
            elif effort >= self.limits.slow_after and self._slow < self.limits.slow_workers:
                worker.slow = True
                self._slow += 1
                worker.lower_priority()
                self._replace()
            elif effort >= self.limits.crowded_after and self._waiting and self._took_most(worker):
                self._stop(worker, JobError(503, "the query was stopped: too many long queries run already", 10))
                return
        self._stop(worker, JobError(503, f"the query was stopped after {allowed:g} seconds: narrow it or add LIMIT"))

    def _took_most(self, worker: _Worker) -> bool:
        """Whether all workers are busy with long queries, and this one has taken most."""
        efforts = [other.effort for other in self._busy if not other.slow]
        return not self._idle and min(efforts) >= self.limits.crowded_after and worker.effort >= max(efforts) - 0.05

    def _stop(self, worker: _Worker, verdict: JobError) -> None:
        self.killed += 1
        worker.kill(verdict)

    # --------------------------------------------------------------- workers

    async def _acquire(self) -> _Worker:
        while self._idle:
            worker = self._idle.pop()
            if worker.process.returncode is None:
                return self._begin(worker)
            self._retire(worker)  # it died while idle
            self._replace()
        if self._closed:
            raise JobError(503, "the service is shutting down")
        if len(self._waiting) >= self.limits.waiting:
            raise JobError(503, "too many requests are waiting; try again", 5)
        future: asyncio.Future[_Worker] = asyncio.get_running_loop().create_future()
        late = JobError(503, "no worker became free in time; try again", 10)
        timer = asyncio.get_running_loop().call_later(
            self.limits.queue_seconds, lambda: None if future.done() else future.set_exception(late)
        )
        self._waiting.append(future)
        try:
            return await future
        except asyncio.CancelledError:
            if future.done() and not future.cancelled() and future.exception() is None:
                self._release(future.result())  # it was given a worker in the same moment
            raise
        finally:
            timer.cancel()
            with contextlib.suppress(ValueError):
                self._waiting.remove(future)

    def _begin(self, worker: _Worker) -> _Worker:
        worker.begin()
        self._busy.add(worker)
        return worker

    def _release(self, worker: _Worker) -> None:
        """Take a worker back: to the next who waits, to the idle ones, or out of service."""
        self._busy.discard(worker)
        worker.since = 0.0
        if worker.slow:  # another has its place already, and a lowered priority cannot be raised again
            self._slow -= 1
            self._retire(worker)
            return
        if worker.dead or worker.process.returncode is not None:
            self._retire(worker)
            self._replace()
            return
        while self._waiting:
            future = self._waiting.popleft()
            if not future.done():
                future.set_result(self._begin(worker))
                return
        self._idle.append(worker)

    def _retire(self, worker: _Worker) -> None:
        worker.kill()
        task = asyncio.create_task(worker.ended())
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)

    def _replace(self) -> None:
        if self._closed:
            return
        task = asyncio.create_task(self._add())
        self._starting.add(task)
        task.add_done_callback(self._starting.discard)

    async def _add(self) -> None:
        delay = 0.1
        while not self._closed:
            try:
                generation = self.generation
                worker = await _start(self.reading, "read", self.limits, generation)
            except (StoreError, OSError) as error:  # a rebuild may just be swapping the folders
                log.warning("a worker could not be started: %s", error)
                await asyncio.sleep(delay)
                delay = min(delay * 2, 5.0)
            else:
                self._release(worker)
                return

    # ------------------------------------------------------- changes of store

    async def refresh(self) -> None:
        """See that queries see the store as it is: a newer build, or what was written since."""
        if self.writable:
            if self._changed:
                async with self._writing:
                    if self._changed:
                        await self._snapshot()
            return
        now = time.monotonic()
        if now - self._checked < 1.0:
            return
        self._checked = now
        identity = _identity(self.store)
        if identity is not None and identity != self._identity:
            self._identity = identity
            self._next_generation()
            log.info("the store was built anew; queries see the new one")

    def _next_generation(self) -> None:
        self.generation += 1
        self._cache.clear()
        self._cached = 0

    def _keep(self, key: str, about: dict[str, Any], data: bytes) -> None:
        if len(data) + len(key) > self.limits.cache_bytes:
            return
        self._cache[key] = (about, data)
        self._cached += len(data) + len(key)
        while self._cached > self.limits.cache_bytes:
            old, (_, gone) = self._cache.popitem(last=False)
            self._cached -= len(gone) + len(old)

    # --------------------------------------------------------------- writing

    async def change(self, job: dict[str, Any], body: bytes = b"") -> dict[str, Any]:
        """Do a writing job, one at a time, as one transaction; past its time it is stopped and nothing is written."""
        async with self._writing:
            try:
                return await self._write(job, body)
            finally:
                self._changed = True

    async def _write(self, job: dict[str, Any], body: bytes = b"") -> dict[str, Any]:
        allowed = self.limits.query_seconds
        if self._writer is not None and (self._writer.dead or self._writer.process.returncode is not None):
            await self._writer.ended()  # only then is the store unlocked
            self._writer = None
        if self._writer is None:
            self._writer = await _start(self.store, "write", self.limits, 0)
        writer = self._writer
        verdict = JobError(503, f"the update was stopped after {allowed:g} seconds; nothing was written")
        timer = asyncio.get_running_loop().call_later(allowed, self._stop, writer, verdict)
        try:
            return (await self._exchange(writer, job, body, allowed)).about
        except asyncio.CancelledError:
            writer.kill()
            raise
        finally:
            timer.cancel()

    def _beside(self, number: int | str) -> Path:
        return self.store.with_name(f".{self.store.name}.serving-{os.getpid()}-{number}")

    async def _snapshot(self) -> None:
        """Give readers the store as it is now. They never open the folder that is being written to."""
        target = self._beside(self.generation + 1)
        await self._write({"do": "snapshot", "target": str(target)})
        self.reading = target
        self._changed = False
        self._next_generation()

    def _drop_snapshots(self) -> None:
        """Remove the snapshots nobody reads any more."""
        if not self.writable:
            return
        used = {worker.store for worker in [*self._idle, *self._busy]} | {str(self.reading)} | self.kept
        if self._starting:
            return
        for old in self.store.parent.glob(f".{self.store.name}.serving-{os.getpid()}-*"):
            if str(old) not in used:
                shutil.rmtree(old, ignore_errors=True)

    def _clear_snapshots(self) -> None:
        """Remove our own snapshots and those of services that were killed."""
        for left in self.store.parent.glob(f".{self.store.name}.serving-*"):
            owner = left.name.rsplit("-", 2)[-2]
            if owner == str(os.getpid()) or not lives(owner):
                shutil.rmtree(left, ignore_errors=True)


def lives(process: str) -> bool:
    """Whether a process with this number is running."""
    try:
        os.kill(int(process), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True


def _discard(task: asyncio.Task[Result]) -> None:
    """Close the result of a job whose client has gone."""
    if not task.cancelled() and task.exception() is None:
        task.result().close()


def _small(about: dict[str, Any], data: bytes) -> Result:
    spool: IO[bytes] = tempfile.SpooledTemporaryFile(len(data) + 1)  # noqa: SIM115 - the caller closes it
    spool.write(data)
    spool.seek(0)
    return Result(about.get("kind", ""), about.get("media", ""), len(data), spool, about)
