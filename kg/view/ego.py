"""A small still graph around one thing, as SVG that needs no script: what it is joined to, each a link to its page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from kg.view.contents import Names
from kg.view.lines import Ref
from kg.view.picture import Join, Node

WIDTH = 560
MOST = 14
LONGEST = 10  # characters of a name


@dataclass(frozen=True, slots=True)
class Spoke:
    """A neighbour with its place, and what joins it."""

    ref: Ref
    x: float
    y: float
    mid_x: float
    mid_y: float
    anchor: str  # where its name begins: start, middle or end
    name: str
    label: Names
    near: bool


@dataclass(frozen=True, slots=True)
class Ego:
    """The thing in the middle and its neighbours; ``more`` of them are not drawn. ``height`` is that of the drawing."""

    spokes: tuple[Spoke, ...]
    more: int
    height: int


def ego(
    iri: str, joins: Sequence[Join], refs: Mapping[str, Ref], nodes: Mapping[str, Node], labels: Mapping[str, Names]
) -> Ego:
    """The neighbours of ``iri``: those a report states first, the weightiest first."""
    found: dict[str, Join] = {}
    for j in sorted(joins, key=lambda j: (j.predicate in ("near", "hasObservation"), j.predicate)):
        other = j.object if j.subject == iri else j.subject
        found.setdefault(other, j)
    order = sorted(
        (o for o in found if o in refs),
        key=lambda o: (found[o].predicate in ("near", "hasObservation"), -(nodes[o].weight if o in nodes else 0), o),
    )
    drawn = order[:MOST]
    # By predicate around the clock, so that like stands by like.
    drawn.sort(key=lambda o: (found[o].predicate, found[o].subject != iri, o))
    spokes = []
    height = 220 if len(drawn) <= 3 else 300 if len(drawn) <= 8 else 420
    tall = height / 2 - 52
    before = ""
    for k, other in enumerate(drawn):
        turn = 2 * pi * (k + 0.5) / len(drawn) - (pi if len(drawn) <= 2 else pi / 2)
        x, y = WIDTH / 2 + 104 * cos(turn), height / 2 + tall * sin(turn)
        name = refs[other].names.zh
        side = "start" if cos(turn) > 0.16 else "end" if cos(turn) < -0.16 else "middle"
        j = found[other]
        spokes.append(
            Spoke(
                refs[other],
                round(x, 1),
                round(y, 1),
                round(WIDTH / 2 + 62 * cos(turn), 1),
                round(height / 2 + tall * 0.6 * sin(turn), 1),
                side,
                name if len(name) <= LONGEST else name[: LONGEST - 1] + "…",
                labels.get(j.predicate, Names(j.predicate)) if j.predicate != before else Names(""),
                j.predicate == "near",
            )
        )
        before = j.predicate
    return Ego(tuple(spokes), len(order) - len(drawn), height)
