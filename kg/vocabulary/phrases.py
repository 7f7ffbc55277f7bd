"""Words and phrases that reports of many places share, with in how many they stand (``common-phrases.tsv``).

Invariant: what is here is nobody's own name.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kg.errors import VocabularyError
from kg.resources import folder


@cache
def load_common_phrases() -> Mapping[str, int]:
    """Each phrase and the number of places in whose reports it stands.

    Raises:
        VocabularyError: the table is missing or malformed.

    """
    path = folder("ontology") / "rules" / "common-phrases.tsv"
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise VocabularyError(f"{path}: cannot be read ({error.strerror}); reinstall") from error
    found: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        if line.startswith("#") or not line:
            continue
        phrase, tab, places = line.partition("\t")
        if not tab or not places.isdigit():
            raise VocabularyError(f"{path}: line {number}: expected a phrase, a tab and a number of places")
        found[phrase] = int(places)
    return found
