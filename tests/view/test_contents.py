"""What pages show is what the store says, in text order, with nothing hidden in it."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Quad, Store
from sample import BASE, CONFIG, PLANT, sample_store

from kg.graph.terms import term
from kg.view.contents import Contents, read_contents, slug_of, visible


def named(contents: Contents, name: str) -> str:
    return next(t.iri for t in contents.things.values() if t.names.zh == name)


def test_reports_newest_first_with_their_editions_simplified_first(contents: Contents) -> None:
    assert [(r.plan_year, [e.language for e in r.editions]) for r in contents.reports] == [
        ("2025", ["zh-Hans"]),
        ("2024", ["zh-Hans", "zh-Hant"]),
    ]
    assert contents.reports[1].slug == "520200-2024"


def test_things_know_where_they_are_and_what_they_are_called(contents: Contents) -> None:
    plant = contents.things[named(contents, "东山电厂二期工程")]
    assert plant.names.hant == "東山電廠二期工程"
    assert [i.names.zh for i in plant.industries] == ["电力、热力生产和供应业"]
    assert [contents.things[i].names.zh for i in plant.within] == ["水城区", "六盘水市", "贵州省"]
    county = contents.things[plant.within[0]]
    assert county.code == "520204"
    assert "District" in county.classes
    assert county.slug == "place-520204"
    home = contents.things[contents.reports[0].place]
    assert home.point is not None


def test_statements_carry_their_quotes_in_both_editions(contents: Contents) -> None:
    growth = next(f for f in contents.figures if f.text.zh == "5.5%")
    assert (growth.status, growth.bound, growth.period, growth.measure) == ("target", "approx", "2024", "growth")
    assert [contents.editions[q.edition].language for q in growth.quotes] == ["zh-Hans", "zh-Hant"]
    for q in growth.quotes:
        sentence = contents.sentences[q.sentence]
        assert sentence.text[q.start - sentence.start : q.end - sentence.start] == "5.5%"


def test_what_is_said_comes_in_text_order(contents: Contents) -> None:
    starts = [f.quotes[0].start for f in contents.figures if f.report.endswith("/2024")]
    assert starts == sorted(starts)


def test_the_object_of_a_promise_is_its_words_and_not_its_own_node(contents: Contents) -> None:
    promise = next(u for u in contents.undertakings if u.verb.zh == "推动")
    assert promise.object.zh == "东山电厂二期工程建成投产"
    assert promise.concerns == (named(contents, "东山电厂二期工程"),)


def test_hidden_characters_become_visible_one_for_one() -> None:
    assert visible("a\u202eb\u2066c\x07d\te\n") == "a�b�c�d\te\n"
    store = sample_store(names={PLANT: "东山\u202e电厂"})
    read = read_contents(store, BASE)
    assert "东山�电厂" in {t.names.zh for t in read.things.values()}
    assert not any("\u202e" in s.text for s in read.sentences.values())
    plant = next(t for t in read.things.values() if t.names.zh == "东山�电厂")
    mention = next(m for m in read.mentions if m.thing == plant.iri)
    sentence = read.sentences[mention.quote.sentence]
    assert sentence.text[mention.quote.start - sentence.start :].startswith("东山�电厂")


def test_slugs_are_ascii_and_hang_on_the_thing_alone() -> None:
    slug = slug_of(f"{BASE}project/520200/某<项目>", BASE, "project")
    assert slug.isascii()
    assert slug == slug_of("https://elsewhere.example/project/520200/某<项目>", "https://elsewhere.example/", "project")


def test_an_odd_graph_is_read_as_far_as_it_goes() -> None:
    store = Store()
    thing, graph = NamedNode(f"{BASE}project/x/y"), NamedNode(f"{BASE}g")
    store.add(Quad(term("bg:Project"), term("bg:entityType"), Literal("project"), graph))
    store.add(Quad(thing, term("rdf:type"), term("bg:Project"), graph))
    store.add(Quad(thing, term("bg:locatedIn"), thing, graph))
    claim = NamedNode(f"{BASE}claim")
    store.add(Quad(claim, term("rdf:type"), term("bg:Observation"), graph))
    read = read_contents(store, CONFIG.base)
    assert [t.names.zh for t in read.things.values()] == ["y"]
    assert read.things[thing.value].within == ()
    assert read.figures == ()
