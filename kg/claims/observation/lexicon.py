"""The words of clauses that state figures (``ontology/rules/observation-words.toml``), and segmentation by them.

Invariant: a word has at most one kind; ``NOUN`` and ``VERB`` are what no list names, told apart by part of speech.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import regex
import rjieba

from kg.errors import VocabularyError
from kg.recognition.quantities.words import read_toml

FILE = "observation-words.toml"
_LIMIT = regex.compile("(?:超过?)?[\\d.十百千万亿]+元(?:以上)?")  # 超百亿元4个: the same things, another limit
_FREQUENCY = 20_000  # of the lexicon's words in the segmenter: as common words have it


class Kind(StrEnum):
    """The part a token plays in its clause."""

    QUANTITY = "quantity"
    NOUN = "noun"
    VERB = "verb"
    STOP = "stop"  # ，；：。 and the like
    MARK = "mark"  # a lone quotation mark
    TIME = "time"
    ORDINAL = "ordinal"  # a number in Chinese numerals
    BOUND = "bound"
    UP = "up"
    DOWN = "down"
    REACHED = "reached"
    TO = "to"
    BE = "be"
    SHARE = "share"
    RANK = "rank"
    GROWTH_UP = "growth_up"
    GROWTH_DOWN = "growth_down"
    SHARE_NOUN = "share_noun"
    AMONG = "among"
    EARLIER = "earlier"
    AVERAGE = "average"
    THAN = "than"
    COMPARED = "compared"
    FROM = "from"
    PREPOSITION = "preposition"
    DISTRIBUTIVE = "distributive"
    AIM = "aim"
    WHEN = "when"
    WHERE = "where"
    LIGHT = "light"
    CAUSE = "cause"
    AND = "and"
    OF = "of"
    ADVERB = "adverb"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Kinds by word, and the sets of nouns and verbs that grammar asks for."""

    kinds: dict[str, Kind]
    attributes: frozenset[str]
    tails: tuple[str, ...]
    predicates: frozenset[str]
    transitive: frozenset[str]
    amounts: tuple[str, ...]
    lengthwise: tuple[str, ...]
    firms: tuple[str, ...]
    parts_of_town: frozenset[str]
    attributes_longest_first: tuple[str, ...]
    attributes_proper: frozenset[str]  # without those that begin with a verb (完成投资)
    attributive: frozenset[str]
    before_attributes: tuple[str, ...]
    counting: frozenset[str]
    plain_nouns: frozenset[str]
    facilities: tuple[str, ...]
    own_offices: tuple[str, ...]
    turned: frozenset[str]
    works: frozenset[str]
    ready: tuple[str, ...]
    under_way: tuple[str, ...]
    effective: frozenset[str]
    inheritable: frozenset[str]

    def is_attribute(self, phrase: str) -> bool:
        """Whether ``phrase`` only says which side of a thing is measured (产量, 年产量, 人均花费)."""
        if phrase in self.attributes or _LIMIT.fullmatch(phrase):
            return True
        return any(phrase.startswith(w) and phrase.removeprefix(w) in self.attributes for w in self.before_attributes)

    def with_limit(self, topic: str, limit: str) -> str:
        """``topic`` with another ``limit`` for its own (项目超10亿元, 百亿元 gives 项目超百亿元); "" without one."""
        if not _LIMIT.fullmatch(limit):
            return ""
        at = regex.search(f"{_LIMIT.pattern}$", topic)
        return topic[: at.start()] + limit if at else ""

    def is_work(self, phrase: str) -> bool:
        """Whether ``phrase`` names a project or facility (…燃煤发电项目)."""
        return any(word in phrase for word in self.facilities)


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """The lexicon of the installation.

    Raises:
        VocabularyError: the file is malformed, or a word has two kinds.

    """
    data = read_toml(FILE)
    kinds: dict[str, Kind] = {}
    for name, words in data["kind"].items():
        for word in words:
            if kinds.setdefault(word, Kind(name)) is not Kind(name):
                raise VocabularyError(f"{FILE}: “{word}” is listed under both {kinds[word]} and {name}")
    nouns, verbs = data["noun"], data["verb"]
    return Lexicon(
        kinds=kinds,
        attributes=frozenset(nouns["attribute"]),
        tails=tuple(sorted(nouns["tail"], key=lambda w: (-len(w), w))),
        predicates=frozenset({*verbs["predicate"], *verbs["transitive"]}),
        transitive=frozenset(verbs["transitive"]),
        amounts=tuple(nouns["amount"]),
        lengthwise=tuple(nouns["lengthwise"]),
        firms=tuple(nouns["firm"]),
        parts_of_town=frozenset(nouns["part_of_town"]),
        attributes_longest_first=tuple(sorted(nouns["attribute"], key=lambda w: (-len(w), w))),
        attributes_proper=frozenset(w for w in nouns["attribute"] if not w.startswith(("完成", "到位"))),
        attributive=frozenset(nouns["attributive"]),
        before_attributes=tuple(nouns["before_attribute"]),
        counting=frozenset(nouns["counting"]),
        plain_nouns=frozenset(nouns["plain"]),
        facilities=tuple(nouns["facility"]),
        own_offices=tuple(nouns["own_office"]),
        turned=frozenset(verbs["turned"]),
        works=frozenset(verbs["work"]),
        ready=tuple(verbs["ready"]),
        under_way=tuple(verbs["under_way"]),
        effective=frozenset(verbs["effective"]),
        inheritable=frozenset(verbs["inheritable"]),
    )


@lru_cache(maxsize=1)
def segmenter() -> rjieba.Jieba:
    """A segmenter of its own that knows the lexicon's words."""
    jieba = rjieba.Jieba()
    lexicon = load_lexicon()
    known = {*lexicon.kinds, *lexicon.attributes, *lexicon.predicates, *lexicon.inheritable, *lexicon.plain_nouns}
    for word in sorted(known):
        if len(word) > 1:
            jieba.add_word(word, _FREQUENCY, None)
    return jieba


def segment(text: str) -> list[tuple[str, str]]:
    """Words of ``text`` with their part of speech, without guesses at unknown words."""
    return list(segmenter().tag(text, False))
