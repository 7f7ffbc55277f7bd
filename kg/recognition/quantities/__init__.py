"""Figures in running text: literals, units, bounds, and what a digit is for."""
