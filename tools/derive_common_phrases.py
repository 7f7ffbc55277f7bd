"""Which words and phrases reports of many places share: ontology/rules/common-phrases.tsv.

Usage: python tools/derive_common_phrases.py FOLDER_OF_REPORTS

The reports are text files named YEAR_CODE.txt, CODE the division's six digits. A word is kept if the reports of at
least ten places in at least five provinces hold it; a phrase of two to six words likewise, if it ends with a head of
ontology/names.ttl. Names of divisions and names the whole country shares are left out: what is kept names nothing.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from pathlib import Path

import rjieba

from kg.recognition.names.lexicon import lexicon
from kg.vocabulary import load
from kg.vocabulary.divisions import load_divisions

PLACES, PROVINCES, WORDS, CHARACTERS = 10, 5, 6, 16
STRETCH = re.compile(r"[\u4e00-\u9fff]+")


def main(folder: Path, target: Path) -> None:
    """Write ``target`` from the reports in ``folder``."""
    divisions = load_divisions()
    names = {name for d in divisions.all for name in divisions.names(d) if len(name) > 1}
    words = lexicon(load())
    ends = set(words.heads) | words.cues["project-tail"]
    longest = max(map(len, ends))
    bearers: dict[str, set[str]] = defaultdict(set)
    for path in sorted(folder.glob("*.txt")):
        code = path.stem.partition("_")[2]
        seen: set[str] = set()
        for stretch in STRETCH.findall(path.read_text(encoding="utf-8")):
            tokens = rjieba.cut(stretch, False)
            for first in range(len(tokens)):
                phrase = ""
                for token in tokens[first : first + WORDS]:
                    phrase += token
                    if len(phrase) > CHARACTERS:
                        break
                    if phrase == token or any(phrase[-n:] in ends for n in range(1, longest + 1)):
                        seen.add(phrase)
        for phrase in seen:
            bearers[phrase].add(code)
    kept = {
        phrase: len(codes)
        for phrase, codes in bearers.items()
        if len(codes) >= PLACES
        and len({code[:2] for code in codes}) >= PROVINCES
        and not any(name in phrase for name in words.known)
    }
    kept = {p: n for p, n in kept.items() if p not in names}
    lines = [
        "# Words and phrases that government work reports of many places share, with the number of places (of 143).",
        "# Derived by tools/derive_common_phrases.py from 224 public reports of 2014-2024; no report's text is kept.",
        "# SPDX-License-Identifier: CC-BY-4.0",
    ]
    lines += [f"{phrase}\t{count}" for phrase, count in sorted(kept.items())]
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(__file__).resolve().parent.parent / "ontology" / "rules" / "common-phrases.tsv")
