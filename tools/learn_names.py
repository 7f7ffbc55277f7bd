"""Teach the taggers of names and of firms, measure them, and write ``ontology/tagger/*.crfsuite``.

    python tools/learn_names.py --texts FOLDER [--texts FOLDER ...] GOLD [GOLD ...]

GOLD is a folder of hand-made annotations as ``tools/measure_rules.py`` describes them. First they are measured:
five times they are taught with four fifths of the reports and asked about the rest, where they add to what rules find;
how often they were right goes to ``ontology/rules/confidence.tsv``, in the rows of their rules. Then they are taught
with all of them. The result depends on the annotations and on the vocabularies alone.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pycrfsuite
from measure_rules import OUT as CONFIDENCE
from measure_rules import Judged, Span, named, records, tabulate

from kg.reading import read
from kg.reading.edition import Edition
from kg.recognition.names.candidates import Candidate
from kg.recognition.names.features import features
from kg.recognition.names.find import by_rules
from kg.recognition.names.learnt import FIRMS, NAMES, OUTSIDE, VAGUE, added, span, tagger
from kg.recognition.names.lexicon import Lexicon, lexicon
from kg.recognition.names.sentences import Parsed
from kg.recognition.names.tokens import Token
from kg.recognition.places import find_places
from kg.recognition.spans import EntityType
from kg.vocabulary import load
from kg.vocabulary.divisions import load_divisions

MODELS = Path(__file__).resolve().parent.parent / "ontology" / "tagger"
FOLDS = 5
PARAMETERS = {"c1": 0.5, "c2": 0.1, "max_iterations": 100, "feature.minfreq": 2}


@dataclass(frozen=True, slots=True)
class Lesson:
    """The annotated sentences of a report, with what the rules found in each, and the annotated names; ``firms`` are
    all that are annotated, also within longer names.
    """

    sentences: tuple[Parsed, ...]
    chosen: dict[int, list[Candidate]]
    required: dict[Span, list[str]]
    tolerated: dict[Span, set[str]]
    firms: frozenset[Span]


def main() -> int:
    """Measure, teach, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--texts", type=Path, action="append", required=True)
    parser.add_argument("--dry-run", action="store_true", help="measure only")
    parser.add_argument("--show", action="store_true", help="print what the tagger added, and whether it was right")
    arguments = parser.parse_args()
    texts = {
        hashlib.sha256(path.read_bytes()).hexdigest(): path
        for folder in arguments.texts
        for path in sorted(folder.rglob("*.txt"))
    }
    words = lexicon(load())
    lessons = []
    for gold in sorted(arguments.gold, key=lambda path: path.name):
        digest = json.loads((gold / "gold.json").read_text(encoding="utf-8"))["sha256"]
        if digest not in texts:
            sys.exit(f"{gold}: none of the texts has the sha256 {digest}")
        lessons.append(lesson(read(texts[digest]), gold, words))
        sys.stderr.write(f"\r{len(lessons)} of {len(arguments.gold)} read")
    sys.stderr.write("\n")
    judged = [found for n in range(FOLDS) for found in fold(lessons, n, words)]
    table = tabulate(judged)
    sys.stdout.write(table)
    if arguments.show:
        sys.stdout.writelines(f"{rule}\t{'right' if right else 'wrong'}\t{what}\n" for _, rule, right, what in judged)
    if not arguments.dry_run:
        teach(lessons, words, MODELS)
        rows = [*CONFIDENCE.read_text(encoding="utf-8").splitlines(), *table.splitlines()[1:]]
        kept = {row.partition("\t")[0]: row for row in rows[1:]}
        CONFIDENCE.write_text("".join(f"{row}\n" for row in (rows[0], *sorted(kept.values()))), encoding="utf-8")
    return 0


def lesson(edition: Edition, gold: Path, words: Lexicon) -> Lesson:
    """A report and its annotations, taken apart."""
    ranges = json.loads((gold / "gold.json").read_text(encoding="utf-8"))["ranges"]
    meta = edition.metadata
    places = find_places(edition.norm, load_divisions(), meta.place, meta.plan_year)
    sentences, chosen = by_rules(edition, words, places)
    there: dict[int, list[Candidate]] = defaultdict(list)
    for candidate in chosen:
        there[edition.sentence_at(candidate.start).start].append(candidate)
    inside = tuple(s for s in sentences if any(a <= s.start and s.end <= b for a, b in ranges))
    required, tolerated = named(records(gold / "entities.jsonl"))
    firm = str(EntityType.ENTERPRISE)
    firms = {at for at, kinds in (*required.items(), *tolerated.items()) if firm in kinds}
    return Lesson(inside, there, required, tolerated, frozenset(firms))


def labels(tokens: tuple[Token, ...], lesson: Lesson) -> list[str]:
    """The label of each token: B- and I- with the type of the longest name over it, or outside. What need not be named
    has a label of its own, where no name that must be found is in its way.
    """
    wanted = {**dict.fromkeys(lesson.tolerated, VAGUE), **{s: kinds[0] for s, kinds in lesson.required.items()}}
    return _labels(tokens, sorted(wanted.items(), key=lambda item: (item[1] == VAGUE, item[0][0] - item[0][1], item)))


def firm_labels(tokens: tuple[Token, ...], lesson: Lesson) -> list[str]:
    """The labels of firms alone, those within longer names too."""
    firms = sorted(lesson.firms, key=lambda at: (at[0] - at[1], at))
    return _labels(tokens, [(at, str(EntityType.ENTERPRISE)) for at in firms])


def _labels(tokens: tuple[Token, ...], wanted: Iterable[tuple[Span, str]]) -> list[str]:
    found = [OUTSIDE] * len(tokens)
    for (start, end), kind in wanted:
        over = [n for n, t in enumerate(tokens) if t.start < end and start < t.end]
        if not over or any(found[n] != OUTSIDE for n in over):
            continue
        if span(tokens[over[0] : over[-1] + 1]) == (start, end) or (
            tokens[over[0]].start == start and tokens[over[-1]].end == end
        ):
            for n in over:
                found[n] = f"{'B' if n == over[0] else 'I'}-{kind}"
    return found


def teach(lessons: Iterable[Lesson], words: Lexicon, folder: Path) -> None:
    """Write the models that are learnt from ``lessons``."""
    names, firms = pycrfsuite.Trainer(verbose=False), pycrfsuite.Trainer(verbose=False)
    for own in lessons:
        for sentence in own.sentences:
            told = list(features(sentence, words))
            names.append(told, labels(sentence.tokens, own))
            firms.append(told, firm_labels(sentence.tokens, own))
    folder.mkdir(exist_ok=True)
    for trainer, name in ((names, NAMES), (firms, FIRMS)):
        trainer.set_params(PARAMETERS)
        trainer.train(str(folder / name))


def fold(lessons: list[Lesson], number: int, words: Lexicon) -> Iterator[Judged]:
    """What the taggers add in every fifth report when they have learnt from the others, and whether that is right."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        teach([own for n, own in enumerate(lessons) if n % FOLDS != number], words, folder)
        names, firms = tagger(words, folder / NAMES), tagger(words, folder / FIRMS)
        for own in lessons[number::FOLDS]:
            for sentence in own.sentences:
                for c in added(sentence, names, firms, own.chosen[sentence.start]):
                    at = (c.start, c.end)
                    right = c.entity_type in own.required.get(at, ()) or c.entity_type in own.tolerated.get(at, ())
                    if right or at not in own.tolerated:
                        yield "mention", c.rule, right, f"{c.entity_type} {c.name}"


if __name__ == "__main__":
    sys.exit(main())
