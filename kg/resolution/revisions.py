"""What people decided and corrected, as the files that the settings name say it.

Invariant: a file that is not there says nothing; one that is malformed is an error, never passed over.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.config import Config
from kg.resolution.corrections import Correction, load_corrections
from kg.resolution.decisions import NONE, Judgements, load_decisions


@dataclass(frozen=True, slots=True)
class Revisions:
    """The decisions, replayed, and the corrections, in the order of their file."""

    judgements: Judgements = NONE
    corrections: tuple[Correction, ...] = ()


def load_revisions(config: Config) -> Revisions:
    """The decisions and corrections that ``config`` names.

    Raises:
        VocabularyError: a file is malformed or contradicts itself; the message names file and line or entry.

    """
    return Revisions(
        load_decisions(config.decisions_file(), config.base), load_corrections(config.corrections_file(), config.base)
    )
