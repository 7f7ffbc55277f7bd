"""Asking: stored and ad-hoc SPARQL queries, their parameters, and the forms of an answer."""
