"""Rules: what a rule set says about waiting lists, in its section `waiting`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import marshmallow

from contracts.events.admission.waiting import AtClose, WaitingPolicy
from contracts.forms import choice, flag, whole
from kit.documents.rulebook import Section


@dataclass(frozen=True, slots=True)
class WaitingRules:
    """Whether there is a list, who is next (`policy`), how many hours an offer stands, and what closing does to it.

    `most` bounds how many wait for the places of one track.
    """

    enabled: bool
    policy: WaitingPolicy
    offer_hours: int
    at_close: AtClose
    most: int


class WaitingForm(Section[WaitingRules]):
    name = "waiting"

    enabled = flag()
    policy = choice(WaitingPolicy)
    offer_hours = whole(min=1, max=24 * 60)
    at_close = choice(AtClose)
    most = whole(min=1, max=10_000)

    @marshmallow.post_load
    def rules(self, said: dict[str, Any], **_: Any) -> WaitingRules:
        return WaitingRules(**said)
