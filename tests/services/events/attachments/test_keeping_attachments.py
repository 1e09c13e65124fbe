"""Keeping attachments: what is deleted when, what the store has left then, and that no course of events loses what is shown."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.authority import Role, Scope
from kit.files.store_local import DRAFTS
from kit.files.stores import store_at
from tests.services.events.attachments.attaching import WHY, Attaching, attaching
from tests.services.events.competitions.competing import CLOSES, ORGANIZER, an_edition
from tests.services.events.events_hub import EventsHub, eventually
from tests.services.service_hub import Refused
from tests.services.uploading import a_pdf, keep_pieces

DAY = timedelta(days=1)
NAMES = "ABC"


@pytest.fixture
def contest(events: EventsHub) -> Attaching:
    return attaching(events)


def is_gone(contest: Attaching, file_id: str) -> None:
    """Waits until the store has nothing of a file any more."""
    eventually(lambda: contest.store.size(f"attachments/{file_id}") is None)


def test_what_was_replaced_or_removed_goes_some_days_later_and_what_is_shown_stays(contest: Attaching) -> None:
    first, second, third = (contest.attach(a_pdf(800, mark)) for mark in NAMES)
    now = contest.attach(a_pdf(900), attachment_id=first["id"])
    for each in (second, third):
        contest.do("remove_attachment", attachment_id=each["id"])
    contest.do("restore_attachment", attachment_id=third["id"])
    contest.hub.clock.advance(20 * DAY)

    for each in (first, second):
        is_gone(contest, each["id"])
    assert [each["id"] for each in contest.shown(ORGANIZER)] == [first["id"], third["id"]]
    assert contest.fetch(contest.shown(ORGANIZER)[1]["file"]) == a_pdf(800, "C")
    assert contest.shown(ORGANIZER)[0]["file"]["sha256"] == now["file"]["sha256"]
    assert contest.shown(ORGANIZER)[0]["earlier"][0]["url"] is None
    assert contest.shown(ORGANIZER, "removed_attachments") == []
    with contest.hub.refuses("ATTACHMENT_ERASED", "attachmentId"):
        contest.do("restore_attachment", attachment_id=second["id"])


def test_all_go_when_the_time_of_the_competition_is_over_also_where_that_has_moved(contest: Attaching) -> None:
    made = contest.attach()
    contest.publish()
    contest.do("postpone_competition", competition_id=contest.id, days=10, reason="场地维修")
    contest.hub.clock.move_to(CLOSES + 109 * DAY)
    contest.hub.catch_up()
    assert contest.is_kept(made["id"])

    contest.hub.clock.advance(DAY)

    is_gone(contest, made["id"])
    [shown] = contest.shown()
    assert (shown["name_zh"], shown["file"]["url"]) == (made["name_zh"], None)


def test_a_file_that_comes_after_that_time_is_kept_as_long_again_be_it_new_or_a_next_version(
    contest: Attaching,
) -> None:
    made = contest.attach()
    contest.publish()
    contest.hub.clock.move_to(CLOSES + 100 * DAY)
    is_gone(contest, made["id"])

    version = contest.begin(a_pdf(900), attachment_id=made["id"], reason=WHY)
    keep_pieces(contest.store, version, a_pdf(900))
    contest.complete(version)
    further = contest.attach(reason=WHY)
    contest.hub.clock.advance(99 * DAY)
    contest.hub.catch_up()
    assert contest.is_kept(version["id"]) and contest.is_kept(further["id"])
    contest.hub.clock.advance(DAY)

    for each in (version, further):
        is_gone(contest, each["id"])


def test_rules_that_are_amended_say_anew_how_long(contest: Attaching) -> None:
    made = contest.attach()
    contest.publish()
    rules = {"attachments": {"keep_days": 5}}
    contest.do("amend_rules", competition_id=contest.id, rules=rules, reason="缩短")
    contest.hub.clock.move_to(CLOSES + 5 * DAY)

    is_gone(contest, made["id"])


def test_a_draft_that_is_discarded_leaves_nothing(contest: Attaching) -> None:
    first = contest.attach()
    contest.attach(a_pdf(900), attachment_id=first["id"])
    left = contest.begin(a_pdf())
    keep_pieces(contest.store, left, a_pdf())
    contest.do("discard_draft", competition_id=contest.id)
    with contest.hub.refuses("NOT_FOUND", "competitionId"):
        contest.complete(left)
    contest.hub.clock.advance(timedelta(minutes=130))

    eventually(lambda: not _files(contest))


def test_an_upload_that_nobody_completes_is_swept(contest: Attaching) -> None:
    made, left = contest.attach(), contest.begin(a_pdf())
    keep_pieces(contest.store, left, a_pdf(), 1, 2)
    contest.hub.clock.advance(timedelta(minutes=120))
    with contest.hub.refuses("UPLOAD_EXPIRED", "uploadId"):
        contest.complete(left)
    contest.hub.clock.advance(timedelta(minutes=10))

    eventually(lambda: _files(contest) == [f"attachments/{made['id']}"])


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    course=st.lists(st.tuples(st.sampled_from(("remove", "restore", "rename", "order")), st.integers(0, 2)), max_size=7)
)
def test_whatever_organisers_do_everybody_sees_what_they_left(events: EventsHub, course: list[tuple[str, int]]) -> None:
    """Against a plain list: what is removed leaves it, what is restored stands last, an order is the order."""
    contest = _another(events)
    ids = [contest.attach(a_pdf(300), name_zh=name, name_en=name)["id"] for name in NAMES]
    shown, names = list(ids), dict(zip(ids, NAMES, strict=True))
    for place, (step, which) in enumerate(course):
        _take(contest, step, ids[which], shown, names, str(place))

    contest.publish()

    assert [(each["id"], each["name_zh"]) for each in contest.shown()] == [(each, names[each]) for each in shown]
    removed = {each["id"] for each in contest.shown(ORGANIZER, "removed_attachments")}
    assert removed == set(ids) - set(shown)


def _take(contest: Attaching, step: str, one: str, shown: list[str], names: dict[str, str], word: str) -> None:
    """One step, and what it makes of the list; what cannot be done leaves it."""
    try:
        if step == "rename":
            contest.do("rename_attachment", attachment_id=one, name_zh=word, name_en=word)
            names[one] = word
        elif step == "order":
            contest.do("order_attachments", competition_id=contest.id, attachment_ids=shown[::-1])
            shown.reverse()
        else:
            contest.do(f"{step}_attachment", attachment_id=one, reason=WHY)
            (shown.remove if step == "remove" else shown.append)(one)
    except Refused as refused:
        assert refused.problems[0]["code"] in _MAY_BE_REFUSED[step]


_MAY_BE_REFUSED = {
    "rename": {"ATTACHMENT_REMOVED"},
    "order": {"NOTHING_CHANGED", "TOO_SHORT", "REQUIRED", "INVALID"},
    "remove": {"ATTACHMENT_REMOVED"},
    "restore": {"ATTACHMENT_STANDS"},
}


def _another(events: EventsHub) -> Attaching:
    """A draft of a series of its own."""
    number = len(events.said())
    series = {"name_zh": f"第{number}项大赛", "name_en": f"Contest {number}"}
    draft = events.ask("draft_competition", **an_edition(series=series, rules={"attachments": {"most": 3}}))
    events.grant(ORGANIZER, Role.ORGANIZER, Scope.event(draft["series"]["id"]))
    return Attaching(events, draft)


def _files(contest: Attaching) -> list[str]:
    """What lies in the store, but for what is being written."""
    [root] = store_at(contest.hub.runtime.settings).folders()
    found = (each.relative_to(root) for each in root.rglob("*") if each.is_file())
    return sorted(str(each) for each in found if each.parts[0] != DRAFTS)
