"""``kg serve`` and ``kg mcp``: the graph for programs and people on the network, and for assistants."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import click

from kg.cli.context import Settings, pass_settings
from kg.cli.messages import say
from kg.errors import UsageError

_MIB = 1024 * 1024


def _missing(extra: str, module: str | None) -> UsageError:
    return UsageError(
        say(
            f"this command needs {module}; install it with: pip install 'baogao[{extra}]'",
            f"此命令需要 {module}；安装：pip install 'baogao[{extra}]'",
        )
    )


@click.command(
    epilog="""\b
Examples:
  kg serve                                        # read-only, on this machine only
  kg serve --port 8080 --site public              # with the pages "kg site -o public" made
  KG_TOKEN=$(openssl rand -hex 24) kg serve --writable
  curl -H 'Accept: text/csv' --data-urlencode 'query=SELECT * { ?p a bg:Project } LIMIT 9' localhost:8000/sparql"""
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0: a free one.")
@click.option("--writable", is_flag=True, help="Offer updates and the Graph Store Protocol to who shows KG_TOKEN.")
@click.option("--site", type=click.Path(path_type=Path, exists=True, file_okay=False), help="Serve these pages too.")
@click.option("--public-url", default="", metavar="URL", help="Where clients see the service, behind a proxy.")
@click.option("--timeout", type=click.FloatRange(0.1), default=30, show_default=True, help="Seconds a query may run.")
@click.option("--workers", type=click.IntRange(1, 64), help="Queries that run at once.  [default: one per processor]")
@click.option("--memory", type=click.IntRange(64), default=2048, show_default=True, help="MiB one query may take.")
@click.option("--result", type=click.IntRange(1), default=64, show_default=True, help="MiB a result may have.")
@pass_settings
def serve(
    settings: Settings,
    host: str,
    port: int,
    writable: bool,
    site: Path | None,
    public_url: str,
    timeout: float,
    workers: int | None,
    memory: int,
    result: int,
) -> None:
    """Serve the graph: SPARQL at /sparql, an editor, linked data, search, and reconciliation for OpenRefine."""
    try:
        from kg.serving.limits import Limits
        from kg.serving.server import bind, is_loopback, run, writer_token
    except ModuleNotFoundError as error:
        raise _missing("serve", error.name) from None
    token = writer_token(writable)
    limits = Limits(query_seconds=timeout, memory_bytes=memory * _MIB, result_bytes=result * _MIB)
    if workers is not None:
        limits = limits.with_workers(workers)
    if not is_loopback(host):
        settings.note(
            say(
                f"{host} is reachable from other machines: put a proxy that speaks TLS before it",
                f"{host} 可从其他机器访问：请在前面放置支持 TLS 的代理",
            )
        )
    _log(settings)
    listening = bind(host, port)
    name, number = listening.getsockname()[:2]
    url = public_url or f"http://{f'[{name}]' if ':' in name else name}:{number}/"
    settings.note(
        say(f"Serving {settings.store} at {url} – Ctrl-C ends", f"服务 {settings.store}：{url}（Ctrl-C 结束）")
    )
    with listening:
        run(
            settings.store,
            listening,
            config=settings.config,
            limits=limits,
            writable=writable,
            token=token,
            site=site,
            public_url=public_url,
        )


def _log(settings: Settings) -> None:
    """The access log and the service's own messages, on standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%Y-%m-%dT%H:%M:%S%z"))
    for name in ("kg.serving", "uvicorn.error"):
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.propagate = False
    logging.getLogger("kg.serving").setLevel(logging.WARNING if settings.quiet else logging.INFO)
    logging.getLogger("uvicorn.error").setLevel(logging.INFO if settings.verbose else logging.ERROR)


@click.command(epilog="\b\nExample (in an assistant's settings):\n  kg --store build/store mcp")
@pass_settings
def mcp(settings: Settings) -> None:
    """Give assistants the graph over the Model Context Protocol, on standard input and output."""
    try:
        from kg.serving.mcp import run
    except ModuleNotFoundError as error:
        raise _missing("mcp", error.name) from None
    run(settings.store, settings.config)
