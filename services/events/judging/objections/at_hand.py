"""At hand: objections with what came of them, for who is shown what they can do about each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from contracts.events.judging.objections import ObjectionStatus
from contracts.events.judging.rejudging import RejudgingKnown
from kit.calls.acting import Acts
from services.events.judging.objections.model import Objection
from services.events.judging.objections.queries import CameOf
from services.events.judging.objections.relieving import check_can_be_relieved

S = ObjectionStatus


@dataclass(frozen=True)
class AtHand:
    """An objection, whose stage is loaded, and what came of it."""

    objection: Objection
    came_of: CameOf | None

    @property
    def id(self) -> str:
        return self.objection.id

    @property
    def keys(self) -> dict[str, str]:
        """What rights on it look at."""
        edition = self.objection.result.stage.edition
        return {"person": self.objection.person, "objection_id": self.id, "series_id": edition.series_id}

    def check_decided_by(self, person: str) -> None:
        """Somebody can vote on it, as `vote_on_objection` refuses."""
        self.objection.check_can_be_decided_by(person)

    def check_late(self, now: datetime) -> None:
        """Its panel can be replaced, as `replace_panel` refuses."""
        check_can_be_relieved(self.objection, self.came_of, now)

    def check_judged_again(self, person: str) -> None:
        """Somebody can have its entries judged again, as `open_rejudging` refuses; once only, with RejudgingKnown."""
        self.objection.check_remedied_by(person)
        if self.came_of:
            raise RejudgingKnown("objectionId")


def by_viewer(check: Callable[[AtHand, str], None]) -> Acts:
    """What is done about an objection, where the check lets the viewer."""
    return Acts(AtHand, knowing=lambda session, _found: lambda at_hand: check(at_hand, session.viewer.id))


def once(check: Callable[[Objection], None]) -> Acts:
    """What is done about an objection that stands so."""
    return Acts(AtHand, lambda at_hand: check(at_hand.objection))
