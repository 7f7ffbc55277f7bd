"""Measure how often each rule of extraction is right, and write ``ontology/rules/confidence.tsv``.

    python tools/measure_rules.py --texts FOLDER [--texts FOLDER ...] [--show RULE] GOLD [GOLD ...]

GOLD is a folder of annotations: ``gold.json`` (sha256 of the text, annotated ranges, default subject) and
``entities.jsonl``, ``observations.jsonl``, ``relations.jsonl``, of which an empty one says that its kind was not
annotated; the text is the file in FOLDER that has this sha256.

A mention is right if gold has one of its type at its span; a figure if quantity, measure, status, period and bound are
those of the gold record it overlaps; a relation if subject, predicate, object and (where both give one) period are.
What gold calls optional is right where it is read as gold has it, and not wrong where it is read otherwise: it says
that such a thing is named, though nobody must find it. Confidence is Laplace's estimate (right + 1) / (of + 2), so
that a rule seen once is not held to be certain; a rule that was not seen has none. Rules that were made while looking
at the same gold come out better than they are: measure on gold that was kept aside where there is some. The taggers'
rows stay as they are: ``tools/learn_names.py`` measures those, on reports that they did not learn from.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from kg.claims.claim import Entity, Extraction, Observation, Predicate
from kg.claims.extract import extract
from kg.iris import normal_name
from kg.reading import read
from kg.recognition.names.learnt import RULES as TAGGERS
from kg.vocabulary import Vocabulary, load
from kg.vocabulary.confidence import COLUMNS

OUT = Path(__file__).resolve().parent.parent / "ontology" / "rules" / "confidence.tsv"
Record = dict[str, Any]
Judged = tuple[str, str, bool, str]  # kind, rule, right, what was read
Span = tuple[int, int]


def main() -> int:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--texts", type=Path, action="append", required=True)
    parser.add_argument("--show", default="", help="print what this rule read, and whether it was right")
    parser.add_argument("--dry-run", action="store_true", help="print the table instead of writing it")
    arguments = parser.parse_args()
    vocabulary = load()
    judged = [
        found
        for folder, text in texts_of(arguments.gold, arguments.texts)
        for found in judge(extract(read(text), vocabulary), folder, vocabulary)
        if found[1] not in TAGGERS
    ]
    for kind, rule, right, what in judged:
        if rule == arguments.show:
            sys.stdout.write(f"{'right' if right else 'wrong'}\t{kind}\t{what}\n")
    if arguments.dry_run:
        sys.stdout.write(tabulate(judged))
    elif not arguments.show:
        write(judged, lambda rule: rule not in TAGGERS)
    return 0


def texts_of(gold: Sequence[Path], folders: Iterable[Path]) -> Iterator[tuple[Path, Path]]:
    """Each folder of annotations with the text it annotates; the program ends where a text is not in ``folders``."""
    texts = {
        hashlib.sha256(path.read_bytes()).hexdigest(): path
        for folder in folders
        for path in sorted(folder.rglob("*.txt"))
    }
    for number, folder in enumerate(gold, start=1):
        digest = json.loads((folder / "gold.json").read_text(encoding="utf-8"))["sha256"]
        if digest not in texts:
            sys.exit(f"{folder}: none of the texts has the sha256 {digest}")
        yield folder, texts[digest]
        sys.stderr.write(f"\r{number} of {len(gold)} read{'' if number < len(gold) else chr(10)}")


def write(judged: Iterable[Judged], measured: Callable[[str], bool], path: Path = OUT) -> None:
    """Put what was judged in the place of the table's rows of the rules that were ``measured``; other rows stay."""
    head, *rows = tabulate(judged).splitlines()
    if path.exists():
        rows += [row for row in path.read_text(encoding="utf-8").splitlines()[1:] if not measured(row.split("\t")[0])]
    path.write_text("".join(f"{row}\n" for row in (head, *sorted(rows))), encoding="utf-8")


def tabulate(judged: Iterable[Judged]) -> str:
    """The table of rules: how often each was right, and what that makes its confidence."""
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for kind, rule, is_right, _ in judged:
        counts[rule, kind][0] += is_right
        counts[rule, kind][1] += 1
    lines = ["\t".join(COLUMNS)]
    for (rule, kind), (right, of) in sorted(counts.items()):
        lines.append(f"{rule}\t{kind}\t{right}\t{of}\t{(right + 1) / (of + 2):.2f}")
    return "".join(f"{line}\n" for line in lines)


def judge(found: Extraction, gold: Path, vocabulary: Vocabulary) -> list[Judged]:
    """Whether each thing that was read inside the annotated ranges is right, by the annotations in ``gold``."""
    about = json.loads((gold / "gold.json").read_text(encoding="utf-8"))
    ranges = [(a, b) for a, b in about["ranges"]]
    return [
        *_mentions(found, records(gold / "entities.jsonl"), ranges),
        *_observations(found, records(gold / "observations.jsonl"), ranges, vocabulary),
        *_relations(found, gold, ranges, about.get("default_about", "")),
    ]


def records(path: Path) -> list[Record]:
    """The records of a file of annotations."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _inside(start: int, end: int, ranges: Iterable[tuple[int, int]]) -> bool:
    return any(a <= start and end <= b for a, b in ranges)


def named(gold: Iterable[Record]) -> tuple[dict[Span, list[str]], dict[Span, set[str]]]:
    """The types of the names that must be found, the annotator's own first, and of those that may be, by offsets."""
    types: dict[Span, list[str]] = {}
    tolerated: dict[Span, set[str]] = defaultdict(set)
    for record in gold:
        spans = [(m[0], m[1]) for m in record["mentions"]]
        either = [(m[0], m[1]) for m in record.get("optional_mentions", [])]
        kinds = [record["type"], *record.get("alt_types", [])]
        if record.get("optional"):
            either += spans
        else:
            types |= dict.fromkeys(spans, kinds)
        for span in either:
            tolerated[span].update(kinds)
    return types, tolerated


def _mentions(found: Extraction, gold: Iterable[Record], ranges: list[tuple[int, int]]) -> Iterator[Judged]:
    types, tolerated = named(gold)
    seen: set[tuple[int, int]] = set()
    for entity in found.entities:
        for mention in entity.mentions:
            span = (mention.start, mention.end)
            if not _inside(*span, ranges) or not mention.rule:
                continue
            what = f"{mention.start} {entity.entity_type} {mention.name}"
            if span in types:
                right = entity.entity_type in types[span]
                if right and span in seen:  # the same words twice
                    continue
                seen.add(span)
                yield "mention", mention.rule, right, what
            elif entity.entity_type in tolerated.get(span, ()):
                yield "mention", mention.rule, True, what
            elif span not in tolerated:
                yield "mention", mention.rule, False, what


def _values(record: Record, name: str) -> list[str]:
    other = record.get("alt", {}).get(name, [])
    return [str(v) for v in (record.get(name), *(other if isinstance(other, list) else [other])) if v is not None]


def _quantity(value: str, unit: str, vocabulary: Vocabulary) -> tuple[Decimal, str]:
    number = Decimal(value.replace(",", ""))
    known = vocabulary.unit_for(unit) if unit else None
    return (known.normalise(number), known.base) if known else (number, normal_name(unit))


def _same_quantity(claim: Observation, record: Record, vocabulary: Vocabulary) -> bool:
    mine, base = _quantity(f"{claim.value}", claim.unit, vocabulary)
    values = [*_values(record, "value"), *(str(record[k]) for k in ("value_max", "each") if record.get(k) is not None)]
    for unit in _values(record, "unit") or [""]:
        for value in values:
            try:
                theirs, their_base = _quantity(value, unit, vocabulary)
            except InvalidOperation:
                continue
            if abs(mine - theirs) <= abs(theirs) / 1_000_000 and (base in their_base or their_base in base):
                return True
    return False


def _core(claim: Observation, record: Record, vocabulary: Vocabulary) -> int:
    """How many of the five fields that make a figure are right."""
    return _same_quantity(claim, record, vocabulary) + sum(
        getattr(claim, name) in _values(record, name) for name in ("measure", "status", "period", "bound")
    )


def _observations(
    found: Extraction, gold: Iterable[Record], ranges: list[tuple[int, int]], vocabulary: Vocabulary
) -> Iterator[Judged]:
    free = [r for r in gold if r["class"] == "observation"]
    for claim in found.observations if free else ():
        if not _inside(claim.start, claim.end, ranges) or not claim.rule:
            continue
        if claim.number is not None and not claim.number.tokens:  # 第一: gold has records for digits only
            continue
        near = [r for r in free if claim.start < r["end"] and r["start"] < claim.end]
        best = max(near, key=lambda r: _core(claim, r, vocabulary), default=None)
        if best is not None:
            free.remove(best)
        right = best is not None and _core(claim, best, vocabulary) == 5
        phrase = "、".join(i.phrase for i in claim.indicators)
        yield "observation", claim.rule, right, f"{claim.start} {phrase} {claim.value}{claim.unit} {claim.measure}"


def _relations(found: Extraction, folder: Path, ranges: list[tuple[int, int]], home: str) -> Iterator[Judged]:
    gold = [r for r in records(folder / "relations.jsonl") if _inside(r["start"], r["end"], ranges)]
    names = {
        normal_name(n): normal_name(e["name"])
        for e in records(folder / "entities.jsonl")
        for n in (e["name"], *e["aliases"])
    }
    things = {e.key: e for e in found.entities}
    predicates = {r["p"] for r in gold}
    free = sorted(gold, key=lambda r: bool(r.get("optional")))
    for claim in found.relations:
        if claim.predicate not in predicates or not _inside(claim.start, claim.end, ranges) or not claim.rule:
            continue
        match = next(
            (
                r
                for r in free
                if r["p"] == claim.predicate
                and _same_thing(_names(claim.subject, things, home), r["s"], names)
                and (
                    claim.object == r["o"]
                    if claim.predicate is Predicate.HAS_STATUS
                    else _same_thing(_names(claim.object, things, home), str(r["o"]), names)
                )
                and (not r.get("period") or not claim.period or claim.period == str(r["period"]))
            ),
            None,
        )
        what = f"{claim.start} {claim.subject or home} {claim.predicate} {claim.object} {claim.period}"
        if match is None:
            yield "relation", claim.rule, False, what
        else:
            free.remove(match)
            yield "relation", claim.rule, True, what


def _names(key: str, things: Mapping[str, Entity], home: str) -> tuple[str, ...]:
    thing = things.get(key)
    return (home,) if not key or thing is None else (thing.name, *thing.aliases)


def _same_thing(found: Iterable[str], wanted: str, names: Mapping[str, str]) -> bool:
    """Equal names, or one inside the other and not much shorter."""
    goal = names.get(normal_name(wanted), normal_name(wanted))
    for name in (names.get(normal_name(n), normal_name(n)) for n in found):
        short, long = sorted((name, goal), key=len)
        if short == long or (len(short) >= 3 and short in long and len(short) * 3 >= len(long) * 2):
            return True
    return False


if __name__ == "__main__":
    sys.exit(main())
