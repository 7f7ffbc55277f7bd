"""The search index: every name and every sentence of a store, in an SQLite database beside it.

Every Han character is a token of its own and a query is a phrase of them, so that any word of any length is found where
it stands, whatever a segmenter thinks of it. (On 86,000 sentences of reports: trigrams find no word of two characters,
which most are; a segmenter's tokens miss one hit in twenty; this misses none.) Both sides are in Simplified characters.

Invariant: the index is a function of the store; it is written to a temporary file and renamed when it is complete.
"""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.graph.terms import PREFIXES
from kg.iris import content_hash
from kg.reading.script import to_simplified
from kg.store import open_store

HAN = re.compile(r"([\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003134f])")
_NOISE = re.compile(r"[\s“”‘’\"'《》〈〉「」『』·•・—\-–_()（）【】\[\],，。.、:：;；!！?？/]+")
FORMAT = 1  # changes when the tables below do

_TABLES = """
CREATE TABLE entity (id INTEGER PRIMARY KEY, iri TEXT NOT NULL, type TEXT NOT NULL, hans TEXT NOT NULL,
  hant TEXT NOT NULL, english TEXT NOT NULL, place TEXT NOT NULL, place_name TEXT NOT NULL, mentions INTEGER NOT NULL,
  valid_from TEXT NOT NULL, valid_to TEXT NOT NULL, successor TEXT NOT NULL, code TEXT NOT NULL);
CREATE TABLE name (id INTEGER PRIMARY KEY, entity INTEGER NOT NULL, name TEXT NOT NULL, key TEXT NOT NULL,
  preferred INTEGER NOT NULL, pinyin TEXT NOT NULL, initials TEXT NOT NULL);
CREATE TABLE sentence (id INTEGER PRIMARY KEY, iri TEXT NOT NULL, text TEXT NOT NULL, key TEXT NOT NULL,
  document TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, language TEXT NOT NULL, report TEXT NOT NULL,
  title TEXT NOT NULL);
CREATE TABLE type (name TEXT PRIMARY KEY, hans TEXT NOT NULL, english TEXT NOT NULL, class TEXT NOT NULL);
CREATE VIRTUAL TABLE name_text USING fts5 (t, tokenize = 'unicode61', content = '');
CREATE VIRTUAL TABLE sentence_text USING fts5 (t, tokenize = 'unicode61', content = '');
"""
_INDEXES = """
CREATE UNIQUE INDEX entity_iri ON entity (iri);
CREATE INDEX entity_successor ON entity (successor);
CREATE INDEX name_key ON name (key);
CREATE INDEX name_pinyin ON name (pinyin);
CREATE INDEX name_initials ON name (initials);
CREATE INDEX name_entity ON name (entity);
"""


def key(name: str) -> str:
    """What names are compared by: Simplified, one width, lower case, without quotation marks, dots, dashes, spaces."""
    plain = unicodedata.normalize("NFKC", to_simplified(unicodedata.normalize("NFC", name)))
    return _NOISE.sub("", plain).casefold()


def spaced(text: str) -> str:
    """``text`` in Simplified characters with spaces around every Han character: a token for each."""
    plain = unicodedata.normalize("NFKC", to_simplified(unicodedata.normalize("NFC", text)))
    return HAN.sub(r" \1 ", plain).casefold()


def phrase(query: str) -> str:
    """``query`` for FTS5: each of its parts between spaces as a phrase, all of which must occur; "" for no words."""
    parts = []
    for part in query.split():
        words = re.findall(r"\w+", spaced(part))
        if words:
            parts.append('"' + " ".join(words) + '"')
    return " AND ".join(parts)


def pinyin(name: str) -> tuple[str, str]:
    """The whole pinyin of a name, without tones and spaces, and its initials; "" for what has no Han character."""
    from pypinyin import lazy_pinyin

    if not HAN.search(name):
        return "", ""
    syllables = [part.lower() for part in lazy_pinyin(key(name))]
    return "".join(syllables), "".join(part[:1] for part in syllables)


def latin(query: str) -> str:
    """A query in pinyin as the index has it: no tones, no spaces, v for ü; "" for what is no pinyin."""
    decomposed = unicodedata.normalize("NFD", query.casefold()).replace("u\u0308", "v").replace("u:", "v")
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    plain = re.sub(r"[\s'’-]+|(?<=[a-z])[1-5]", "", plain)
    return plain if plain.isascii() and plain.isalpha() else ""


def place_of(store: Path) -> Path:
    """Where the index of ``store`` lies: beside it, named by the build it was made from."""
    stat, current = store.stat(), (store / "CURRENT").stat()
    return store.with_name(f".{store.name}.search-{FORMAT}-{stat.st_ino}-{current.st_mtime_ns}.sqlite")


def build(store: ox.Store, path: Path) -> None:
    """Write the index of ``store`` to ``path``, in one step."""
    partial = path.with_name(f"{path.name}.{os.getpid()}")
    with contextlib.suppress(FileNotFoundError):
        partial.unlink()
    database = sqlite3.connect(partial)
    try:
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _TABLES)
        _types(store, database)
        _entities(store, database)
        _sentences(store, database)
        database.execute("INSERT INTO name_text (name_text) VALUES ('optimize')")
        database.execute("INSERT INTO sentence_text (sentence_text) VALUES ('optimize')")
        database.executescript(_INDEXES)
        database.commit()
    finally:
        database.close()
    partial.replace(path)


def _rows(store: ox.Store, query: str) -> Iterator[tuple[str, ...]]:
    """The rows of a query as plain text, "" for what is not bound."""
    result = store.query(query, prefixes=PREFIXES, use_default_graph_as_union=True)
    assert isinstance(result, ox.QuerySolutions)
    for row in result:
        yield tuple("" if cell is None else getattr(cell, "value", str(cell)) for cell in row)


def _types(store: ox.Store, database: sqlite3.Connection) -> None:
    """The kinds of things there are: the classes the vocabulary gives a short name, the most general of each."""
    query = """SELECT DISTINCT ?type ?class ?label (LANG(?label) AS ?language) {
      ?class bg:entityType ?type . OPTIONAL { ?class rdfs:label ?label }
      FILTER NOT EXISTS { ?class rdfs:subClassOf ?wider . ?wider bg:entityType ?type } } ORDER BY ?type ?class"""
    found: dict[str, dict[str, str]] = {}
    for name, kind, label, language in _rows(store, query):
        one = found.setdefault(name, {"class": kind})
        one.setdefault(language.lower(), label)
    indicator = PREFIXES["bg"] + "Indicator"
    found.setdefault("indicator", {"class": indicator, "zh-hans": "指标", "en": "indicator"})
    database.executemany(
        "INSERT INTO type VALUES (?, ?, ?, ?)",
        [(name, one.get("zh-hans", name), one.get("en", name), one["class"]) for name, one in sorted(found.items())],
    )


_KINDS = """SELECT DISTINCT ?e ?type { { ?class bg:entityType ?type . ?e a ?class }
  UNION { ?e a bg:Indicator BIND("indicator" AS ?type) } } ORDER BY ?e ?type"""
_DETAILS = """SELECT DISTINCT ?e ?place ?from ?to ?successor ?code {
  { ?e bg:inPlace ?any } UNION { ?e bg:code ?any }
  OPTIONAL { ?e bg:inPlace ?place } OPTIONAL { ?e bg:validFrom ?from } OPTIONAL { ?e bg:validTo ?to }
  OPTIONAL { ?e bg:succeededBy ?successor } OPTIONAL { ?e bg:code ?code } }"""
_MENTIONS = "SELECT ?e (COUNT(*) AS ?n) { ?m bg:mentions|bg:indicator ?e } GROUP BY ?e"
_SENTENCES = """SELECT DISTINCT ?s ?text ?document ?start ?end ?language ?report ?title {
  ?s a bg:Sentence ; bg:text ?text ; bg:start ?start ; bg:end ?end ; bg:edition ?edition .
  ?edition bg:document ?document ; dcterms:language ?language ; dcterms:isVersionOf ?report .
  OPTIONAL { ?report dcterms:title ?title FILTER(LANGMATCHES(LANG(?title), "zh-Hans")) } }
ORDER BY ?document ?start"""


def _entities(store: ox.Store, database: sqlite3.Connection) -> None:
    types: dict[str, str] = {}
    for iri, kind in _rows(store, _KINDS):
        types.setdefault(iri, kind)
    labels: dict[str, dict[str, list[tuple[str, str]]]] = {}
    # Two passes over the labels: the join of both with the kinds takes a hundred times as long.
    for which, predicate in (("preferred", "prefLabel"), ("other", "altLabel")):
        for quad in store.quads_for_pattern(None, ox.NamedNode(PREFIXES["skos"] + predicate), None):
            iri = getattr(quad.subject, "value", "")
            if iri in types and isinstance(quad.object, ox.Literal):
                one = labels.setdefault(iri, {"preferred": [], "other": []})
                label = (quad.object.value, (quad.object.language or "").lower())
                if label not in one[which]:
                    one[which].append(label)
    mentions = {iri: int(count) for iri, count in _rows(store, _MENTIONS)}
    details: dict[str, tuple[str, ...]] = {}
    for iri, *rest in _rows(store, _DETAILS):
        details.setdefault(iri, tuple(rest))

    def best(iri: str, tag: str) -> str:
        found = sorted(labels.get(iri, {"preferred": []})["preferred"])
        return next((label for label, language in found if language == tag), "")

    for number, iri in enumerate(sorted(labels), 1):
        place, begins, until, successor, code = details.get(iri, ("", "", "", "", ""))
        hans = best(iri, "zh-hans") or next((label for label, _ in labels[iri]["preferred"]), "")
        hans = hans or labels[iri]["other"][0][0]
        place_name = best(place, "zh-hans")
        database.execute(
            "INSERT INTO entity VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (number, iri, types[iri], hans, best(iri, "zh-hant") or hans, best(iri, "en"), place, place_name,
             mentions.get(iri, 0), begins, until, successor, code),
        )  # fmt: skip
        seen: set[str] = set()
        for preferred, names in ((1, labels[iri]["preferred"]), (0, labels[iri]["other"])):
            for name, _ in sorted(names):
                if key(name) and key(name) not in seen:
                    seen.add(key(name))
                    row = database.execute(
                        "INSERT INTO name (entity, name, key, preferred, pinyin, initials) VALUES (?, ?, ?, ?, ?, ?)",
                        (number, name, key(name), preferred, *pinyin(name)),
                    )
                    database.execute("INSERT INTO name_text (rowid, t) VALUES (?, ?)", (row.lastrowid, spaced(name)))


def _sentences(store: ox.Store, database: sqlite3.Connection) -> None:
    for iri, text, document, begin, end, language, report, title in _rows(store, _SENTENCES):
        row = database.execute(
            "INSERT INTO sentence (iri, text, key, document, start, end, language, report, title) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (iri, text, content_hash(key(text)), document, int(begin), int(end), language.lower(), report, title),
        )
        database.execute("INSERT INTO sentence_text (rowid, t) VALUES (?, ?)", (row.lastrowid, spaced(text)))


def main() -> None:
    """Build the index of the store in the first argument into the file in the second."""
    path = Path(sys.argv[2])
    os.nice(10)  # queries come first
    build(open_store(Path(sys.argv[1]), read_only=True), path)


if __name__ == "__main__":
    main()
