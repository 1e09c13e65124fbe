"""The life of a seal: whoever tries whatever in whatever order, one person alone, or one role alone, never opens it."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from contracts.base import Refusal
from contracts.events.judging.blinding import OpeningRole
from services.events.judging.blinding.model import Seal

NOW = datetime(2026, 4, 14, tzinfo=UTC)
people = st.sampled_from(["ann", "bo", "chen"])
roles = st.sampled_from([[role] for role in OpeningRole] + [list(OpeningRole)])


class LifeOfASeal(RuleBasedStateMachine):
    """One seal, and everything that was asked of it and granted."""

    def __init__(self) -> None:
        super().__init__()
        self.seal = Seal(id="1")
        self.asked: tuple[str, OpeningRole] | None = None
        self.opened: tuple[str, list[OpeningRole]] | None = None

    @rule(person=people, held=roles)
    def open(self, person: str, held: list[OpeningRole]) -> None:
        try:
            self.seal.check_sealed()
            if self.seal.requested_by is None:
                self.seal.request(person, held[0], NOW)
                self.asked = (person, held[0])
            else:
                self.seal.open(person, held, NOW)
                self.opened = (person, held)
        except Refusal:
            assert self.opened or (self.asked and (person == self.asked[0] or held == [self.asked[1]]))

    @rule(person=people)
    def take_back(self, person: str) -> None:
        try:
            self.seal.take_back(person)
        except Refusal:
            assert self.opened or self.asked is None or person != self.asked[0]
        else:
            assert self.asked and person == self.asked[0] and not self.opened
            self.asked = None

    @invariant()
    def two_people_in_two_roles_or_sealed(self) -> None:
        if self.seal.opened_at is None:
            assert self.opened is None
        else:
            assert self.asked and self.opened
            assert self.seal.requested_by != self.seal.opened_by
            assert {self.seal.requested_role, self.seal.opened_role} == set(OpeningRole)
            assert self.seal.opened_role in self.opened[1]


LifeOfASeal.TestCase.settings = settings(max_examples=200, deadline=None)
test_a_seal_is_opened_by_two = LifeOfASeal.TestCase
