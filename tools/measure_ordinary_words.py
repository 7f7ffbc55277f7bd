"""Measure which short names of divisions are ordinary words, and write ``ontology/divisions/ordinary-words.tsv``.

    python tools/measure_ordinary_words.py REPORTS

REPORTS is a folder of Simplified texts called ``YEAR_CODE.txt`` (CODE: the GB/T 2260 code of the report's place). A
short name of a county or township that stands, as a word by itself, in two reports or more from provinces without such
a county (for townships: from places without such a township) is an ordinary word; the number of those reports is
written beside it. Names of provinces and prefectures are spoken of everywhere, so that counting says nothing of them:
rows of the file marked ``hand`` are kept as they are.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

import rjieba
from ahocorasick_rs import AhoCorasick, MatchKind

from kg.vocabulary.divisions import Division, load_divisions

OUT = Path(__file__).resolve().parent.parent / "ontology" / "divisions" / "ordinary-words.tsv"
LEAST = 2


def main() -> int:
    """Measure and write."""
    divisions = load_divisions()
    bearers: dict[str, list[Division]] = defaultdict(list)
    full = set()
    for division in divisions.all:
        full.add(division.name)
        if division.valid_to is None or division.valid_to >= 2000:
            bearers[divisions.short_name(division)].append(division)
        if division.valid_to is None and division.level in {"prefecture", "county"}:
            for township in divisions.townships(division.code):
                full.add(township.name)
                bearers[divisions.short_name(township)].append(township)
    shorts = {name for name in bearers if name not in full and len(name) > 1}
    shorts -= {name for name, of in bearers.items() if any(d.level in {"province", "prefecture"} for d in of)}
    names = sorted(shorts | full)
    automaton = AhoCorasick(names, MatchKind.LeftmostLongest)
    found: dict[str, set[str]] = defaultdict(set)
    for path in sorted(Path(sys.argv[1]).glob("*.txt")):
        code = path.stem.split("_")[1]
        text = path.read_text(encoding="utf-8")
        boundaries = {0}
        position = 0
        for token in rjieba.cut(text, False):
            position += len(token)
            boundaries.add(position)
        for index, start, end in automaton.find_matches_as_indexes(text):
            name = names[index]
            if name not in shorts or not {start, end} <= boundaries or text[end : end + 1] in "市县区镇乡州旗盟村":
                continue
            home = code.rstrip("0")
            if not any(d.code.startswith(home if d.level == "township" else code[:2]) for d in bearers[name]):
                found[name].add(path.name)
    rows = {name: (len(reports), "measured") for name, reports in found.items() if len(reports) >= LEAST}
    if OUT.is_file():
        for line in OUT.read_text(encoding="utf-8").splitlines()[1:]:
            word, reports, how = line.split("\t")
            if how == "hand":
                rows[word] = (int(reports), how)
    lines = ["word\treports\thow", *(f"{word}\t{n}\t{how}" for word, (n, how) in sorted(rows.items()))]
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
