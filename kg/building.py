"""The build: texts to a checked graph in the store.

Invariant: a report's graph depends on its texts, the vocabularies, the settings and what people decided and corrected
alone, so reports are built one by one in any order or process and the store is the same. A document that fails is named
and left out; the others are built.
"""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, Store, serialize

from kg.checking import SetAside, gate
from kg.claims.extract import extract
from kg.config import Config
from kg.errors import BaogaoError, ConformanceError, ReadingError
from kg.graph.continuity import continuity_triples, quality_graph
from kg.graph.dataset import dataset_graph, dataset_triples, run_node, run_triples
from kg.graph.ontology import ontology_graph, ontology_triples
from kg.graph.places import place_triples, places_graph
from kg.graph.report_graph import graph_name, report_triples
from kg.graph.terms import quads
from kg.reading import SUFFIXES, group_editions, load_metadata, read
from kg.reading.edition import Edition
from kg.resolution.correcting import apply_corrections
from kg.resolution.joining import apply_decisions
from kg.resolution.report import resolve_report
from kg.resolution.revisions import Revisions, load_revisions
from kg.store import staging
from kg.vocabulary import load as load_vocabulary
from kg.vocabulary.confidence import load_confidence

METADATA_NAME = "metadata.toml"
# From this many reports on, checking takes the fast engine if it is installed; a test holds it to pySHACL's findings.
FAST_FROM = 10
# Below this many documents starting processes costs more than it saves.
POOL_FROM = 4
# From so many reports on, the store's files are put in order when all is in: queries are faster by a third and more.
COMPACT_FROM = 20

Progress = Callable[[str, int, int], None]  # what is being done, how many are done, of how many


@dataclass(frozen=True, slots=True)
class BuiltReport:
    """What came of one report."""

    path: str  # its IRI below the base
    title: str
    documents: tuple[str, ...]
    counts: tuple[tuple[str, int], ...]
    triples: int
    set_aside: tuple[SetAside, ...]
    statements: Path | None = None  # N-Quads, while the build lasts
    stale: tuple[str, ...] = ()  # corrections that could not be applied, and why


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be built, and why."""

    document: str
    message: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build did."""

    reports: tuple[BuiltReport, ...]
    failures: tuple[Failure, ...]
    statements: int  # in the whole store now


def documents(paths: Sequence[Path]) -> list[Path]:
    """The documents that ``paths`` name: files as they are, folders searched for files of a known kind.

    Raises:
        ReadingError: a path does not exist, or a folder holds no document.

    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(
                p
                for p in path.rglob("*")
                if p.suffix.lower() in SUFFIXES
                and p.is_file()
                and not any(part.startswith(".") for part in p.relative_to(path).parts)
            )
            if not inside:
                raise ReadingError(
                    f"{path}: no document here; put {', '.join(sorted(SUFFIXES))} files into it or name files."
                )
            found += inside
        else:
            found.append(path)
    return list(dict.fromkeys(found))


def build(
    paths: Sequence[Path],
    store_path: Path,
    config: Config,
    *,
    fresh: bool = False,
    strict: bool = False,
    jobs: int | None = None,
    engine: str = "auto",
    progress: Progress = lambda what, done, of: None,
) -> Summary:
    """Read the documents, and put one graph a report into the store, replacing an earlier graph of the same report.

    Raises:
        ConformanceError: with ``strict``, a claim violates a shape. The store is as it was.
        ReadingError: not one document could be built. The store is as it was.
        StoreError: the store could not be written.
        VocabularyError: the file of decisions or of corrections is malformed. The store is as it was.

    """
    revisions = load_revisions(config)
    files = documents(paths)
    failures: list[Failure] = []
    jobs = jobs or (os.cpu_count() or 1)
    with (
        _mapper(jobs if len(files) >= POOL_FROM else 1) as mapped,
        tempfile.TemporaryDirectory(prefix="kg-build-") as scratch,
    ):
        editions: list[Edition] = []
        progress("reading", 0, len(files))
        for i, outcome in enumerate(mapped(_read_one, files)):
            if isinstance(outcome, Failure):
                failures.append(outcome)
            else:
                editions.append(outcome)
            progress("reading", i + 1, len(files))
        if not editions:
            raise ReadingError("\n".join(f.message for f in failures) or "No document was given.")
        described = [entry for parent in sorted({f.parent for f in files}) for entry in load_metadata(parent).reports]
        groups, strangers = group_editions(editions, described)
        failures += [Failure(e.document, message) for e, message in strangers]
        built: list[BuiltReport] = []
        progress("building", 0, len(groups))
        engine = _engine(engine, len(groups))
        build_one = partial(_build_one, config=config, revisions=revisions, scratch=Path(scratch), engine=engine)
        for i, report in enumerate(mapped(build_one, groups)):
            if isinstance(report, Failure):
                failures.append(report)
            else:
                built.append(report)
            progress("building", i + 1, len(groups))
        if strict and any(r.set_aside for r in built):
            first = next(s for r in built for s in r.set_aside)
            total = sum(len(r.set_aside) for r in built)
            raise ConformanceError(
                f"{total} claims violate a shape, the first: {first.message}. Nothing was published (--strict)."
            )
        if not built:
            raise ReadingError("\n".join(f.message for f in failures))
        progress("storing", 0, 1)
        with staging(store_path, fresh) as store:
            for report in built:
                store.remove_graph(graph_name(config.base, report.path))
            for report in built:
                assert_written = report.statements
                if assert_written is not None:
                    store.bulk_load(path=str(assert_written), format=RdfFormat.N_QUADS)
            refresh(store, config)
            if len(built) >= COMPACT_FROM:
                store.optimize()
            statements = len(store)
        progress("storing", 1, 1)
    return Summary(tuple(sorted(built, key=lambda r: r.path)), tuple(failures), statements)


def withdraw(report: str, store_path: Path, config: Config) -> None:
    """Take the report at the IRI path or IRI ``report`` out of the store.

    Raises:
        BaogaoError: the store holds no such report.

    """
    path = report.removeprefix(config.base)
    with staging(store_path) as store:
        graph = graph_name(config.base, path)
        if not store.contains_named_graph(graph):
            known = ", ".join(sorted(_reports(store, config)))
            raise BaogaoError(f"There is no report {report!r} in the store. There are: {known or 'none'}.")
        store.remove_graph(graph)
        refresh(store, config)


def refresh(store: Store, config: Config) -> None:
    """Write the graphs that speak of the whole store: vocabularies, places, quality, the dataset's description."""
    vocabulary = load_vocabulary()
    base = config.base
    for graph in (ontology_graph(base), places_graph(base), quality_graph(base), dataset_graph(base)):
        store.remove_graph(graph)
    store.bulk_extend(quads(ontology_triples(), ontology_graph(base)))
    store.bulk_extend(quads(place_triples(store, base), places_graph(base)))
    store.bulk_extend(quads(continuity_triples(store, base), quality_graph(base)))
    store.bulk_extend(quads(run_triples(base, vocabulary.vocabulary_hash), dataset_graph(base)))
    store.bulk_extend(quads(dataset_triples(config, store), dataset_graph(base)))


def _engine(asked: str, reports: int) -> str:
    if asked != "auto":
        return asked
    return "fast" if reports >= FAST_FROM and find_spec("shacl") is not None else "pyshacl"


def _reports(store: Store, config: Config) -> Iterator[str]:
    for graph in store.named_graphs():
        if (
            isinstance(graph, NamedNode)
            and graph.value.startswith(config.base + "report/")
            and graph.value.endswith("/graph")
        ):
            yield graph.value.removeprefix(config.base).removesuffix("/graph")


def _read_one(path: Path) -> Edition | Failure:
    try:
        return read(path)
    except ReadingError as error:
        return Failure(path.name, str(error))


def _build_one(
    editions: tuple[Edition, ...], *, config: Config, revisions: Revisions, scratch: Path, engine: str
) -> BuiltReport | Failure:
    """Extract, resolve, revise, write and check one report; its statements go to a file of their own."""
    try:
        vocabulary = load_vocabulary()
        report = resolve_report(editions, [extract(e, vocabulary) for e in editions])
        report = apply_decisions(report, revisions.judgements)
        report = apply_corrections(report, revisions.corrections, vocabulary, revisions.judgements.joined)
        run = run_node(config.base, vocabulary.vocabulary_hash)
        triples = report_triples(report, vocabulary, config.base, run, load_confidence())
        kept, aside = gate(triples, engine)
        graph = graph_name(config.base, report.path)
        target = scratch / f"{report.path.replace('/', '-')}.nq"
        serialize(quads(kept, graph), str(target), RdfFormat.N_QUADS)
    except BaogaoError as error:
        return Failure(", ".join(e.document for e in editions), str(error))
    counts = {
        "sentences": sum(len(e.sentences) for e in editions),
        "numbers": sum(len(n.number.tokens) for n in report.numbers),
        "entities": len(report.things),
        "mentions": sum(len(t.mentions) for t in report.things),
        "observations": len(report.observations),
        "relations": len(report.relations),
        "commitments": sum(not u.claim.achieved for u in report.undertakings),
        "achievements": sum(u.claim.achieved for u in report.undertakings),
        "differences": len(report.differences),
        **{f"type:{k}": n for k, n in sorted(Counter(t.entity_type.value for t in report.things).items())},
        **{f"status:{k}": n for k, n in sorted(Counter(o.claim.status.value for o in report.observations).items())},
    }
    meta = report.metadata
    title = f"{meta.place_name or '？'} {meta.plan_year or '？'}"
    return BuiltReport(
        report.path,
        title,
        tuple(e.document for e in editions),
        tuple(counts.items()),
        len(kept),
        aside,
        target,
        tuple(
            f"{config.corrections_file()}, {o.correction.describe()}: "
            f"not applied to {report.path}: {o.stale.reason_en}."
            for o in report.corrections
            if o.stale is not None
        ),
    )


@contextmanager
def _mapper(jobs: int) -> Iterator[Callable]:  # type: ignore[type-arg]
    """``map`` in this process, or in a pool that keeps the order."""
    if jobs <= 1:
        yield map
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield partial(pool.map, chunksize=1)
