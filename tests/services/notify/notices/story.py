"""Story: things that happen hour by hour, the messages that tell of them, and who is to be told of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from contracts.base import Named
from contracts.projects.planning.plans import ItemAssigned
from kit.ids import new_id
from kit.wire.envelope import Envelope
from tests.services.notify.notify_hub import NOW, envelope, membership, published, represents, revoked

HOUR = timedelta(hours=1)
Deed = tuple[str, str, int]
"""What is done, by or to which person, in which organisation; what makes no sense at that moment is passed over."""


@dataclass
class Story:
    """One alliance and two organisations of its own. `exact` are those who held the role when a fact happened;
    `widest` adds those who had held it before, or represented a former member.
    """

    messages: list[Envelope] = field(default_factory=list)
    exact: dict[str, set[str]] = field(default_factory=dict)
    widest: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._alliance = _named()
        self._organizations = (_named(), _named())
        self._grants: dict[tuple[str, int], Envelope] = {}
        self._holding: set[tuple[str, int]] = set()
        self._members: set[int] = set()
        self._were_members: set[int] = set()
        self._steps = [0, 0]

    def appoint(self, at: datetime, person: str, place: int) -> None:
        if (person, place) not in self._grants:
            self._grants[person, place] = represents(person, self._organizations[place], at)
            self.messages.append(self._grants[person, place])
            self._holding.add((person, place))

    def dismiss(self, at: datetime, person: str, place: int) -> None:
        if (person, place) in self._holding:
            self._holding.remove((person, place))
            self.messages.append(revoked(self._grants[person, place], at))

    def join(self, at: datetime, _person: str, place: int) -> None:
        if place not in self._members:
            self._members.add(place)
            self._were_members.add(place)
            self._fact(self._step("MemberAdmitted", at, place), {place}, {place})

    def leave(self, at: datetime, _person: str, place: int) -> None:
        if place in self._members:
            self._members.remove(place)
            self._fact(self._step("MemberWithdrawn", at, place), set(), set())

    def publish(self, at: datetime, _person: str, _place: int) -> None:
        self._fact(published(at, self._alliance.id), self._members, self._were_members)

    def assign(self, at: datetime, _person: str, place: int) -> None:
        item = {"item_id": new_id(), "item_key": "1", "item_text": "一项任务"}
        message = ItemAssigned(
            plan_id=new_id(), plan_title="要点", **item, organization_ids=[self._organizations[place].id]
        )
        self._fact(envelope(message, at), {place}, {place})

    def _step(self, step: str, at: datetime, place: int) -> Envelope:
        self._steps[place] += 1
        return membership(step, self._organizations[place], at, self._steps[place], alliance=self._alliance)

    def _fact(self, fact: Envelope, concerned: set[int], perhaps: set[int]) -> None:
        self.messages.append(fact)
        self.exact[fact.id] = {person for person, place in self._holding if place in concerned}
        self.widest[fact.id] = {person for person, place in self._grants if place in perhaps}


def story(deeds: list[Deed]) -> Story:
    """The story of these deeds, one an hour."""
    told = Story()
    for hour, (deed, person, place) in enumerate(deeds):
        getattr(told, deed)(NOW + hour * HOUR, person, place)
    return told


def _named() -> Named:
    return Named(id=new_id(), zh="名称", en="Name")
