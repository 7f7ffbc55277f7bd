"""Works without a head: told by what is done to a thing that is named (桥头水厂|扩建, 花溪片区|老旧小区改造).

Invariant: what is proposed begins with a proper name and ends with what is done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.recognition.names.candidates import Candidate
from kg.recognition.names.clauses import Clause, Phrase, Role
from kg.recognition.names.evidence import rare_runs
from kg.recognition.names.groups import governed, groups
from kg.recognition.names.lexicon import Lexicon
from kg.recognition.names.shapes import Shape, leading_time, shape, span_of
from kg.recognition.names.tokens import Kind
from kg.recognition.names.waters import WATERS
from kg.recognition.spans import EntityType as T

_ROAD = re.compile(r"(?:国道|省道)?[GSX]\d{2,3}(?!\d)(?:线|国道|省道)?[一-鿿]{0,12}?(?:改造|改扩建|扩建|改线|拓宽)$")
_WORK = re.compile(r"(?:改造|改扩建|扩建|迁建|重建|拓宽|清淤|加固|治理|整治)$")
_ON_THING = re.compile(
    r"(?:改造|改造提升|改扩建|扩建|迁建|新建|重建|拓宽|拓改|扩容|扩能|增容|技改|搬迁|清淤|加固|治理|整治|(?:扩能|扩容|改造|提质|提档)升级)$"
)
_SAID = re.compile(r"(?:[、和及]|[^，。；]{0,6}(?:开工|动工|启动|完成|完工|竣工|建成|推进|建设|进展|等))")
_LEAST, _LEAST_ON_THING = 7, 5  # characters
_LEAST_OWN = 5  # characters of what is done at a place, where only the place is named
_LONG = 6  # characters of a thing of the place's own that is told from its kind
_MOST_DONE = 10  # characters of what is done to a thing


def works(clause: Clause, lexicon: Lexicon) -> Iterator[Candidate]:
    """The works of a clause."""
    for group in groups(clause):
        for before, phrase in zip((None, *group.items), group.items, strict=False):
            yield from _works(clause, before if group.summary is None else None, phrase, lexicon)
        if group.summary is not None:
            yield from _works(clause, None, group.summary, lexicon)


def _works(clause: Clause, before: Phrase | None, phrase: Phrase, lexicon: Lexicon) -> Iterator[Candidate]:
    """The works that a phrase is; ``before`` is the item of the same list that precedes it."""
    first = leading_time(clause, phrase.first, phrase.last)
    text = clause.text(first, phrase.last)
    counted = phrase.counted or (phrase.last < len(clause.roles) and clause.roles[phrase.last] is Role.COUNT)
    if counted or text in lexicon.common or not _ON_THING.search(text):
        return
    thing = shape(clause, first, phrase.last, lexicon)
    named = _of_named_thing(clause, phrase, thing, lexicon)
    if named and before is not None and _alike(clause, before, thing, lexicon):
        return  # 甲路、|乙路改造: what is done is done to both
    road = bool(_ROAD.match(text)) and not phrase.joiner
    if road or named or _at_place(clause, phrase, thing, lexicon):
        yield Candidate(*span_of(clause, first, phrase.last), T.PROJECT, text + "项目", "name-works", 6)
        if thing is not None and named and thing.info.type is not T.PLACE:
            on = span_of(clause, thing.first, thing.last)
            yield Candidate(*on, thing.info.type, thing.text, "name-nested", 1, nested=True)


def _alike(clause: Clause, phrase: Phrase, thing: Shape | None, lexicon: Lexicon) -> bool:
    """Whether a phrase is the name of a thing of the same kind and no more."""
    other = shape(clause, phrase.first, phrase.last, lexicon)
    if other is None or thing is None or other.last != phrase.last or other.info.type not in (T.FACILITY, T.ZONE):
        return False
    return other.head.endswith(thing.head) or thing.head.endswith(other.head)


def _told(clause: Clause, phrase: Phrase, lexicon: Lexicon) -> bool:
    """Whether a clause says of works that they are carried out."""
    return governed(phrase, lexicon, "build", "run") or bool(_SAID.match(clause.after(phrase.last)))


def _of_named_thing(clause: Clause, phrase: Phrase, thing: Shape | None, lexicon: Lexicon) -> bool:
    """Whether a phrase is a facility, site or body by name and what is done to it: 桥头大桥|提质改造."""
    if thing is None or thing.info.type not in _SUBJECTS or not thing.head or thing.phase:
        return False
    if thing.info.type is T.PLACE and not (thing.head in WATERS and _TREATED.fullmatch(thing.rest)):
        return False
    done, proof = thing.rest, thing.evidence
    if not _ON_THING.search(done) or len(done) > _MOST_DONE or len(thing.text) + len(done) < _LEAST_ON_THING:
        return False
    words = clause.tokens[thing.last : phrase.last]
    if any(t.kind is not Kind.WORD for t in words):
        return False
    own = proof.place or proof.rare or proof.number or proof.ordinal or proof.latin
    if proof.place and not (proof.rare or proof.number or proof.ordinal):
        placed = clause.tokens[thing.first].kind is Kind.PLACE
        kind = clause.text(thing.first + placed, thing.last)
        own = kind == thing.head or kind not in lexicon.common  # 某县|机场, not 某县|农村公路
    own |= bool(_BY_NUMBER.fullmatch(thing.text))
    own |= proof.level and (thing.info.type is T.ORGANIZATION or len(thing.text) > _LONG)
    return own and _told(clause, phrase, lexicon)


_SUBJECTS = (T.FACILITY, T.ZONE, T.ORGANIZATION, T.ENTERPRISE, T.PLACE)
_TREATED = re.compile(r"(?:综合)?(?:治理|整治)")
_BY_NUMBER = re.compile(r"[一二三四五六七八九十]{1,2}(?:水厂|污水处理厂|热源厂|电厂|泵站|热电厂|桥)")


def _at_place(clause: Clause, phrase: Phrase, thing: Shape | None, lexicon: Lexicon) -> bool:
    """Whether a phrase begins with the name of a place, body or firm and goes on with what is done there."""
    first = leading_time(clause, phrase.first, phrase.last)
    text, words = clause.text(first, phrase.last), clause.tokens[first : phrase.last]
    if len(text) < _LEAST or not _WORK.search(text) or any(t.kind not in (Kind.WORD, Kind.PLACE) for t in words):
        return False
    runs = rare_runs(words, lexicon)
    body = lexicon.head_of(words[0].text)
    placed = words[0].kind is Kind.PLACE or (
        body is not None and body[1].type is T.ORGANIZATION and len(body[0]) < len(words[0].text) and len(words) > 2
    )
    if not placed and runs[:1] != [(0, runs[0][1] if runs else 0)]:
        return False
    rest = "".join(t.text for t in words[1 if placed else runs[0][1] :])
    if (rest in lexicon.common and words[0].kind is Kind.PLACE) or len(rest) < 2 or (placed and len(rest) < _LEAST_OWN):
        return False
    scheme = thing is not None and len(_WORK.sub("", thing.rest)) > 3 and thing.info.type is not T.PROJECT
    if thing is not None and thing.info.type is not T.PLACE and not scheme:
        return False  # a thing by a name that is none of its own: what is said is its state
    return _told(clause, phrase, lexicon)
