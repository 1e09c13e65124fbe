"""Bar: one figure beside the others of its table, which says the number itself."""

from __future__ import annotations

from markupsafe import Markup

WIDTH = 100
BAR = Markup(
    '<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
    '<rect class="bar-ground" width="100" height="8"></rect><rect class="bar-figure" width="{width}" height="8"></rect></svg>'
)


def bar(figure: int, most: int) -> Markup:
    """How much `figure` is of `most`, which fills the bar; empty where there is nothing to compare with."""
    share = figure / most if most > 0 else 0
    return BAR.format(width=round(WIDTH * min(max(share, 0), 1), 1))
