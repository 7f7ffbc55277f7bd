"""All benchmarks, as ``make bench`` runs them: building, pages, queries and serving of KG_BENCH_STORE (build/store)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from bench import build_bench, query_bench, serve_bench, view_bench


def show(title: str, rows: list[tuple[str, float, str, float | None]]) -> None:
    """Print rows of (what, value, unit, budget)."""
    sys.stdout.write(f"\n{title}\n")
    for what, value, unit, budget in rows:
        promised = "" if budget is None else f"   (at most {budget:g})" if value <= budget else f"   OVER {budget:g}"
        sys.stdout.write(f"  {what:56} {value:14,.{1 if value >= 10 else 3}f} {unit}{promised}\n")
    sys.stdout.flush()


def main() -> None:
    """Run them one after the other."""
    show("Building", build_bench.measure())
    show("Pages", view_bench.measure())
    store = os.environ.get("KG_BENCH_STORE", "build/store")
    if not Path(store).is_dir():
        subprocess.run([sys.executable, "-m", "kg", "-q", "--store", store, "build", "seeds"], check=True)
    show(f"Stored queries on {store}", query_bench.measure(Path(store)))
    show(f"Serving {store}", serve_bench.measure(Path(store), seconds=float(os.environ.get("KG_BENCH_SECONDS", "60"))))


if __name__ == "__main__":
    main()
