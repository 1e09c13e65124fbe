"""The forms of charters: adopting one, and what was in force on a day."""

from __future__ import annotations

from contracts.browsing import Browsed
from contracts.forms import MOST_ASKED, Input, day, identifier, listing, mapping, nested, text


class AdoptCharter(Input):
    """Adopt a charter, or a new version of it. For the secretariat."""

    alliance_id = identifier("Alliance", says="The alliance whose rules these are.")
    rules = mapping(says="Everything that differs from the defaults. See docs/alliances.md.")
    since = day(required=False, says="From which day in China on it is in force; today by default, never a past day.")
    reason = text(max=500, lines=True, says="Why, in words for the members, such as who decided it and when.")


class Charters(Browsed):
    """Every version of an alliance's charter, the first one first. Public."""

    alliance_id = identifier("Alliance", says="The alliance whose charter it is.")


class CharterOn(Input):
    """The charter that was in force at the end of a day; the defaults of the hub where the alliance had adopted none."""

    alliance_id = identifier("Alliance", says="The alliance whose charter is asked for.")
    day = day(required=False, says="A day in China; today by default.")


class ChartersOn(Input):
    """The charters of several alliances, each on a day."""

    asked = listing(nested(CharterOn), min=1, max=MOST_ASKED)
