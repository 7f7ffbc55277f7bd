"""Names of things: what a document calls by a name of its own, by structure, quotation and what the country shares.

Where a rule is found:

- a sentence taken apart: ``sentences``, ``tokens``, ``clauses``, ``routes`` (lines by their ends), ``groups``
  (A、B和C), ``shapes``;
- what tells a name from a word: ``lexicon``, ``evidence``, ``marks``, ``pairs``, ``wares``, ``likeness``;
- names with a head: ``heads`` hands each to who reads it: ``things``, ``plans`` (from the ``anchors`` they follow),
  ``kinds`` for what kind of thing it is;
- names in rows: ``listings``, ``lists`` (等3个项目), ``shared`` (A、B高速公路), ``rows``, ``pilot_schemes``;
- names in marks: ``quotes``;
- works and networks: ``works``, ``networks``, ``openings``;
- programmes and policies: ``carried_out``, ``strategies``, ``systems``, ``aspirations``, ``issued``, ``points``;
- firms: ``firms``, ``stems``, ``likely_firms``, ``makers``, ``beside``, ``founded``;
- bodies: ``bodies`` (party and state), ``institutions``, ``own_institutions``;
- zones by class alone: ``own_zones``, by their short names: ``short_zones``;
- titles and what a place is to become: ``titles``, ``positions``;
- events: ``occasions``, ``held``; produce and its brands: ``produce``; waters, places abroad: ``waters``, ``abroad``;
- what no rule reads, and which guesses of rules are names: ``learnt``, by taggers;
- what is kept: ``candidates``, ``find`` (asks every rule, keeps the best of what overlaps), ``echoes`` (said again),
  ``place_mentions`` (which of the places found are named).
"""

from kg.recognition.names.find import find_names

__all__ = ["find_names"]
