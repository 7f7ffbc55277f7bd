"""Which things are drawn, how they are joined, and which of them first."""

from __future__ import annotations

import pytest
from pyoxigraph import Store
from sample import BASE

from kg.errors import QueryError, UsageError
from kg.view.contents import Contents
from kg.view.paths import shortest_paths
from kg.view.picture import draw, joins_of, nodes_of, within_hops
from kg.view.render import render


def labelled(contents: Contents) -> set[tuple[str, str, str]]:
    names = {iri: t.names.zh for iri, t in contents.things.items()} | {
        iri: c.names.zh for iri, c in contents.indicators.items()
    }
    return {(names[j.subject], j.predicate, names[j.object]) for j in joins_of(contents)}


def test_joins_are_relations_and_names_side_by_side(contents: Contents) -> None:
    joins = labelled(contents)
    assert ("东山电厂二期工程", "undertakenBy", "东山能源公司") in joins
    assert ("六盘水市", "seeks", "全国文明城市") in joins
    assert ("水城区", "inPlace", "六盘水市") in joins
    assert ("东山电厂二期工程", "hasObservation", "装机容量") in joins
    # Joined by a relation, so not also side by side; the report's own place is beside everything and so beside nothing.
    sides = {frozenset((a, b)) for a, p, b in joins if p == "near"}
    assert frozenset(("东山电厂二期工程", "水城区")) not in sides
    assert not any("六盘水市" in pair for pair in sides)


def test_weight_is_sentences_and_statements(contents: Contents) -> None:
    nodes = {contents.things[i].names.zh: n for i, n in nodes_of(contents).items() if i in contents.things}
    plant = nodes["东山电厂二期工程"]
    assert plant.sentences == 3
    assert plant.weight == plant.sentences + plant.statements
    assert plant.years == ("2023", "2024")
    assert plant.statuses == ("completed", "started")
    assert plant.areas == ("energy",)
    assert plant.counties == ("place-520204",)


def test_a_cut_keeps_the_weightiest_and_says_of_how_many(contents: Contents) -> None:
    whole = draw(contents)
    assert whole.of == len(whole.nodes)
    weights = [n.weight for n in whole.nodes]
    assert weights == sorted(weights, reverse=True)
    cut = draw(contents, top=3)
    assert len(cut.shown) == 3
    assert len(cut.nodes) == len(whole.nodes)
    assert all(n.type != "indicator" for n in cut.nodes if n.iri in cut.shown)
    assert len(draw(contents, most=4).nodes) == 4


def test_steps_from_a_thing(contents: Contents) -> None:
    joins = joins_of(contents)
    firm = next(t.iri for t in contents.things.values() if t.names.zh == "东山能源公司")
    assert {contents.things[i].names.zh for i in within_hops(joins, [firm], 1)} == {"东山能源公司", "东山电厂二期工程"}
    assert "水城区" in {contents.things[i].names.zh for i in within_hops(joins, [firm], 2)}


def test_render_makes_a_page_of_exactly_what_is_asked(two_years: Store) -> None:
    assert "西山储能电站" in render(two_years, BASE)
    near = render(two_years, BASE, focus="东山能源公司", hops=1)
    assert '"n":"东山电厂二期工程"' in near
    assert '"n":"全国文明城市"' not in near
    projects = render(two_years, BASE, classes=["project"])
    assert '"n":"东山电厂二期工程"' in projects
    assert '"n":"东山能源公司"' not in projects
    asked = render(two_years, BASE, query="SELECT ?x WHERE { ?x a bg:Honour }")
    assert '"n":"全国文明城市"' in asked
    assert '"n":"东山电厂二期工程"' not in asked
    built = render(two_years, BASE, query="CONSTRUCT { ?x bg:locatedIn ?y } WHERE { ?x bg:locatedIn ?y }")
    assert '"n":"水城区"' in built
    assert '"n":"全国文明城市"' not in built


@pytest.mark.parametrize(
    ("wanted", "error", "says"),
    [
        ({"focus": "没有这个"}, UsageError, "没有这个"),
        ({"classes": ["castle"]}, UsageError, "castle"),
        ({"query": "SELECT ?x WHERE { ?x a bg:Nothing }"}, UsageError, "Nothing is left"),
        ({"query": "SELECT oops"}, QueryError, "line 1"),
    ],
)
def test_what_cannot_be_drawn_is_told(two_years: Store, wanted: dict, error: type[Exception], says: str) -> None:  # type: ignore[type-arg]
    with pytest.raises(error, match=says):
        render(two_years, BASE, **wanted)


def test_the_page_is_the_same_every_time(two_years: Store) -> None:
    assert render(two_years, BASE) == render(two_years, BASE)


def test_shortest_paths_with_what_says_so(two_years: Store) -> None:
    paths = shortest_paths(two_years, BASE, "东山能源公司", "水城区")
    assert [[(s.subject, s.object) for s in p] for p in paths] == [
        [("东山电厂二期工程", "东山能源公司"), ("东山电厂二期工程", "水城区")]
    ]
    assert all("东山电厂" in s.quote for s in paths[0])
    with pytest.raises(UsageError, match="nobody"):
        shortest_paths(two_years, BASE, "nobody", "水城区")
