"""The graph page of a store, or of a part of it that the caller names."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import NamedNode, Store, Triple

from kg.asking.ask import ask
from kg.asking.table import Table
from kg.auditing.explain import find
from kg.errors import UsageError
from kg.view.contents import Contents, Names, read_contents
from kg.view.graph_page import graph_page
from kg.view.picture import TYPES, draw, joins_of, within_hops

MOST = 3000


def render(
    store: Store,
    base: str,
    *,
    focus: str = "",
    hops: int = 1,
    classes: Sequence[str] = (),
    query: str = "",
    top: int = 300,
    title: Names | None = None,
) -> str:
    """The graph page as one HTML file that asks nothing of anybody.

    ``focus`` (a name or IRI) and ``hops`` take what is near one thing, ``classes`` (place, project …) things of these
    classes, ``query`` (SPARQL) the things its answer names; given together they all must hold. ``top`` things are
    drawn at first, the weightiest.

    Raises:
        UsageError: the focus or a class is unknown, or nothing is left to draw.
        QueryError: the query is wrong.

    """
    contents = read_contents(store, base)
    for c in classes:
        if c not in TYPES:
            raise UsageError(f"There is no class {c!r}; there are {', '.join(TYPES)}.")
    only: set[str] | None = None
    if query:
        only = named_by(store, query)
    if focus:
        start = {i for i in find(store, focus) if i in contents.things or i in contents.indicators}
        if not start:
            raise UsageError(f"The store knows nothing named {focus!r}. “kg query entities” lists all names.")
        near = within_hops(joins_of(contents), start, hops)
        only = near if only is None else only & near
    picture = draw(contents, only=only, classes=classes, top=top, most=MOST)
    if not picture.nodes:
        raise UsageError("Nothing is left to draw: the store holds no thing that fits what was asked for.")
    return graph_page(contents, picture, title or title_of(contents), top=top)


def named_by(store: Store, query: str) -> set[str]:
    """The IRIs in the answer to ``query``."""
    answer = ask(store, query)
    terms: list[object] = []
    if isinstance(answer, Table):
        terms = [t for row in answer.rows for t in row]
    elif isinstance(answer, tuple):
        terms = [t for triple in answer if isinstance(triple, Triple) for t in (triple.subject, triple.object)]
    return {t.value for t in terms if isinstance(t, NamedNode)}


def title_of(contents: Contents) -> Names:
    """A title for pages: the report's own where there is one only."""
    if len(contents.reports) == 1:
        return contents.reports[0].title
    count = len(contents.reports)
    return Names(f"政府工作报告知识图谱（{count} 份）", "", f"Government work reports ({count})")
