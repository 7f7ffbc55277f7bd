"""The graph: resolved reports, vocabularies, places and the dataset's own description as RDF (docs/data-model.md)."""
