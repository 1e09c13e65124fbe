"""The forms of competition series: founding one, and finding them."""

from __future__ import annotations

from contracts.forms import Input, Page, identifier, text


class NewSeries(Input):
    """A series that does not exist yet."""

    name_zh = text(max=100, says="Its name in Chinese.")
    name_en = text(max=200, says="Its name in English.")


class FoundSeries(NewSeries):
    """Enter a competition series; `grantRole` then names its organisers. For the hub office."""

    alliance_id = identifier("Alliance", required=False, says="For whose members it is, if for those of one alliance.")


class Series(Page):
    """Every competition series, by when it was entered."""
