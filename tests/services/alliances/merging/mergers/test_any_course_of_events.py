"""Any course of events: whatever is merged, undone and done to memberships between, nothing is lost and nobody stands twice."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.services.alliances.alliances_hub import AlliancesHub, representative
from tests.services.alliances.merging.mergers.merging import found, merge, unmerge
from tests.services.service_hub import Refused

WHO, WHERE = st.integers(0, 3), st.integers(0, 1)
LIVE = {"invited", "applied", "in_review", "member", "suspended"}
STEPS = {
    "admit_member": False,
    "suspend_member": True,
    "resume_member": False,
    "withdraw_member": True,
    "expel_member": True,
    "decline_membership": True,
}


class Mergers(RuleBasedStateMachine):
    """Four organisations and two alliances; the model knows who was merged into whom, and in what order."""

    alliances: AlliancesHub

    @initialize()
    def a_small_world(self) -> None:
        self.alliances.begin()
        self.bodies = [self.alliances.organization() for _ in range(4)]
        self.groups = [self.alliances.alliance() for _ in range(2)]
        self.standing: list[tuple[int, int, Any, dict[str, Any]]] = []

    def root(self, who: int) -> int:
        into = {other: survivor for survivor, other, _, _ in self.standing}
        while who in into:
            who = into[who]
        return who

    @rule(survivor=WHO, other=WHO, keep=st.sampled_from(["survivor", "other"]))
    def merge(self, survivor: int, other: int, keep: str) -> None:
        if survivor == other:
            return
        before, live = self.memberships(), self.live()
        merged = self.root(survivor) != survivor or self.root(other) != other
        try:
            merger = merge(self.alliances, self.bodies[survivor], self.bodies[other], keep=keep)
        except Refused as refused:
            assert merged and refused.codes == ["ORGANIZATION_MERGED"]
            return
        assert not merged
        self.standing.append((survivor, other, merger, before))
        assert {(self.root(who), where) for who, where in live} == {
            (self.root(who), where) for who, where in self.live()
        }

    @rule(place=st.integers(0, 3))
    def undo(self, place: int) -> None:
        """What nobody has touched since stands as before, also where it was merged meanwhile."""
        if place >= len(self.standing):
            return
        survivor, _, merger, before = self.standing[place]
        later = self.standing[place + 1 :]
        held = any(survivor in (each[0], each[1]) for each in later)
        now = self.memberships()
        try:
            unmerge(self.alliances, merger)
        except Refused as refused:
            assert held and refused.codes == ["UNMERGE_LATER_FIRST"]
            return
        assert not held
        del self.standing[place]
        for id_, status in self.memberships().items():
            if now[id_] != "merged":
                assert status == now[id_]
            elif status != "merged":
                assert status == before[id_]

    @rule(who=WHO, where=WHERE)
    def apply(self, who: int, where: int) -> None:
        pair = {"alliance_id": self.groups[where]["id"], "organization_id": self.bodies[who]["id"]}
        stands = (self.root(who), where) in {(self.root(one), place) for one, place in self.live()}
        person = representative(self.bodies[self.root(who)])
        expected = ["ORGANIZATION_MERGED"] if self.root(who) != who else ["MEMBERSHIP_STANDS"] if stands else []
        try:
            self.alliances.ask("apply_for_membership", person, **pair)
            codes: list[str] = []
        except Refused as refused:
            codes = refused.codes
        assert codes == expected

    @rule(step=st.sampled_from(sorted(STEPS)), which=st.integers(0, 7))
    def step(self, step: str, which: int) -> None:
        ids = sorted(self.memberships())
        if which < len(ids):
            reason = {"reason": "因故"} if STEPS[step] else {}
            try:
                self.alliances.ask(step, membership_id=ids[which], **reason)
            except Refused as refused:
                assert refused.codes == ["MEMBERSHIP_STANDS"]

    @invariant()
    def every_id_means_the_one_that_stands(self) -> None:
        ids = [body["id"] for body in self.bodies]
        rows = self.alliances.ask("organizations_by_id", "", ids=ids)
        means = {id_: row["id"] for row in rows for id_ in (row["id"], *row.get("merged_ids", ()))}
        assert means == {id_: ids[self.root(place)] for place, id_ in enumerate(ids)}

    @invariant()
    def nobody_stands_twice_in_an_alliance(self) -> None:
        standing = [(self.root(who), where) for who, where in self.live()]
        assert len(standing) == len(set(standing))

    @invariant()
    def representatives_of_one_see_what_is_of_all_that_are_one(self) -> None:
        for place, body in enumerate(self.bodies):
            mine = self.alliances.ask("my_memberships", representative(body), first=100)["nodes"]
            of = {each["organization_id"] for each in self.rows()}
            ids = {self.bodies[one]["id"] for one in range(4) if self.root(one) == self.root(place)}
            assert {each["organization_id"] for each in mine} == of & ids

    def teardown(self) -> None:
        for survivor, other, merger, _ in reversed(getattr(self, "standing", [])):
            unmerge(self.alliances, merger)
            assert found(self.alliances, self.bodies[other])["id"] == self.bodies[other]["id"], survivor
        for body in getattr(self, "bodies", []):
            assert found(self.alliances, body) == body

    def rows(self) -> list[dict[str, Any]]:
        pages = [self.alliances.ask("memberships", alliance_id=each["id"], first=100)["nodes"] for each in self.groups]
        return [row for page in pages for row in page]

    def memberships(self) -> dict[str, str]:
        return {row["id"]: row["status"] for row in self.rows()}

    def live(self) -> list[tuple[int, int]]:
        ids, groups = [body["id"] for body in self.bodies], [each["id"] for each in self.groups]
        return [
            (ids.index(row["organization_id"]), groups.index(row["alliance_id"]))
            for row in self.rows()
            if row["status"] in LIVE
        ]


def test_whatever_is_merged_and_undone_nothing_is_lost(alliances_on_sqlite: AlliancesHub) -> None:
    class Here(Mergers):
        pass

    Here.alliances = alliances_on_sqlite
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=8,
            stateful_step_count=14,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=set(Phase) - {Phase.shrink},
        ),
    )
