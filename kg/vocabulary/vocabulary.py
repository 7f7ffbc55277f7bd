"""The vocabularies of ``ontology/*.ttl`` in memory: what an analyst writes there is what is recognised.

Invariant: a ``Vocabulary`` is a pure function of the folder's bytes, and ``vocabulary_hash`` stands for them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from kg import resources
from kg.errors import VocabularyError
from kg.vocabulary import indicators, units
from kg.vocabulary.concepts import Concept, IndicatorConcept, Scheme, Unit
from kg.vocabulary.indicators import Wording
from kg.vocabulary.turtle import IRI, Properties, Value, read

_TAGS = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant"}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All schemes of a folder. Mappings are by notation and in file order; treat them as read-only.

    ``schemes`` holds every scheme but indicators, units and multipliers, which have their own mappings.
    """

    folder: Path
    vocabulary_hash: str
    indicators: Mapping[str, IndicatorConcept]
    units: Mapping[str, Unit]
    schemes: Mapping[str, Scheme]
    indicator_labels: Mapping[str, str]  # canonical label -> notation
    indicator_heads: Mapping[str, str]  # canonical head label -> notation
    unit_forms: Mapping[str, str]  # written form -> notation
    multipliers: Mapping[str, Decimal]  # 万 -> 10000
    amount_nouns: tuple[tuple[str, str], ...]  # (面积, area)
    wording: Wording

    def scheme(self, name: str) -> Scheme:
        """A scheme by its name (``status``) or the stem of its file (``statuses``).

        Raises:
            VocabularyError: there is no such scheme.

        """
        found = self.schemes.get(name)
        if found is None:
            raise VocabularyError(f"{self.folder}: no scheme “{name}”; there are {', '.join(sorted(self.schemes))}")
        return found

    def indicator_for(self, phrase: str) -> str:
        """The notation of the indicator a phrase names (Simplified characters), or ""."""
        return indicators.find(
            phrase, self.indicator_labels, self.indicator_heads, self.wording, self.indicators, self.amount_nouns
        )

    def unit_for(self, written: str) -> Unit | None:
        """The unit a text writes (万亩, 元/人·月, ％), its multiplier composed; None for what is no unit."""
        return units.parse(written, self.units, self.unit_forms, self.multipliers)


def load(folder: Path | None = None) -> Vocabulary:
    """The vocabularies in ``folder`` (default: those of the installation). Read once for the same bytes.

    Raises:
        VocabularyError: a file is malformed, or two indicators share a label.

    """
    place = (folder or resources.folder("ontology")).resolve()
    files = sorted(place.glob("*.ttl"))
    if not files:
        raise VocabularyError(f"{place}: no vocabulary (*.ttl) in this folder")
    return _load(place, tuple(files), hash_of(place))


def hash_of(folder: Path) -> str:
    """SHA-256 over the names and bytes of all files in ``folder`` and below, hidden ones left out."""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = path.relative_to(folder).as_posix()
        if not any(part.startswith(".") for part in name.split("/")):
            content = path.read_bytes()
            digest.update(f"{name}\x00{len(content)}\x00".encode())
            digest.update(content)
    return digest.hexdigest()


@lru_cache(maxsize=4)
def _load(folder: Path, files: tuple[Path, ...], vocabulary_hash: str) -> Vocabulary:
    schemes: dict[str, Scheme] = {}
    found: dict[str, IndicatorConcept] = {}
    unit_concepts: dict[str, Unit] = {}
    multipliers: dict[str, Decimal] = {}
    nouns: list[tuple[str, str]] = []
    words = Wording((), (), {}, {}, (), (), ())
    for path in files:
        subjects = read(path)
        declared = [s for s, p in subjects.items() if _has(p, "rdf:type", "skos:ConceptScheme")]
        for iri in declared:
            name = iri.rstrip("/").rsplit("/", 1)[-1]
            members = {s: p for s, p in subjects.items() if _has(p, "skos:inScheme", iri)}
            if name == "indicator":
                found = {c.notation: c for c in (_indicator(path, s, p) for s, p in members.items())}
                words = _wording(subjects[iri], subjects)
            elif name == "unit":
                unit_concepts = _units(path, members)
            elif name == "multiplier":
                multipliers = {_label(p, "zh-Hans"): Decimal(_one(path, s, p, "bg:factor")) for s, p in members.items()}
            else:
                if name == "dimension":
                    nouns = [
                        (noun, _one(path, s, p, "skos:notation"))
                        for s, p in members.items()
                        for noun in _texts(p, "bg:amountNoun")
                    ]
                concepts = {c.notation: c for c in (_concept(path, s, p) for s, p in members.items())}
                schemes[name] = Scheme(name, _labels(subjects[iri]), concepts)
                if len(declared) == 1:
                    schemes.setdefault(path.stem, schemes[name])
    labels, heads = indicators.index(found, words)
    return Vocabulary(
        folder=folder,
        vocabulary_hash=vocabulary_hash,
        indicators=found,
        units=unit_concepts,
        schemes=schemes,
        indicator_labels=labels,
        indicator_heads=heads,
        unit_forms=units.index(unit_concepts),
        multipliers=multipliers,
        amount_nouns=tuple(nouns),
        wording=words,
    )


def _has(properties: Properties, name: str, iri: str) -> bool:
    return (iri, IRI) in properties.get(name, ())


def _texts(properties: Properties, name: str) -> tuple[str, ...]:
    return tuple([text for text, _ in properties.get(name, ())])


def _tagged(values: Iterable[Value]) -> dict[str, str]:
    return {_TAGS.get(language, language): text for text, language in values}


def _labels(properties: Properties) -> dict[str, str]:
    return _tagged(properties.get("skos:prefLabel", ()))


def _label(properties: Properties, language: str) -> str:
    return _labels(properties).get(language, "")


def _name(properties: Properties, name: str) -> str:
    """The last part of the IRI that is the property's value, or the literal itself; "" without one."""
    for text, _ in properties.get(name, ()):
        return text.rstrip("/").rsplit("/", 1)[-1]
    return ""


def _one(path: Path, subject: str, properties: Properties, name: str) -> str:
    values = properties.get(name, ())
    if len(values) != 1:
        raise VocabularyError(f"{path}: {subject} has {len(values)} values of {name}; give it one")
    return values[0][0]


def _concept(path: Path, subject: str, properties: Properties) -> Concept:
    return Concept(
        notation=_one(path, subject, properties, "skos:notation"),
        labels=_labels(properties),
        alternatives=_texts(properties, "skos:altLabel"),
        hidden=_texts(properties, "skos:hiddenLabel"),
        definition=_tagged(properties.get("skos:definition", ())) or None,
        broader=_name(properties, "skos:broader"),
    )


def _indicator(path: Path, subject: str, properties: Properties) -> IndicatorConcept:
    dimension = _name(properties, "bg:dimension")
    return IndicatorConcept(
        notation=_one(path, subject, properties, "skos:notation"),
        labels=_labels(properties),
        alternatives=_texts(properties, "skos:altLabel"),
        hidden=_texts(properties, "skos:hiddenLabel"),
        heads=_texts(properties, "bg:headLabel"),
        definition=_tagged(properties.get("skos:definition", ())),
        dimension=dimension,
        unit=_name(properties, "bg:usualUnit"),
        policy_area=_name(properties, "bg:policyArea"),
        direction=_name(properties, "bg:direction"),
        measure="share" if dimension == "ratio" else "level",
        above_100=_texts(properties, "bg:above100") == ("true",),
        broader=_name(properties, "skos:broader"),
    )


def _units(path: Path, members: Mapping[str, Properties]) -> dict[str, Unit]:
    qudt = {_one(path, s, p, "skos:notation"): next(iter(_texts(p, "skos:exactMatch")), "") for s, p in members.items()}
    found: dict[str, Unit] = {}
    for subject, properties in members.items():
        notation = _one(path, subject, properties, "skos:notation")
        base = _name(properties, "bg:baseUnit")
        if base not in qudt:
            raise VocabularyError(f"{path}: {subject} has the base unit “{base}”, which is no unit here")
        found[notation] = Unit(
            notation=notation,
            labels=_labels(properties),
            alternatives=_texts(properties, "skos:altLabel"),
            dimension=_name(properties, "bg:dimension"),
            factor=Decimal(_one(path, subject, properties, "bg:factor")),
            base=base,
            divisor=Decimal(next(iter(_texts(properties, "bg:divisor")), "1")),
            qudt=qudt[notation],
            base_qudt=qudt[base],
            written=_label(properties, "zh-Hans"),
        )
    return found


def _wording(scheme: Properties, subjects: Mapping[str, Properties]) -> Wording:
    def pairs(name: str) -> dict[str, str]:
        rules = [subjects.get(node, {}) for node, _ in scheme.get(name, ())]
        found = [(w, r) for rule in rules for w in _texts(rule, "bg:written") for r in _texts(rule, "bg:readAs")]
        return dict(found)

    return Wording(
        before=_texts(scheme, "bg:ignoredBefore"),
        after=_texts(scheme, "bg:ignoredAfter"),
        alike=pairs("bg:readAlike"),
        alike_first=pairs("bg:readAlikeFirst"),
        moved=_texts(scheme, "bg:verbReadFirst"),
        head_after=_texts(scheme, "bg:headAfter"),
        barriers=_texts(scheme, "bg:barrier"),
    )
