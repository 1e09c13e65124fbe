"""Figures: numbers as people write them."""

from __future__ import annotations


def figure(value: float) -> str:
    """95 and not 95.0, 12,000 and not 12000."""
    return f"{value:,.10g}"
