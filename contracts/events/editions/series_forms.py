"""The forms of competition series: founding one, and finding them."""

from __future__ import annotations

from contracts.browsing import Browsed, ByAge, ordered
from contracts.forms import Input, identifier, text


class NewSeries(Input):
    """A series that does not exist yet."""

    name_zh = text(max=100, says="Its name in Chinese.")
    name_en = text(max=200, says="Its name in English.")


class FoundSeries(NewSeries):
    """Register a competition series; `grantRole` then names its organisers. For the hub office."""

    alliance_id = identifier(
        "Alliance", required=False, says="The alliance whose members it is for, if it is for one alliance."
    )


class Series(Browsed):
    """Every competition series, in the order of registration."""

    order_by = ordered(ByAge)


class _OneConsent(Input):
    series_id = identifier("CompetitionSeries", says="The series.")
    alliance_id = identifier("Alliance", says="The alliance that consents.")


class ConsentToSeries(_OneConsent):
    """Let the editions of a series be held for the members of an alliance. For the alliance's secretariat."""


class WithdrawConsent(_OneConsent):
    """Let no further edition of a series be held for the members of an alliance. For the alliance's secretariat."""


class AllianceConsents(Browsed):
    """The alliances that let the editions of a series be held for their members."""

    series_id = identifier("CompetitionSeries", says="The series.")
