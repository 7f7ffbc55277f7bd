"""What is learnt from annotated reports: names that no rule reads, and which of those that rules only guess are none.

``document`` asks the taggers about each sentence; ``tagger`` runs a model; ``features`` says what it is told of words,
``stacked`` what of rules; ``names`` judges and adds names of all types, ``firms`` firms; ``again`` finds firms
by what is said elsewhere.
"""

from kg.recognition.names.learnt.document import RULES, beyond_rules
from kg.recognition.names.learnt.tagger import Taggers, taggers

__all__ = ["RULES", "Taggers", "beyond_rules", "taggers"]
