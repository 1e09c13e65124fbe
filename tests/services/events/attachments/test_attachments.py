"""Attachments of a competition: what entrants see before and after publication, who is told, and how a mistake is put right."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services.events.attachments import queries
from tests.services.events.attachments.attaching import NAMES, WHY, Attaching, attaching
from tests.services.events.competitions.competing import OPENS, ORGANIZER
from tests.services.events.events_hub import NOW, EventsHub
from tests.services.service_hub import Refused, at_once
from tests.services.uploading import PDF, a_pdf, keep_pieces, told


@pytest.fixture
def contest(events: EventsHub) -> Attaching:
    return attaching(events)


def test_a_draft_shows_its_organisers_what_everybody_will_get(contest: Attaching) -> None:
    content = a_pdf(2_500, "call")
    made = contest.attach(content)

    file = made["file"]
    facts = {**told(content, name="通知.pdf"), "version": 1, "reason": "", "completed_at": NOW.isoformat()}
    assert {**facts, "url": file["url"]} == file
    assert {**NAMES, "removed_at": None, "earlier": []}.items() <= made.items()
    assert (contest.shown(), contest.shown(ORGANIZER)) == ([], [made])
    contest.publish()
    assert contest.shown() == [made]
    assert contest.fetch(contest.shown()[0]["file"]) == content


def test_who_has_entered_is_told_of_each_change_after_publication(contest: Attaching) -> None:
    first = contest.attach()
    contest.publish()
    entered = _entered(contest)
    said = len(contest.hub.said())

    with contest.hub.refuses("REQUIRED", "reason"):
        contest.begin(a_pdf(), attachment_id=first["id"])
    contest.attach(a_pdf(900, "plan"), name_zh="赛场平面图", name_en="Plan", reason=WHY)
    contest.attach(a_pdf(900, "second"), attachment_id=first["id"], reason="更正时间")
    contest.do("remove_attachment", attachment_id=first["id"], reason="作废")
    contest.do("restore_attachment", attachment_id=first["id"], reason="误删")

    told_of = [(type_, body["attachment"]["zh"], body["reason"]) for type_, body in contest.hub.said(since=said)]
    assert told_of == [
        ("events.attachment_added", "赛场平面图", WHY),
        ("events.attachment_replaced", "竞赛通知", "更正时间"),
        ("events.attachment_removed", "竞赛通知", "作废"),
        ("events.attachment_added", "竞赛通知", "误删"),
    ]
    assert all(body["organization_ids"] == [entered] for _, body in contest.hub.said(since=said))


def test_of_a_draft_nobody_is_told(contest: Attaching) -> None:
    said = len(contest.hub.said())
    contest.attach(a_pdf(800), attachment_id=contest.attach()["id"])

    assert [body["organization_ids"] for _, body in contest.hub.said(since=said)] == [[], []]


def test_what_was_replaced_is_known_to_all_and_read_by_organisers(contest: Attaching) -> None:
    first = contest.attach(a_pdf(800, "first"))
    contest.publish()
    link = contest.shown()[0]["file"]
    now = contest.attach(a_pdf(900, "second"), attachment_id=first["id"], name_en="Second call", reason=WHY)

    assert (now["name_zh"], now["name_en"], now["file"]["version"]) == ("竞赛通知", "Second call", 2)
    [shown] = contest.shown()
    assert [(each["version"], each["sha256"], each["url"]) for each in shown["earlier"]] == [
        (1, first["file"]["sha256"], None)
    ]
    [own] = contest.shown(ORGANIZER)
    assert contest.fetch(own["earlier"][0]) == a_pdf(800, "first")
    assert contest.fetch(shown["file"]) == a_pdf(900, "second")
    with contest.hub.refuses("NOT_FOUND", "ticket"):
        contest.fetch(link)


def test_what_was_removed_is_shown_to_organisers_alone_and_can_be_restored(contest: Attaching) -> None:
    first, second = contest.attach(), contest.attach(name_zh="附表", name_en="Form")
    contest.publish()

    left = contest.do("remove_attachment", attachment_id=first["id"], reason=WHY)

    assert [each["id"] for each in left] == [second["id"]] == [each["id"] for each in contest.shown()]
    assert contest.shown("somebody", "removed_attachments") == []
    [removed] = contest.shown(ORGANIZER, "removed_attachments")
    assert contest.fetch(removed["file"]) == a_pdf()
    with contest.hub.refuses("ATTACHMENT_REMOVED", "attachmentId"):
        contest.do("remove_attachment", attachment_id=first["id"], reason=WHY)
    contest.do("restore_attachment", attachment_id=first["id"], reason="误删")
    with contest.hub.refuses("ATTACHMENT_STANDS", "attachmentId"):
        contest.do("restore_attachment", attachment_id=first["id"], reason="误删")
    assert [each["id"] for each in contest.shown()] == [second["id"], first["id"]]


def test_names_are_corrected_and_the_order_is_the_organisers(contest: Attaching) -> None:
    ids = [contest.attach(name_zh=name, name_en=name)["id"] for name in "ABC"]
    with contest.hub.refuses("NOT_ALL_ATTACHMENTS", "attachmentIds", count=3):
        contest.do("order_attachments", competition_id=contest.id, attachment_ids=[ids[0], ids[0], ids[1]])
    with contest.hub.refuses("NOTHING_CHANGED", "attachmentIds"):
        contest.do("order_attachments", competition_id=contest.id, attachment_ids=ids)

    ordered = contest.do("order_attachments", competition_id=contest.id, attachment_ids=[ids[2], *ids[:2]])
    renamed = contest.do("rename_attachment", attachment_id=ids[0], name_zh="甲", name_en="A")

    assert [each["name_zh"] for each in ordered] == ["C", "A", "B"]
    assert (renamed["name_zh"], renamed["file"]["version"]) == ("甲", 1)
    with contest.hub.refuses("NOTHING_CHANGED", "nameZh"):
        contest.do("rename_attachment", attachment_id=ids[0], name_zh="甲", name_en="A")


def test_what_is_no_attachment_is_refused(contest: Attaching) -> None:
    hub = contest.hub
    with pytest.raises(Refused) as refused:
        contest.begin(a_pdf(), media_type="text/html")
    assert refused.value.problems[0]["code"] == "MEDIA_TYPE_NOT_TAKEN"
    with hub.refuses("FILE_TOO_LARGE", "size", max=10_000):
        contest.begin(a_pdf(10_001))
    with hub.refuses("REQUIRED", "nameEn"):
        contest.begin(a_pdf(), name_en=None)
    with hub.refuses("NOT_ALLOWED"):
        contest.begin(a_pdf(), "somebody")
    false = contest.begin(b"<script>no PDF at all</script>")
    keep_pieces(contest.store, false, b"<script>no PDF at all</script>")
    with hub.refuses("NOT_THAT_TYPE", "mediaType", type=PDF):
        contest.complete(false)
    assert contest.shown(ORGANIZER) == []


def test_attachments_are_counted_with_those_on_their_way(contest: Attaching) -> None:
    first = contest.attach()
    contest.attach()
    contest.begin(a_pdf())

    with contest.hub.refuses("TOO_MANY_ATTACHMENTS", None, max=3):
        contest.begin(a_pdf())
    contest.attach(a_pdf(700), attachment_id=first["id"])


def test_an_edition_has_so_much_room(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB_ATTACHMENTS_EDITION_BYTES", "5000")
    contest = attaching(request.getfixturevalue("events"))
    first = contest.attach(a_pdf(3_000))
    contest.begin(a_pdf(1_500), attachment_id=first["id"])

    full: dict[str, int] = {"used": 4_500, "left": 500, "max": 5_000}
    with contest.hub.refuses("ATTACHMENT_STORAGE_FULL", "size", **full):
        contest.begin(a_pdf(501))
    contest.begin(a_pdf(500))


def test_complete_again_gives_the_same_answer_and_a_draft_that_became_public_wants_a_reason(
    contest: Attaching,
) -> None:
    made = contest.attach()
    assert contest.complete({"id": made["id"]}) == made
    late = contest.begin(a_pdf(600))
    keep_pieces(contest.store, late, a_pdf(600))
    contest.publish()

    with contest.hub.refuses("REQUIRED", "reason"):
        contest.complete(late)
    contest.do("cancel_competition", competition_id=contest.id, reason="停办")
    with contest.hub.refuses("COMPETITION_CANCELLED", None):
        contest.begin(a_pdf(), reason=WHY)


def test_an_upload_that_is_completed_twice_at_once_gives_both_the_same_answer(contest: Attaching) -> None:
    upload = contest.begin(a_pdf(900))
    keep_pieces(contest.store, upload, a_pdf(900))

    one, other = at_once(*[lambda: contest.complete(upload)] * 2)

    assert one == other == contest.shown(ORGANIZER)[0]


def test_a_list_that_was_published_by_mistake_goes_from_a_cancelled_competition_too(contest: Attaching) -> None:
    made = contest.attach()
    contest.publish()
    contest.do("cancel_competition", competition_id=contest.id, reason="停办")

    with contest.hub.refuses("REQUIRED", "reason"):
        contest.do("remove_attachment", attachment_id=made["id"])
    assert contest.do("remove_attachment", attachment_id=made["id"], reason="误发名单") == []
    assert contest.shown() == []
    with contest.hub.refuses("COMPETITION_CANCELLED", None):
        contest.do("restore_attachment", attachment_id=made["id"], reason=WHY)


def test_of_those_that_were_removed_the_last_ones_of_each_edition_are_shown(
    events: EventsHub, contest: Attaching, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "REMOVED", 1)
    contests = [contest, Attaching(events, _next_edition(events, contest))]
    removed = []
    for one in contests:
        for _ in range(2):
            removed.append(one.attach()["id"])
            one.hub.clock.advance(timedelta(seconds=1))
            one.do("remove_attachment", attachment_id=removed[-1])

    found = events.ask("removed_attachments", ORGANIZER, competition_ids=[one.id for one in contests])

    assert {each["id"] for each in found} == {removed[1], removed[3]}


def test_of_two_who_replace_at_once_both_are_versions_and_one_is_shown(contest: Attaching) -> None:
    first = contest.attach()
    uploads = []
    for mark in "ab":
        uploads.append(contest.begin(a_pdf(900, mark), attachment_id=first["id"]))
        keep_pieces(contest.store, uploads[-1], a_pdf(900, mark))

    at_once(*(lambda each=each: contest.complete(each) for each in uploads))

    [shown] = contest.shown(ORGANIZER)
    assert [shown["file"]["version"], *(each["version"] for each in shown["earlier"])] == [3, 2, 1]


def test_who_removes_while_another_replaces_leaves_one_of_both(contest: Attaching) -> None:
    first = contest.attach()
    upload = contest.begin(a_pdf(900), attachment_id=first["id"])
    keep_pieces(contest.store, upload, a_pdf(900))

    replaced, removed = at_once(
        lambda: contest.complete(upload), lambda: contest.do("remove_attachment", attachment_id=first["id"])
    )

    assert not isinstance(removed, Refused)
    [gone] = contest.shown(ORGANIZER, "removed_attachments")
    assert gone["file"]["version"] == (1 if isinstance(replaced, Refused) else 2)


def test_the_attachments_of_several_editions_come_in_as_many_statements_as_of_one(events: EventsHub) -> None:
    contests = [attaching(events)]
    contests.append(Attaching(events, _next_edition(events, contests[0])))
    for each in contests:
        each.attach()

    def statements(editions: list[str]) -> int:
        with events.statements() as sent:
            found = events.ask("attachments", ORGANIZER, competition_ids=editions)
        assert {each["competition_id"] for each in found} == set(editions)
        return len(sent)

    ids = [each.id for each in contests]
    assert statements(ids) == statements(ids[:1])
    assert contests[1].shown(ORGANIZER)[0]["file"]["version"] == 1


def _next_edition(events: EventsHub, contest: Attaching) -> dict[str, Any]:
    """It begins without the files of the last one, which are of another time."""
    opens = (OPENS.replace(year=OPENS.year + 1)).isoformat()
    following: dict[str, Any] = events.ask("open_next_edition", ORGANIZER, competition_id=contest.id, opens_at=opens)
    assert events.ask("attachments", ORGANIZER, competition_ids=[following["id"]]) == []
    return following


def _entered(contest: Attaching) -> str:
    contest.hub.clock.move_to(OPENS)
    organization: str = contest.hub.organization()
    entry = {"track_id": contest.edition["tracks"][0]["id"], "organization_id": organization, "contestant": "第一队"}
    contest.hub.ask("submit_entry", **entry)
    return organization
