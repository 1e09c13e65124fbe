"""Rules of motions: how long one waits for its second person, and how often a panel may be changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import marshmallow

from contracts.forms import whole
from kit.documents.rulebook import Section


@dataclass(frozen=True, kw_only=True)
class MotionRules:
    """The section `motions`: `hours` until a motion lapses; of a stage so many judges may be replaced, and so many panels
    drawn; `None` is any number. Read from the rules in force, so that a bound can be raised in an emergency: in public, with
    a reason, and told to all who have entered.
    """

    hours: int
    replacements_most: int | None
    draws_most: int | None


class MotionsForm(Section[MotionRules]):
    name = "motions"

    hours = whole(min=1, max=24 * 90)
    replacements_most = whole(min=0, max=500, required=False)
    draws_most = whole(min=1, max=100, required=False)

    @marshmallow.post_load
    def rules(self, said: dict[str, Any], **_: Any) -> MotionRules:
        return MotionRules(**{"replacements_most": None, "draws_most": None, **said})
