"""baogao: Chinese government work reports as a cited, checked, queryable knowledge graph."""

__version__ = "0.1.0"
