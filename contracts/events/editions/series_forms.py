"""The forms of competition series: founding one, and finding them."""

from __future__ import annotations

from contracts.forms import Input, Page, identifier, text


class NewSeries(Input):
    """A series that does not exist yet."""

    name_zh = text(max=100, says="Its name in Chinese.")
    name_en = text(max=200, says="Its name in English.")


class FoundSeries(NewSeries):
    """Register a competition series; `grantRole` then names its organisers. For the hub office."""

    alliance_id = identifier(
        "Alliance", required=False, says="The alliance whose members it is for, if it is for one alliance."
    )


class Series(Page):
    """Every competition series, in the order of registration."""
