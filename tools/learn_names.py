"""Teach the taggers of names and of firms, measure them, and write ``ontology/tagger/*.crfsuite``.

    python tools/learn_names.py --texts FOLDER [--texts FOLDER ...] GOLD [GOLD ...]

GOLD is a folder of annotations as ``tools/measure_rules.py`` describes them. Where its ``gold.json`` says ``"types":
["enterprise"]``, only firms were annotated, but all of them; if there are such folders, the tagger of firms learns from
these alone, and the tagger of names from the others. First they are measured: five times they are taught with four
fifths of the reports and asked about the rest; how often they were right goes to ``ontology/rules/confidence.tsv``, in
the rows of their rules. Then they are taught with all of them. The result depends on the annotations and on the
vocabularies alone.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pycrfsuite
from measure_rules import Judged, Span, named, records, tabulate, texts_of, write

from kg.reading import read
from kg.reading.edition import Edition
from kg.recognition.names.candidates import Candidate, by_sentence
from kg.recognition.names.find import by_rules
from kg.recognition.names.learnt import RULES, beyond_rules, taggers
from kg.recognition.names.learnt.features import features
from kg.recognition.names.learnt.stacked import stacked
from kg.recognition.names.learnt.tagger import FIRMS, NAMES, OUTSIDE, VAGUE, span
from kg.recognition.names.lexicon import Lexicon, lexicon
from kg.recognition.names.sentences import Parsed
from kg.recognition.names.tokens import Token
from kg.recognition.places import PlaceSpan, find_places
from kg.recognition.spans import EntityType
from kg.vocabulary import load
from kg.vocabulary.divisions import load_divisions

MODELS = Path(__file__).resolve().parent.parent / "ontology" / "tagger"
FOLDS = 5
PARAMETERS = {"c1": 0.5, "c2": 0.1, "max_iterations": 100, "feature.minfreq": 2}


@dataclass(frozen=True, slots=True)
class Lesson:
    """A report taken apart and named by rules, and the names annotated in its ``ranges``; ``firms`` are all that are
    annotated, also within longer names.
    """

    edition: Edition
    sentences: tuple[Parsed, ...]
    chosen: tuple[Candidate, ...]
    places: tuple[PlaceSpan, ...]
    ranges: tuple[Span, ...]
    required: dict[Span, list[str]]
    tolerated: dict[Span, set[str]]
    firms: frozenset[Span]
    only_firms: bool

    def annotated(self, start: int, end: int) -> bool:
        """Whether these offsets lie in an annotated range."""
        return any(a <= start and end <= b for a, b in self.ranges)


def main() -> int:
    """Measure, teach, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--texts", type=Path, action="append", required=True)
    parser.add_argument("--dry-run", action="store_true", help="measure only")
    parser.add_argument("--show", action="store_true", help="print what the taggers added, and whether it was right")
    arguments = parser.parse_args()
    words = lexicon(load())
    ordered = sorted(arguments.gold, key=lambda path: path.name)
    lessons = [lesson(read(text), gold, words) for gold, text in texts_of(ordered, arguments.texts)]
    judged = [found for n in range(FOLDS) for found in fold(lessons, n, words)]
    sys.stdout.write(tabulate(judged))
    if arguments.show:
        sys.stdout.writelines(f"{rule}\t{'right' if right else 'wrong'}\t{what}\n" for _, rule, right, what in judged)
    if not arguments.dry_run:
        teach(lessons, words, MODELS)
        write(judged, RULES.__contains__)
    return 0


def lesson(edition: Edition, gold: Path, words: Lexicon) -> Lesson:
    """A report and its annotations, taken apart."""
    about = json.loads((gold / "gold.json").read_text(encoding="utf-8"))
    meta = edition.metadata
    places = tuple(find_places(edition.norm, load_divisions(), meta.place, meta.plan_year))
    sentences, chosen = by_rules(edition, words, places)
    required, tolerated = named(records(gold / "entities.jsonl"))
    firm = str(EntityType.ENTERPRISE)
    firms = {at for at, kinds in (*required.items(), *tolerated.items()) if firm in kinds}
    ranges = tuple((a, b) for a, b in about["ranges"])
    only = about.get("types") == [firm]
    return Lesson(edition, sentences, tuple(chosen), places, ranges, required, tolerated, frozenset(firms), only)


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


def teach(lessons: Sequence[Lesson], words: Lexicon, folder: Path) -> None:
    """Write the models that are learnt from ``lessons``."""
    names, firms = pycrfsuite.Trainer(verbose=False), pycrfsuite.Trainer(verbose=False)
    apart = any(own.only_firms for own in lessons)
    for own in lessons:
        chosen = by_sentence(own.edition, own.chosen)
        for sentence in own.sentences:
            if not own.annotated(sentence.start, sentence.end):
                continue
            told = list(stacked(sentence, chosen.get(sentence.start, ()), list(features(sentence, words))))
            if not own.only_firms:
                names.append(told, labels(sentence.tokens, own))
            if own.only_firms or not apart:
                firms.append(told, firm_labels(sentence.tokens, own))
    folder.mkdir(exist_ok=True)
    for trainer, name in ((names, NAMES), (firms, FIRMS)):
        trainer.set_params(PARAMETERS)
        trainer.train(str(folder / name))


def fold(lessons: Sequence[Lesson], number: int, words: Lexicon) -> Iterator[Judged]:
    """What the taggers add in every fifth report when they have learnt from the others, and whether that is right."""
    texts = sorted({own.edition.sha256 for own in lessons})
    kept = set(texts[number::FOLDS])
    if kept == set(texts):
        sys.exit("annotations of at least two texts are needed: one to learn from, one to ask about")
    with tempfile.TemporaryDirectory() as name:
        teach([own for own in lessons if own.edition.sha256 not in kept], words, Path(name))
        ours = taggers(words, Path(name))
        for own in lessons:
            if own.edition.sha256 in kept:
                yield from judge(own, beyond_rules(own.edition, own.sentences, own.chosen, own.places, ours))


def judge(own: Lesson, found: Iterable[Candidate]) -> Iterator[Judged]:
    """Whether what the taggers ``found`` in a report is right; what was not annotated there is not judged."""
    for c in found:
        at, firm = (c.start, c.end), c.entity_type is EntityType.ENTERPRISE
        if c.rule not in RULES or not own.annotated(*at) or (own.only_firms and not firm):
            continue
        right = c.entity_type in own.required.get(at, ()) or c.entity_type in own.tolerated.get(at, ())
        if right or at not in own.tolerated:
            yield "mention", c.rule, right, f"{c.entity_type} {c.name}"


if __name__ == "__main__":
    sys.exit(main())
