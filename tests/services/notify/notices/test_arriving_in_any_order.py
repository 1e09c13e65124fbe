"""Order: whoever held the role when a fact happened is told of it once, in whatever order the messages arrive."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.authority import Role, Scope
from contracts.events.admission.entries import EntriesClosed
from services.notify.notices.commands import LOOK_BACK
from tests.services.notify.notices.story import HOUR, Deed, Story, story
from tests.services.notify.notify_hub import (
    ALLIANCE,
    COMPETITION,
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


def test_a_representative_known_after_the_admission_is_told_of_it(notify: NotifyHub) -> None:
    fact = membership("MemberAdmitted", at=NOW)

    notify.hear(fact, represents("late", at=NOW - HOUR))

    assert notify.told_of(fact) == ["late"]


def test_a_member_known_after_the_publication_is_told_of_it(notify: NotifyHub) -> None:
    fact = published(at=NOW)

    notify.hear(fact, represents("late", at=NOW - HOUR))
    notify.hear(membership("MemberAdmitted", at=NOW - HOUR))

    assert notify.told_of(fact) == ["late"]


def test_an_organizer_known_late_is_told_of_the_end_of_entries(notify: NotifyHub) -> None:
    said = {"competition": COMPETITION, "edition": 14, "alliance_id": ALLIANCE.id, "entries": 3}
    fact = envelope(EntriesClosed(**said, opens_at=NOW, closes_at=NOW, series_id=SERIES))

    notify.hear(fact, granted("late", Role.ORGANIZER, Scope.event(SERIES), at=NOW - HOUR))

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


BEGINNINGS = ("appoint", "join", "publish", "assign")
ALL = (*BEGINNINGS, "dismiss", "leave")


def deeds(verbs: tuple[str, ...]) -> st.SearchStrategy[list[Deed]]:
    return st.lists(st.tuples(st.sampled_from(verbs), st.sampled_from("pq"), st.sampled_from((0, 1))), max_size=10)


def _told(notify: NotifyHub, told: Story) -> dict[str, list[str]]:
    """Who has a notice of each fact, as often as they have one."""
    found: dict[str, list[str]] = {fact: [] for fact in told.exact}
    for message_id, _, person in notify.told():
        if message_id in found:
            found[message_id].append(person)
    return {fact: sorted(persons) for fact, persons in found.items()}


ONE_HUB = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@ONE_HUB
@given(done=deeds(BEGINNINGS), data=st.data())
def test_where_nothing_ends_any_order_and_repetition_gives_the_same_notices(
    notify: NotifyHub, done: list[Deed], data: st.DataObject
) -> None:
    happened = story(done)

    notify.hear(*data.draw(st.permutations(happened.messages * 2)))

    assert _told(notify, happened) == {fact: sorted(persons) for fact, persons in happened.exact.items()}


@ONE_HUB
@given(done=deeds(ALL), data=st.data())
def test_where_roles_end_nobody_is_missed_and_only_former_holders_may_be_told_besides(
    notify: NotifyHub, done: list[Deed], data: st.DataObject
) -> None:
    happened = story(done)

    notify.hear(*data.draw(st.permutations(happened.messages * 2)))

    for fact, told in _told(notify, happened).items():
        assert len(told) == len(set(told))
        assert happened.exact[fact] <= set(told) <= happened.widest[fact]


@ONE_HUB
@given(done=deeds(ALL), data=st.data())
def test_where_every_role_and_membership_is_known_first_exactly_those_concerned_are_told(
    notify: NotifyHub, done: list[Deed], data: st.DataObject
) -> None:
    happened = story(done)
    known = [message for message in happened.messages if message.type.startswith("alliances.")]
    others = [message for message in happened.messages if message not in known]

    notify.hear(*data.draw(st.permutations(known)), *data.draw(st.permutations(others)))

    told = _told(notify, happened)
    assert {fact.id: told[fact.id] for fact in others} == {fact.id: sorted(happened.exact[fact.id]) for fact in others}
