"""Any course of events in four services: organisations are merged and parted while members come, roles are given and taken,
entries and plans are made, and messages arrive late, twice and in any order; in the end all four say the same.

The model knows who was merged into whom, who speaks for whom, and what each was at every moment; from that alone follows
what every service has to show and who was told of what.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from kit.rights.merged import survivors
from kit.wire.envelope import Envelope
from tests.services.alliances.alliances_hub import representative
from tests.services.alliances.merging.mergers.merging import merge, unmerge
from tests.services.events.competitions.competing import a_track, opened
from tests.services.mergers.four_services import FourServices, codes
from tests.services.projects.planning.plans.writing import plan_for
from tests.services.service_hub import OFFICE, Refused

BODIES = 4
WHO, RANDOM = st.integers(0, BODIES - 1), st.integers(0, 2**32).map(Random)
STEPS = ("admit_member", "suspend_member", "resume_member", "expel_member", "decline_membership")
TOLD_TO_REPRESENTATIVES = {
    "alliances.member_invited",
    "alliances.member_admitted",
    "alliances.member_suspended",
    "alliances.member_resumed",
    "alliances.member_expelled",
    "alliances.membership_declined",
    "alliances.organizations_merged",
    "alliances.organizations_unmerged",
    "events.entry_submitted",
    "events.entry_withdrawn",
    "projects.item_assigned",
}
ENDS = {"alliances.role_revoked", "alliances.organizations_unmerged"}


class Moment(NamedTuple):
    """Who was one with whom, and who spoke, from one moment until the next."""

    roots: tuple[int, ...]
    speaking: frozenset[int]


class Entered(NamedTuple):
    id: str
    who: int
    contestant: str


class Course(RuleBasedStateMachine):
    """Four organisations, each with one who speaks for it, and an alliance."""

    hubs: FourServices
    track_id: str
    edition_id: str

    @initialize(random=RANDOM)
    def a_small_world(self, random: Random) -> None:
        self.alliances = self.hubs.alliances
        self.bodies = [self.alliances.organization() for _ in range(BODIES)]
        self.group = self.alliances.alliance()
        self.standing: list[tuple[int, int, Any]] = []
        self.speaking = set(range(BODIES))
        self.entries: list[Entered] = []
        self.moments: dict[Any, Moment] = {}
        self.since = len(self.hubs.said)
        self.hubs.deliver(random)
        self.note()

    # ---- what happens ---------------------------------------------------------------------------------------------

    @rule(survivor=WHO, other=WHO)
    def merge(self, survivor: int, other: int) -> None:
        self.later()
        if survivor == other or {self.root(survivor), self.root(other)} != {survivor, other}:
            return
        merger = merge(self.alliances, self.bodies[survivor], self.bodies[other])
        self.standing.append((survivor, other, merger))
        self.note()

    @rule(place=st.integers(0, BODIES - 1))
    def undo(self, place: int) -> None:
        self.later()
        if place >= len(self.standing):
            return
        survivor, _, merger = self.standing[place]
        if any(survivor in later[:2] for later in self.standing[place + 1 :]):
            return
        unmerge(self.alliances, merger)
        del self.standing[place]
        self.note()

    @rule(who=WHO)
    def take_or_give_the_role(self, who: int) -> None:
        self.later()
        role = {"person": self.person(who), "role": "representative", "scope_type": "organization"}
        role["scope_id"] = self.bodies[who]["id"]
        if who in self.speaking:
            self.alliances.ask("revoke_role", **role)
            self.speaking.remove(who)
        elif self.root(who) == who:
            self.alliances.ask("grant_role", **role)
            self.speaking.add(who)
        self.note()

    @rule(who=WHO)
    def invite(self, who: int) -> None:
        self.later()
        pair = {"alliance_id": self.group["id"], "organization_id": self.bodies[who]["id"]}
        codes(self.alliances, "invite_member", OFFICE, **pair)

    @rule(step=st.sampled_from(STEPS), which=st.integers(0, BODIES))
    def step(self, step: str, which: int) -> None:
        self.later()
        rows = self.alliances.ask("memberships", alliance_id=self.group["id"], first=100)["nodes"]
        if which < len(rows):
            reason = {} if step in {"admit_member", "resume_member"} else {"reason": "因故"}
            codes(self.alliances, step, OFFICE, membership_id=rows[which]["id"], **reason)

    @rule(random=RANDOM)
    def some_is_heard(self, random: Random) -> None:
        self.hubs.deliver(random, share=0.5)

    @rule(who=WHO, contestant=st.sampled_from("甲乙丙"), random=RANDOM, heard=st.booleans())
    def enter(self, who: int, contestant: str, random: Random, heard: bool) -> None:
        """Where not all is heard yet, what is known in events decides."""
        self.later()
        if heard:
            self.hubs.deliver(random)
        said, expected = list[str](), self.refused_with(who, contestant)
        which = {"track_id": self.track_id, "organization_id": self.bodies[who]["id"]}
        try:
            entry = self.hubs.events.ask("submit_entry", **which, contestant=f"{self.group['id']}{contestant}")
            self.entries.append(Entered(entry["id"], who, contestant))
        except Refused as refused:
            said = refused.codes
        assert not heard or said == expected

    @rule(random=RANDOM, who=WHO, which=st.integers(0, 5))
    def withdraw(self, random: Random, who: int, which: int) -> None:
        """By who speaks for any that is one with whom it was entered for."""
        self.later()
        self.hubs.deliver(random)
        if which >= len(self.entries):
            return
        entry = self.entries[which]
        said = codes(self.hubs.events, "withdraw_entry", self.person(who), entry_id=entry.id)
        may = who in self.speaking and self.root(who) == self.root(entry.who)
        assert (said == []) == may, said
        if may:
            del self.entries[which]

    @rule(who=WHO, random=RANDOM)
    def assign(self, who: int, random: Random) -> None:
        """An item of a plan that names an organisation is that of whoever stands for it."""
        self.later()
        self.hubs.deliver(random)
        before = len(self.hubs.projects.said())
        text = plan_for(self.bodies[who]["name_zh"]).replace("某市", f"某市第{before}次")
        self.hubs.projects.ask("import_plan", text=text, public=True)
        [told] = [data for type_, data in self.hubs.projects.said(since=before) if type_ == "projects.item_assigned"]
        assert told["organization_ids"] == [self.bodies[self.root(who)]["id"]]

    # ---- what must hold once all is heard -------------------------------------------------------------------------

    @rule(random=RANDOM)
    def all_is_heard(self, random: Random) -> None:
        self.hubs.deliver(random)
        self.later()
        for hub in self.hubs.listeners:
            with hub.runtime.database.transaction(writes=False) as session:
                assert survivors(session, self.ids) == self.expected_survivors(), hub.service.name
        for who in range(BODIES):
            self.check_sight(who)
        for envelope in self.hubs.said[self.since :]:
            if envelope.type in TOLD_TO_REPRESENTATIVES:
                self.check_told(envelope)

    def check_sight(self, who: int) -> None:
        """Who speaks for one sees the entries and memberships of all that are one with it."""
        events = self.hubs.events
        page = events.ask("entries", self.person(who), competition_id=self.edition_id, first=100)
        seen = {each["id"] for each in page["nodes"] if each["status"] != "withdrawn"}
        expected = {each.id for each in self.entries if self.root(each.who) == self.root(who)}
        assert seen == (expected if who in self.speaking else set())

    def check_told(self, envelope: Envelope) -> None:
        """Whoever spoke is told once; what was told before the end of a role or a merger was heard stays told."""
        moment = next(self.moments[at] for at in reversed(self.moments) if at <= envelope.time)
        roots = {moment.roots[self.ids.index(id_)] for id_ in _organizations(envelope.data)}
        expected = {self.person(who) for who in moment.speaking if moment.roots[who] in roots}
        told = [each for each in self.hubs.notify.told_of(envelope) if each.startswith("representative:")]
        assert len(told) == len(set(told)), envelope
        if self.was_heard_before_an_end(envelope):
            assert expected <= set(told), envelope
        else:
            assert expected == set(told), envelope

    def was_heard_before_an_end(self, envelope: Envelope) -> bool:
        """Whether notify has heard of something that had ended by then only later."""
        heard = self.hubs.heard["notify"]
        since = heard[heard.index(envelope.id) :]
        ended = (each for each in self.hubs.said[self.since :] if each.type in ENDS and each.time <= envelope.time)
        return any(each.id in since and heard.index(each.id) > heard.index(envelope.id) for each in ended)

    def teardown(self) -> None:
        for _, _, merger in reversed(getattr(self, "standing", [])):
            self.later()
            unmerge(self.alliances, merger)
        self.standing = []
        if hasattr(self, "entries"):
            self.note()
            self.all_is_heard(random=Random(0))

    # ---- the model ------------------------------------------------------------------------------------------------

    @property
    def ids(self) -> list[str]:
        return [body["id"] for body in self.bodies]

    def person(self, who: int) -> str:
        return representative(self.bodies[who])

    def root(self, who: int) -> int:
        into = {other: survivor for survivor, other, _ in self.standing}
        while who in into:
            who = into[who]
        return who

    def refused_with(self, who: int, contestant: str) -> list[str]:
        """The codes for an entry, once events has heard all."""
        if self.root(who) != who:
            return ["ORGANIZATION_MERGED"]
        stands = any(self.root(each.who) == who and each.contestant == contestant for each in self.entries)
        return ["ALREADY_ENTERED"] if stands else []

    def expected_survivors(self) -> dict[str, str]:
        concerned = {who for survivor, other, _ in self.standing for who in (survivor, other)}
        return {self.ids[who]: self.ids[self.root(who)] for who in concerned}

    def later(self) -> None:
        """Each thing happens in a minute of its own."""
        self.hubs.clock.advance(timedelta(minutes=1))

    def note(self) -> None:
        roots = tuple(self.root(who) for who in range(BODIES))
        self.moments[self.hubs.clock.now()] = Moment(roots, frozenset(self.speaking))


def _organizations(data: Mapping[str, Any]) -> set[str]:
    """The organisations that a message is about."""
    if "survivor" in data:
        return {data["survivor"]["id"], data["other"]["id"]}
    return {data["organization"]["id"]} if "organization" in data else set(data["organization_ids"])


@pytest.fixture
def four(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FourServices]:
    monkeypatch.setenv("HUB_HOME", str(tmp_path))
    hubs = FourServices()
    yield hubs
    hubs.stop()


def test_whatever_is_merged_and_heard_in_whatever_order_the_four_agree(four: FourServices) -> None:
    class Here(Course):
        hubs = four
        track_id = opened(four.events, tracks=[a_track(p340000=900)])
        edition_id = four.events.ask("competitions")["nodes"][0]["id"]

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=5,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=set(Phase) - {Phase.shrink},
        ),
    )
