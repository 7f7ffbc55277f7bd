"""What is learnt from annotated reports: names that no rule reads, and which of the firms that rules guess are ones.

``document`` asks the taggers about each sentence; ``tagger`` runs a model, ``features`` says what it is told of words;
``names`` adds names of all types, ``firms`` judges firms, for which ``beside`` says what rules have found.
"""

from kg.recognition.names.learnt.document import RULES, beyond_rules
from kg.recognition.names.learnt.tagger import Taggers, taggers

__all__ = ["RULES", "Taggers", "beyond_rules", "taggers"]
