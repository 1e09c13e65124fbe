"""Rendering: templates of the screens in one frame; whatever they are given is text, never markup."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined

from console import links, times
from console.assets import Assets
from console.screen import FOLDER

if TYPE_CHECKING:
    from console.visit import Visit

TEMPLATES = Path(__file__).parent / "templates"


def environment() -> Environment:
    """The templates of all screens: frame and parts by their plain names, others by screen and name."""
    return Environment(
        loader=ChoiceLoader([FileSystemLoader(TEMPLATES), FileSystemLoader(FOLDER)]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


class Rendering:
    """Every template has: `t` (words), `visit`, `asset`, `moment`, `day`, `days_left` and `path_of`."""

    def __init__(self, assets: Assets) -> None:
        self._assets = assets
        self._environment = environment()

    def page(self, visit: Visit, template: str, said: dict[str, Any]) -> str:
        words = visit.screen.library.in_(visit.locale)
        return self._environment.get_template(template).render(
            t=words,
            visit=visit,
            asset=self._assets.address,
            moment=partial(times.moment, locale=visit.locale, now=visit.now),
            day=partial(times.day, locale=visit.locale, now=visit.now),
            days_left=partial(times.days_left, now=visit.now),
            path_of=links.path_of,
            **said,
        )
