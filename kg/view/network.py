"""The drawing itself: a pyvis network turned into a page. The only module that knows pyvis.

Invariant: pyvis is given positions, so nothing moves by itself; it is given plain text only (its titles become HTML as
soon as one of them holds a link); and its own template, which asks another host for Bootstrap, is not used.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment

# How each class is drawn. Shapes differ wherever colours come near each other, so that no one needs the colours.
SHAPES = {
    "place": "dot",
    "zone": "dot",
    "project": "triangle",
    "facility": "diamond",
    "enterprise": "square",
    "organization": "square",
    "programme": "star",
    "policy": "triangleDown",
    "honour": "star",
    "event": "hexagon",
    "brand": "hexagon",
    "indicator": "diamond",
}
HOLLOW = frozenset({"zone", "organization", "honour", "event", "indicator"})
COLOURS = {
    "place": "#24577f",
    "zone": "#3d8f98",
    "project": "#bd4f22",
    "facility": "#a97b12",
    "enterprise": "#2f7250",
    "organization": "#5d7f49",
    "programme": "#75508f",
    "policy": "#a34a74",
    "honour": "#8a6a14",
    "event": "#4c6fae",
    "brand": "#87583a",
    "indicator": "#6b7480",
}
PAPER, LINE, SOFT = "#faf8f3", "#666c74", "#cfc6b5"
FAINT = frozenset({"near", "inPlace", "hasObservation"})

OPTIONS: dict[str, Any] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": True,
        "tooltipDelay": 500,
        "hideEdgesOnDrag": False,
        "hideEdgesOnZoom": False,
        "selectConnectedEdges": False,
        "hoverConnectedEdges": False,
        "keyboard": False,
        "navigationButtons": False,
        "multiselect": False,
    },
    "nodes": {
        "borderWidth": 1,
        "scaling": {"label": {"enabled": False, "drawThreshold": 100000}},
        "font": {"size": 14},
        "shapeProperties": {"interpolation": False},
    },
    "edges": {
        "smooth": False,
        "selectionWidth": 0,
        "hoverWidth": 0,
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.45}},
    },
}


class Drawing:
    """A pyvis network that is filled with what is drawn at first."""

    def __init__(self) -> None:
        # Imported here: pyvis takes half a second, which the other commands need not pay.
        from pyvis.network import Network

        self._network = Network(
            height="100%", width="100%", directed=True, cdn_resources="in_line", neighborhood_highlight=False
        )
        self._network.set_options(json.dumps(OPTIONS))

    def node(self, slug: str, name: str, type_name: str, kind: str, radius: float, at: tuple[int, int]) -> None:
        """A thing at its place."""
        colour = COLOURS[kind]
        self._network.add_node(
            slug,
            label=name,
            title=f"{name} · {type_name}",
            shape=SHAPES[kind],
            size=radius,
            x=at[0],
            y=at[1],
            physics=False,
            color={"background": PAPER if kind in HOLLOW else colour, "border": colour},
        )

    def edge(self, key: str, subject: str, predicate: str, object: str) -> None:
        """A line between two things that are in the drawing."""
        soft = predicate == "near"
        self._network.add_edge(
            subject,
            object,
            id=key,
            width=1.8 if predicate in FAINT else 2.6,
            color=SOFT if predicate in FAINT else LINE,
            dashes=[3, 7] if soft else False,
            arrows={"to": {"enabled": not soft, "scaleFactor": 0.45}},
        )

    def html(self, environment: Environment, template: str, values: Mapping[str, Any]) -> str:
        """The page, by our template in place of pyvis's own."""
        environment.globals.update(values)
        self._network.templateEnv = environment
        self._network.path = template
        html: str = self._network.generate_html(notebook=False)
        return html


@cache
def vis_script() -> str:
    """The vis-network library as pyvis brings it (dual Apache-2.0 and MIT, its notice at its top)."""
    import pyvis

    found = sorted((Path(pyvis.__file__).parent / "templates" / "lib").glob("vis-9*/vis-network.min.js"))
    return found[-1].read_text(encoding="utf-8")
