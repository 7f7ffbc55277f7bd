"""How long every stored query takes on a graph, each in a process of its own, as ``kg query`` runs it.

    python -m bench.query_bench [--store STORE] [--json FILE]

Processor seconds, since a busy machine is slower on the clock; the table is made, not printed. A competency question
has a budget: 0.2 s on the graph of one report, 2 s on a graph of many. Whole-table exports have none, but give their
rows a second. A query that takes a place, a report or a name is also asked of one.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sys
import time
from collections.abc import Mapping
from multiprocessing.queues import SimpleQueue
from pathlib import Path

from kg.asking.ask import ask, ask_stored
from kg.asking.formats import as_csv
from kg.asking.stored import StoredQuery, stored_queries
from kg.asking.table import Table
from kg.store import open_store

Row = tuple[str, float, str, float | None]
ONE_REPORT, MANY_REPORTS = 0.2, 2.0  # seconds
EXPORTS = ("entities", "indicators", "mentions", "numbers", "observations", "promises", "relations")
LONGEST = 120.0  # seconds


def _run(store: str, name: str, given: Mapping[str, str], answer: SimpleQueue[tuple[float, int]]) -> None:
    graph = open_store(store)
    began = time.process_time()
    table = ask_stored(graph, name, given)
    assert isinstance(table, Table)
    as_csv(table)
    answer.put((time.process_time() - began, len(table.rows)))


def timed(store: Path, name: str, given: Mapping[str, str]) -> tuple[float, int]:
    """Processor seconds and rows of a stored query; (nan, 0) past ``LONGEST`` seconds."""
    context = multiprocessing.get_context("spawn")
    answer: SimpleQueue[tuple[float, int]] = context.SimpleQueue()
    process = context.Process(target=_run, args=(str(store), name, dict(given), answer))
    process.start()
    process.join(LONGEST)
    if process.exitcode is None:
        process.kill()
        process.join()
        return float("nan"), 0
    if process.exitcode:
        raise SystemExit(f"{name}: the query failed")
    return answer.get()


def parameters(store: Path) -> dict[str, str]:
    """Values of parameters that have much to find: the report of most commitments, its place, who undertakes most."""
    graph = open_store(store)

    def first(query: str) -> str:
        table = ask(graph, query)
        assert isinstance(table, Table)
        return str(getattr(table.rows[0][0], "value", "")) if table.rows else ""

    report = first("SELECT ?r { ?c a bg:Commitment ; bg:report ?r } GROUP BY ?r ORDER BY DESC(COUNT(*)) ?r LIMIT 1")
    hans = 'FILTER(LANGMATCHES(LANG(?n), "zh-Hans"))'
    place = first(f"SELECT ?n {{ <{report}> bg:place ?p . ?p skos:prefLabel ?n {hans} }} LIMIT 1")
    name = first(
        "SELECT ?n { { SELECT ?x (COUNT(*) AS ?c) { ?r rdf:predicate bg:undertakenBy ; rdf:object ?x } GROUP BY ?x "
        f"ORDER BY DESC(?c) ?x LIMIT 1 }} ?x skos:prefLabel ?n {hans} }} LIMIT 1"
    )
    return {"report": report.partition("/report/")[2], "place": place, "name": place, "from": name, "to": place}


def _runs(query: StoredQuery, values: Mapping[str, str]) -> list[dict[str, str]]:
    """With its defaults, if it has them, and with a parameter, if it has one."""
    given = {p.name: values[p.name] for p in query.parameters if p.name in values}
    needs = any(p.default is None for p in query.parameters)
    return [*([] if needs else [{}]), *([given] if given else [])]


def measure(store: Path | None = None) -> list[Row]:
    """Rows of (what, value, unit, budget) for the graph in ``store``."""
    store = store or Path(os.environ.get("KG_BENCH_STORE", "build/store"))
    reports = len(list(open_store(store).named_graphs()))
    budget = MANY_REPORTS if reports > 10 else ONE_REPORT
    values = parameters(store)
    rows: list[Row] = []
    for query in stored_queries().values():
        for given in _runs(query, values):
            took, count = timed(store, query.name, given)
            what = f"{query.name} {' '.join(f'{k}={v}' for k, v in given.items())}".strip()
            whole = query.name in EXPORTS and "report" not in given
            rows.append((what, took, "s", None if whole and reports > 10 else budget))
            if whole:
                rows.append((f"  {what}: {count:,} rows", count / took, "rows/s", None))
    return rows


def main() -> int:
    """Print the rows, and write them as JSON if asked; 1 if a budget is passed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--json", type=Path, help="file to write the figures to")
    options = parser.parse_args()
    rows = measure(options.store)
    for what, value, unit, budget in rows:
        promised = "" if budget is None else f"   (at most {budget:g}{'' if value <= budget else ', PASSED'})"
        sys.stdout.write(f"{what:60} {value:10,.3f} {unit}{promised}\n")
    if options.json:
        figures = [{"what": w, "value": round(v, 3), "unit": u, "budget": b} for w, v, u, b in rows]
        options.json.write_text(json.dumps(figures, indent=1, ensure_ascii=False), encoding="utf-8")
    return int(any(budget is not None and not value <= budget for _, value, _, budget in rows))


if __name__ == "__main__":
    raise SystemExit(main())
