"""Any course of events: against a small model, whatever is done to memberships and however much time passes between."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from kit.clock import CHINA, in_china
from tests.services.alliances.alliances_hub import OFFICE, AlliancesHub
from tests.services.alliances.membership.memberships.memberships import (
    ANSWERED_WITHIN,
    NEVER,
    STEPS,
    Relation,
    message_of,
    stands,
)
from tests.services.service_hub import Refused, eventually

WHO = st.integers(0, 1)
BODIES = 2


class Model:
    """What should be known of one relation: its status, and every step with its moment and reason."""

    def __init__(self) -> None:
        self.status = NEVER
        self.steps: list[dict[str, Any]] = []
        self.messages: list[str] = []

    def take(self, step: str, at: datetime, reason: str) -> None:
        self.messages.append(message_of(step, self.status))
        self.status = STEPS[step].leads_to
        said = reason if STEPS[step].with_reason else ""
        self.steps.append({"status": self.status, "since": at.isoformat(), "reason": said})

    def answer_by(self) -> datetime | None:
        """When the invitation lapses that waits for an answer."""
        return datetime.fromisoformat(self.steps[-1]["since"]) + ANSWERED_WITHIN if self.status == "invited" else None

    def lapse(self, at: datetime) -> None:
        self.messages.append("alliances.invitation_lapsed")
        self.status = "lapsed"
        self.steps.append({"status": "lapsed", "since": at.isoformat(), "reason": ""})

    def on(self, day: date) -> dict[str, Any] | None:
        """The last step that had been taken when that day ended in China."""
        past = [step for step in self.steps if datetime.fromisoformat(step["since"]).astimezone(CHINA).date() <= day]
        return past[-1] if past else None


class Memberships(RuleBasedStateMachine):
    """One alliance and a few organisations; any command at any time, the possible and the impossible."""

    alliances: AlliancesHub

    @initialize()
    def a_new_alliance(self) -> None:
        self.alliances.begin()
        alliance = self.alliances.alliance()
        self.relations = [Relation(self.alliances, alliance, self.alliances.organization()) for _ in range(BODIES)]
        self.models = [Model() for _ in self.relations]
        self.began = self.alliances.clock.now().astimezone(CHINA).date()

    @rule(who=WHO, step=st.sampled_from(sorted(STEPS)), reason=st.sampled_from(["因故", "章程第五条"]))
    def take(self, who: int, step: str, reason: str) -> None:
        relation, model = self.relations[who], self.models[who]
        if model.status is NEVER and not STEPS[step].of_pair:
            return
        if model.status in STEPS[step].starts:
            assert relation.take(step, reason=reason)["status"] == STEPS[step].leads_to
            model.take(step, self.alliances.clock.now(), reason)
        else:
            with pytest.raises(Refused) as refused:
                relation.take(step, reason=reason)
            said = {"code": "MEMBERSHIP_STANDS", "field": None, "params": stands(model.status)}
            assert refused.value.problems == [said]

    @rule(hours=st.sampled_from([1, 7, 15, 24, 24 * 40]))
    def time_passes(self, hours: int) -> None:
        self.alliances.clock.advance(timedelta(hours=hours))
        now = self.alliances.clock.now()
        for relation, model in zip(self.relations, self.models, strict=True):
            if (answer_by := model.answer_by()) and answer_by <= now:
                eventually(lambda relation=relation: relation.status == "lapsed", 60)
                model.lapse(now)

    @rule(who=WHO, back=st.integers(-1, 60))
    def ask_for_a_past_day(self, who: int, back: int) -> None:
        relation, model = self.relations[who], self.models[who]
        if model.status is not NEVER:
            day = self.alliances.clock.now().astimezone(CHINA).date() - timedelta(days=back)
            self.compare(relation, model, day)

    @invariant()
    def lists_show_who_is_a_member(self) -> None:
        alliance_id = self.relations[0].alliance["id"]
        found = self.alliances.ask("memberships", "", alliance_id=alliance_id, status="member")
        assert [node["organization_id"] for node in found["nodes"]] == [
            relation.organization["id"]
            for relation, model in sorted(
                zip(self.relations, self.models, strict=True), key=lambda pair: pair[0].membership_id
            )
            if model.status == "member"
        ]

    def teardown(self) -> None:
        for relation, model in zip(getattr(self, "relations", []), getattr(self, "models", []), strict=True):
            if model.status is not NEVER:
                self.compare_history(relation, model)
                for step in model.steps:
                    for shift in (-1, 0, 1):
                        moment = datetime.fromisoformat(step["since"]).astimezone(CHINA)
                        self.compare(relation, model, moment.date() + timedelta(days=shift))

    def compare(self, relation: Relation, model: Model, day: date) -> None:
        found = self.alliances.ask(
            "membership_status_on", OFFICE, membership_id=relation.membership_id, day=day.isoformat()
        )
        is_to_come = day > in_china(self.alliances.clock.now()).date()
        assert found == (None if is_to_come else model.on(day))

    def compare_history(self, relation: Relation, model: Model) -> None:
        found = self.alliances.ask("history", subject_type="membership", subject_id=relation.membership_id)
        assert [row["version"] for row in found] == list(range(1, len(model.steps) + 1))
        assert [row["type"] for row in found] == model.messages
        assert [row["time"] for row in found] == [step["since"] for step in model.steps]


def test_whatever_is_done_memberships_are_as_the_model_says(alliances: AlliancesHub) -> None:
    class Here(Memberships):
        pass

    Here.alliances = alliances
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=set(Phase) - {Phase.shrink},  # a course of 25 steps is short enough to read, and quicker to get
        ),
    )
