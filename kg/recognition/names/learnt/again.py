"""Firms by what the document says elsewhere: if 恒岳 is one in 岳泰、恒岳加工厂, so is 岳泰, and again in 岳泰二期.

Invariant: what is added is whole words, lies across no firm, and agrees with the names of other types found before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from kg.reading.edition import Edition
from kg.recognition.names.candidates import Candidate, by_sentence
from kg.recognition.names.learnt.firms import agrees
from kg.recognition.names.learnt.tagger import Tagger, Told, may_be_name
from kg.recognition.names.lexicon import Lexicon
from kg.recognition.names.sentences import Parsed
from kg.recognition.names.tokens import Kind, Token
from kg.recognition.spans import EntityType as T

SHARING_RULE, AGAIN_RULE = "name-firm-sharing", "name-firm-again"

_LEAST = 0.2  # probability from which the tagger bears out a firm that the document names elsewhere
_LONGEST = 8  # words of a firm
_BETWEEN = frozenset({"和", "与", "及"})


def sharing(sentence: Parsed, chosen: Iterable[Candidate], lexicon: Lexicon) -> Iterator[Candidate]:
    """Of the names ``chosen`` in a sentence, the members of rows that share the head of a last one begun by a firm.

    A firm at the beginning of a row says nothing of the last: in 168 reports that was right in none of three rows.
    """
    chosen = list(chosen)
    firms = [c for c in chosen if c.entity_type is T.ENTERPRISE]
    for row in (c for c in chosen if c.rule == "name-shared-head"):
        *members, last = _members([t for t in sentence.tokens if row.start <= t.start and t.end <= row.end])
        if not last or not any(f.start == last[0].start and f.end < row.end for f in firms):
            continue
        for member in members:
            if not member or any(t.kind is not Kind.WORD for t in member):
                continue
            start, end, text = member[0].start, member[-1].end, "".join(t.text for t in member)
            free = not any(f.start < end and start < f.end for f in firms)
            if free and not _headed(text, lexicon) and may_be_name(member, sentence.roles, text, lexicon):
                yield Candidate(start, end, T.ENTERPRISE, text, SHARING_RULE, 0, nested=True)


def _headed(text: str, lexicon: Lexicon) -> bool:
    """Whether a member has a head of its own, as 木柘|村; of two characters each is the name's: 木|峰."""
    head = lexicon.head_of(text)
    return head is not None and len(text) - len(head[0]) > 1


def _members(row: Iterable[Token]) -> list[list[Token]]:
    """The tokens between commas and conjunctions."""
    members: list[list[Token]] = [[]]
    for token in row:
        if token.kind is Kind.COMMA or token.text in _BETWEEN:
            members.append([])
        else:
            members[-1].append(token)
    return members


def again(
    edition: Edition,
    sentences: Iterable[Parsed],
    tagger: Tagger,
    told: Mapping[int, Told],
    found: Sequence[Candidate],
    proven: Iterable[Candidate],
) -> Iterator[Candidate]:
    """Of the names ``found``, the firms ``proven``, wherever else the tagger bears them out; ``told`` are its features
    by sentence.
    """
    names = {edition.norm[c.start : c.end]: c for c in proven if c.entity_type is T.ENTERPRISE}
    here = by_sentence(edition, found)
    for sentence in sentences:
        if sentence.start not in told or not any(name in edition.norm[sentence.start : sentence.end] for name in names):
            continue
        across = here.get(sentence.start, [])
        for first, last in _runs(edition, sentence, names):
            part = sentence.tokens[first:last]
            start, end = part[0].start, part[-1].end
            touched = [c for c in across if c.start < end and start < c.end]
            if not all(c.entity_type is not T.ENTERPRISE and agrees(c, start, end) for c in touched):
                continue
            known = names[edition.norm[start:end]]
            fits = may_be_name(part, sentence.roles, known.name, tagger.lexicon)
            if fits and tagger.probability(told[sentence.start], first, last, T.ENTERPRISE) >= _LEAST:
                yield Candidate(start, end, T.ENTERPRISE, known.name, AGAIN_RULE, 0, nested=bool(touched))


def _runs(edition: Edition, sentence: Parsed, names: Collection[str]) -> Iterator[tuple[int, int]]:
    """The tokens, first to last (exclusive), that are one of ``names``, the longest that begins at each."""
    tokens, first = sentence.tokens, 0
    while first < len(tokens):
        stops = range(min(first + _LONGEST, len(tokens)), first, -1)
        last = next((n for n in stops if edition.norm[tokens[first].start : tokens[n - 1].end] in names), None)
        if last is not None:
            yield first, last
        first = last or first + 1
