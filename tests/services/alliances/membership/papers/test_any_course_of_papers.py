"""Any course of papers: against a small model, whatever is sent, replaced, taken back, handed in, decided and left alone.

At each step both sides see which papers there are, the secretariat alone reads them, the count of the hub is right, and
nothing lies in the store that has no paper. In the end there is nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.services.alliances.alliances_hub import OFFICE, AlliancesHub
from tests.services.alliances.membership.memberships.memberships import BEGINNINGS, NEVER, STEPS
from tests.services.alliances.membership.papers.applying import DAY, RULES, Applicant, an_applicant
from tests.services.service_hub import Refused
from tests.services.uploading import a_pdf, keep_pieces

UNDER_WAY = {"applied", "in_review", "returned"}
TAKEN = BEGINNINGS | {"returned"}
COURSE = sorted(
    {"apply_for_membership", "start_review", "return_application", "correct_application"}
    | {"admit_member", "decline_membership", "withdraw_member"}
)
BY_THE_ORGANIZATION = {"apply_for_membership", "correct_application", "withdraw_member"}
ROOM = 9_000
SWEPT = timedelta(minutes=130)
WHO = st.integers(0, 1)
KIND = st.sampled_from(["licence", "resolution", None])
SIZE = st.sampled_from([900, 1_500, 2_500])


@dataclass
class File:
    """A paper with the last ticket that gave it out, or one that was only announced and never had any."""

    id: str
    kind: str | None
    size: int
    at: datetime
    ticket: str = ""


@dataclass
class Model:
    """What should be known of one application: where it stands, since when it was decided, its files, and what is gone."""

    applicant: Applicant
    status: str = NEVER
    membership_id: str = ""
    decided_at: datetime | None = None
    papers: list[File] = field(default_factory=list)
    announced: list[File] = field(default_factory=list)
    gone: list[File] = field(default_factory=list)

    @property
    def size(self) -> int:
        return sum(each.size for each in [*self.papers, *self.announced])

    def refusal(self, kind: str | None, size: int, taken: int) -> str | None:
        """Why another file is not let in, if it is not."""
        others = [*self.papers, *self.announced]
        kinds = {each.kind for each in others if each.kind} | ({kind} if kind else set())
        if self.status not in TAKEN:
            return "MEMBERSHIP_STANDS"
        if len(kinds) + sum(not each.kind for each in others) + (not kind) > RULES["most"]:
            return "TOO_MANY_APPLICATION_PAPERS"
        return "PAPERS_STORAGE_FULL" if taken + size > ROOM else None

    def arrive(self, paper: File) -> None:
        self.let_go([each for each in self.papers if paper.kind and each.kind == paper.kind])
        self.papers.append(paper)

    def let_go(self, papers: list[File]) -> None:
        self.papers = [each for each in self.papers if each not in papers]
        self.gone += papers

    def needed_until(self, paper: File) -> datetime | None:
        if self.status in UNDER_WAY:
            return None
        if self.decided_at and self.decided_at >= paper.at:
            return self.decided_at + RULES["erase_days"] * DAY
        return paper.at + RULES["draft_days"] * DAY

    def pass_to(self, now: datetime) -> None:
        self.let_go([each for each in self.papers if (until := self.needed_until(each)) and until <= now])
        self.announced = [each for each in self.announced if each.at + SWEPT > now]


class Papers(RuleBasedStateMachine):
    """Two organisations that apply, each to an alliance of its own, in a hub with little room."""

    hub: AlliancesHub

    @initialize()
    def two_that_apply(self) -> None:
        self.hub.begin()
        self.models = [Model(an_applicant(self.hub, uploads=100)) for _ in range(2)]
        self.models[0].applicant.allow(hub=ROOM)

    @rule(who=WHO, kind=KIND, size=SIZE)
    def send(self, who: int, kind: str | None, size: int) -> None:
        model = self.models[who]
        with self._as_expected(model.refusal(kind, size, self._taken())):
            paper = model.applicant.send(kind, a_pdf(size))
            model.arrive(File(paper["id"], kind, size, self.hub.clock.now()))

    @rule(who=WHO, kind=KIND, size=SIZE)
    def announce(self, who: int, kind: str | None, size: int) -> None:
        """Of which one piece comes, and no paper."""
        model = self.models[who]
        with self._as_expected(model.refusal(kind, size, self._taken())):
            upload = model.applicant.begin(a_pdf(size), kind)
            keep_pieces(model.applicant.store, upload, a_pdf(size), 1)
            model.announced.append(File(upload["id"], kind, size, self.hub.clock.now()))

    @rule(who=WHO)
    def take_back(self, who: int) -> None:
        model = self.models[who]
        if model.papers:
            with self._as_expected(None if model.status in TAKEN else "MEMBERSHIP_STANDS"):
                given = {"paper_id": model.papers[0].id}
                self.hub.ask("remove_application_paper", model.applicant.speaker, **given)
                model.let_go(model.papers[:1])

    @rule(who=WHO, step=st.sampled_from(COURSE))
    def step(self, who: int, step: str) -> None:
        model, about = self.models[who], STEPS[step]
        if model.status not in about.starts:
            return
        hands_in = step in {"apply_for_membership", "correct_application"}
        lacks = hands_in and all(each.kind != "licence" for each in model.papers)
        with self._as_expected("APPLICATION_PAPERS_MISSING" if lacks else None):
            model.membership_id = self._take(model, step)["id"]
            if model.status in UNDER_WAY and about.leads_to not in UNDER_WAY:
                model.decided_at = self.hub.clock.now()
            model.status = about.leads_to

    @rule(hours=st.sampled_from([1, 3, 24, 24 * 29, 24 * 61]))
    def time_passes(self, hours: int) -> None:
        self.hub.clock.advance(timedelta(hours=hours))
        self.hub.ring()
        for model in self.models:
            model.pass_to(self.hub.clock.now())

    @rule(who=WHO, stranger=st.integers(0, 2))
    def a_stranger_asks(self, who: int, stranger: int) -> None:
        applicant, other = self.models[who].applicant, self.models[1 - who].applicant
        with self.hub.refuses("NOT_ALLOWED"):
            applicant.papers([OFFICE, other.keeper, other.speaker][stranger])

    @invariant()
    def both_sides_see_them_and_the_secretariat_alone_reads_them(self) -> None:
        for model in self.models:
            shown = model.applicant.papers()
            assert [(each["id"], each["url"]) for each in shown] == [(each.id, None) for each in model.papers]
            self._read(model, model.applicant.papers(model.applicant.keeper))

    @invariant()
    def the_count_of_the_hub_is_right(self) -> None:
        assert self.models[0].applicant.room_taken() == self._taken()

    def teardown(self) -> None:
        for model in getattr(self, "models", []):
            self._store_holds(model)
            if model.status in UNDER_WAY:
                self._take(model, "withdraw_member")
        if hasattr(self, "models"):
            self._wait_until_nothing_is_needed()

    def _wait_until_nothing_is_needed(self) -> None:
        for days in (1, RULES["erase_days"]):  # it is looked at anew the next day, and then goes on the day
            self.hub.clock.advance(days * DAY)
            self.hub.ring()
        for model in self.models:
            assert model.applicant.papers() == []
            model.let_go(model.papers)
            model.announced.clear()
            self._store_holds(model)
        assert self.models[0].applicant.rows() == (set(), set())
        assert self.models[0].applicant.room_taken() == 0

    def _read(self, model: Model, shown: list[dict[str, Any]]) -> None:
        """A link leads to its paper, and to nothing once that is gone."""
        for paper, seen in zip(model.papers, shown, strict=True):
            paper.ticket = seen["url"].rpartition("/")[2]
        for paper in model.papers[-1:]:
            assert self.hub.ask("paper_of_ticket", "", ticket=paper.ticket)["key"] == f"papers/{paper.id}"
        for paper in model.gone[-1:]:
            with pytest.raises(Refused) as refused:
                self.hub.ask("paper_of_ticket", "", ticket=paper.ticket)
            assert refused.value.codes[0] in {"NOT_FOUND", "TICKET_INVALID"}

    def _take(self, model: Model, step: str) -> dict[str, Any]:
        about, applicant = STEPS[step], model.applicant
        of = applicant.pair if about.of_pair else {"membership_id": model.membership_id}
        reason = {about.reason_is: "因故"} if about.with_reason else {}
        viewer = applicant.speaker if step in BY_THE_ORGANIZATION else applicant.keeper
        found: dict[str, Any] = self.hub.ask(step, viewer, **of, **reason)
        return found

    def _store_holds(self, model: Model) -> None:
        for each in model.papers:
            assert model.applicant.is_kept(each.id)
        for each in model.gone:
            assert not model.applicant.is_kept(each.id)

    def _taken(self) -> int:
        return sum(model.size for model in self.models)

    @contextmanager
    def _as_expected(self, refusal: str | None) -> Iterator[None]:
        """What is done here is refused with this code, or is done."""
        try:
            yield
        except Refused as refused:
            assert refused.codes == [refusal]
        else:
            assert refusal is None


def test_whatever_is_done_papers_are_as_the_model_says(alliances_on_sqlite: AlliancesHub) -> None:
    class Here(Papers):
        pass

    Here.hub = alliances_on_sqlite
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=4,
            stateful_step_count=14,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=set(Phase) - {Phase.shrink},
        ),
    )
