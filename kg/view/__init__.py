"""Pages to look at: the graph, reports beside their facts, figures, projects, places, a page for every thing."""

from kg.view.render import render
from kg.view.site import build_site

__all__ = ["build_site", "render"]
