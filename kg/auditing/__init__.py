"""Auditing: what was understood and what was not, and everything that is said of one thing."""
