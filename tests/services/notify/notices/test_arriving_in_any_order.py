"""Order: whoever held the role when a fact happened is told of it once, in whatever order the messages arrive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.authority import Role, Scope
from contracts.base import Named
from contracts.events import EntriesClosed
from contracts.projects import ItemAssigned
from kit.envelope import Envelope
from kit.ids import new_id
from services.notify.notices.commands import LOOK_BACK
from tests.services.notify.notify_hub import (
    ALLIANCE,
    COMPETITION,
    HUANGSHAN,
    NOW,
    SERIES,
    NotifyHub,
    envelope,
    granted,
    granted_again,
    membership,
    published,
    represents,
    revoked,
)

HOUR = timedelta(hours=1)
ORGANIZATIONS = {name: Named(id=new_id(), zh=f"单位{name}", en=name) for name in "AB"}
PERSONS = ("p", "q")


def test_a_representative_known_after_the_admission_is_told_of_it(notify: NotifyHub) -> None:
    fact = membership("MemberAdmitted", at=NOW)

    notify.hear(fact, represents("late", at=NOW - HOUR))

    assert notify.told_of(fact) == ["late"]


def test_a_member_known_after_the_publication_is_told_of_it(notify: NotifyHub) -> None:
    fact = published(at=NOW)

    notify.hear(fact, represents("late", at=NOW - HOUR))
    notify.hear(membership("MemberAdmitted", at=NOW - HOUR))

    assert notify.told_of(fact) == ["late"]


def test_who_came_to_the_role_after_the_fact_is_not_told(notify: NotifyHub) -> None:
    fact = membership("MemberInvited", at=NOW)

    notify.hear(represents("too late", at=NOW + HOUR), fact)

    assert notify.told_of(fact) == []


def test_who_had_left_the_role_before_the_fact_is_not_told(notify: NotifyHub) -> None:
    grant = represents("gone", at=NOW - 2 * HOUR)
    fact = membership("MemberInvited", at=NOW)

    notify.hear(grant, revoked(grant, NOW - HOUR), fact)

    assert notify.told_of(fact) == []


def test_who_left_the_role_and_came_back_is_told_of_both_times_and_not_of_the_gap(notify: NotifyHub) -> None:
    grant = represents("back", at=NOW - 9 * HOUR)
    first, gap, second = (membership("MemberInvited", at=NOW - hours * HOUR) for hours in (8, 6, 4))

    notify.hear(first, gap, second)
    notify.hear(granted_again(grant, NOW - 5 * HOUR), revoked(grant, NOW - 7 * HOUR), grant)

    assert [notify.told_of(fact) for fact in (first, gap, second)] == [["back"], [], ["back"]]


def test_a_suspended_member_is_not_told_of_a_competition_and_a_resumed_one_is(notify: NotifyHub) -> None:
    steps = ("MemberAdmitted", "MemberSuspended", "MemberResumed")
    history = [membership(step, at=NOW + 2 * i * HOUR, version=i + 1) for i, step in enumerate(steps)]
    facts = [published(at=NOW + (2 * i + 1) * HOUR) for i in range(3)]

    notify.hear(represents("huangshan"), *reversed(history), *facts)

    assert [notify.told_of(fact) for fact in facts] == [["huangshan"], [], ["huangshan"]]


def test_old_news_is_not_told_to_those_who_become_known_late(notify: NotifyHub) -> None:
    old, recent = published(at=NOW - LOOK_BACK - HOUR), published(at=NOW - LOOK_BACK + HOUR)
    long_ago = NOW - 2 * LOOK_BACK

    notify.hear(old, recent)
    notify.hear(membership("MemberAdmitted", at=long_ago), represents("late", at=long_ago))

    assert [notify.told_of(fact) for fact in (old, recent)] == [[], ["late"]]


@dataclass
class Story:
    """What happened, hour by hour, the messages that tell it, and who is to be told of each fact."""

    messages: list[Envelope] = field(default_factory=list)
    facts: dict[str, set[str]] = field(default_factory=dict)
    ever: dict[str, set[str]] = field(default_factory=dict)
    grants: dict[tuple[str, str], Envelope] = field(default_factory=dict)
    held: set[tuple[str, str]] = field(default_factory=set)
    once_held: set[tuple[str, str]] = field(default_factory=set)
    members: dict[str, int] = field(default_factory=dict)
    once_members: set[str] = field(default_factory=set)
    versions: dict[str, int] = field(default_factory=dict)

    def tell(self, deed: tuple[str, str, str], at: datetime) -> None:
        verb, person, organization = deed
        deeds: dict[str, Callable[[str, str, datetime], None]] = {
            "appoint": self._appoint,
            "dismiss": self._dismiss,
            "join": self._join,
            "leave": self._leave,
            "publish": self._publish,
            "assign": self._assign,
        }
        deeds[verb](person, organization, at)

    def _appoint(self, person: str, organization: str, at: datetime) -> None:
        pair = (person, organization)
        if pair not in self.held and pair not in self.grants:
            self.grants[pair] = represents(person, ORGANIZATIONS[organization], at)
            self.messages.append(self.grants[pair])
            self.held.add(pair)
            self.once_held.add(pair)

    def _dismiss(self, person: str, organization: str, at: datetime) -> None:
        pair = (person, organization)
        if pair in self.held:
            self.held.remove(pair)
            self.messages.append(revoked(self.grants[pair], at))

    def _join(self, _person: str, organization: str, at: datetime) -> None:
        if organization not in self.members:
            self.members[organization] = 1
            self.once_members.add(organization)
            self._step("MemberAdmitted", organization, at)

    def _leave(self, _person: str, organization: str, at: datetime) -> None:
        if self.members.pop(organization, None):
            self._step("MemberWithdrawn", organization, at)

    def _step(self, step: str, organization: str, at: datetime) -> None:
        version = self.versions[organization] = self.versions.get(organization, 0) + 1
        fact = membership(step, ORGANIZATIONS[organization], at, version)
        self._fact(fact, {organization} if step == "MemberAdmitted" else set(), {organization})

    def _publish(self, _person: str, _organization: str, at: datetime) -> None:
        self._fact(published(at), set(self.members), self.once_members)

    def _assign(self, _person: str, organization: str, at: datetime) -> None:
        item = ItemAssigned(
            plan_id=new_id(),
            plan_title="x",
            item_id=new_id(),
            item_key="1",
            item_text="x",
            organization_ids=[ORGANIZATIONS[organization].id],
        )
        self._fact(envelope(item, at), {organization}, {organization})

    def _fact(self, fact: Envelope, organizations: set[str], perhaps: set[str]) -> None:
        self.messages.append(fact)
        self.facts[fact.id] = {person for person, place in self.held if place in organizations}
        concerned = organizations if fact.type != published().type else perhaps
        self.ever[fact.id] = {person for person, place in self.once_held if place in concerned}


VERBS = ("appoint", "dismiss", "join", "leave", "publish", "assign")
BEGINNINGS = ("appoint", "join", "publish", "assign")


def _story(deeds: list[tuple[str, str, str]]) -> Story:
    for name in ORGANIZATIONS:  # each story is about organisations of its own
        ORGANIZATIONS[name] = Named(id=new_id(), zh=f"单位{name}", en=name)
    story = Story()
    for hour, deed in enumerate(deeds):
        story.tell(deed, NOW + hour * HOUR)
    return story


def _deeds(verbs: tuple[str, ...]) -> st.SearchStrategy[list[tuple[str, str, str]]]:
    return st.lists(st.tuples(st.sampled_from(verbs), st.sampled_from(PERSONS), st.sampled_from("AB")), max_size=10)


def _told(notify: NotifyHub, story: Story) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {fact: [] for fact in story.facts}
    for message_id, _, person in notify.told():
        if message_id in told:
            told[message_id].append(person)
    return {fact: sorted(persons) for fact, persons in told.items()}


ONE_HUB = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@ONE_HUB
@given(deeds=_deeds(BEGINNINGS), data=st.data())
def test_where_nothing_ends_any_order_and_repetition_gives_the_same_notices(
    notify: NotifyHub, deeds: list[tuple[str, str, str]], data: st.DataObject
) -> None:
    story = _story(deeds)

    notify.hear(*data.draw(st.permutations(story.messages * 2)))

    assert _told(notify, story) == {fact: sorted(persons) for fact, persons in story.facts.items()}


@ONE_HUB
@given(deeds=_deeds(VERBS), data=st.data())
def test_where_roles_end_nobody_is_missed_and_only_former_holders_may_be_told_besides(
    notify: NotifyHub, deeds: list[tuple[str, str, str]], data: st.DataObject
) -> None:
    story = _story(deeds)

    notify.hear(*data.draw(st.permutations(story.messages * 2)))

    for fact, told in _told(notify, story).items():
        assert len(told) == len(set(told))
        assert story.facts[fact] <= set(told) <= story.ever[fact]


@ONE_HUB
@given(deeds=_deeds(VERBS), data=st.data())
def test_where_every_role_and_membership_is_known_first_exactly_those_concerned_are_told(
    notify: NotifyHub, deeds: list[tuple[str, str, str]], data: st.DataObject
) -> None:
    story = _story(deeds)
    told_of_roles = [message for message in story.messages if message.type.startswith("alliances.")]
    others = [message for message in story.messages if message not in told_of_roles]

    notify.hear(*data.draw(st.permutations(told_of_roles)), *data.draw(st.permutations(others)))

    expected = {fact.id: sorted(story.facts[fact.id]) for fact in others}
    told = _told(notify, story)
    assert {fact: told[fact] for fact in expected} == expected


def test_an_organizer_known_late_is_told_of_the_end_of_entries(notify: NotifyHub) -> None:
    said = {"competition": COMPETITION, "edition": 14, "alliance_id": ALLIANCE.id, "entries": 3}
    fact = envelope(EntriesClosed(**said, opens_at=NOW, closes_at=NOW, series_id=SERIES))

    notify.hear(fact, granted("late", Role.ORGANIZER, Scope.event(SERIES), at=NOW - HOUR))

    assert notify.told_of(fact) == ["late"]
    assert notify.told_of(membership("MemberAdmitted", HUANGSHAN)) == []
