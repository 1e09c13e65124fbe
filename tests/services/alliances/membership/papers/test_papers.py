"""Papers of an application: what the charter asks for is there, the secretariat alone reads it, and it goes in the end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.clock import NOW
from tests.services.alliances.alliances_hub import OFFICE, SHANGHAI, SOMEBODY, representative
from tests.services.alliances.membership.memberships.memberships import stands
from tests.services.alliances.membership.papers.applying import DAY, Applicant, an_applicant
from tests.services.alliances.merging.mergers.merging import merge
from tests.services.service_hub import Refused, at_once
from tests.services.uploading import PDF, PNG, a_pdf, keep_pieces, told


def test_an_application_goes_in_with_the_papers_that_the_charter_asks_for(applicant: Applicant) -> None:
    with applicant.hub.refuses("APPLICATION_PAPERS_MISSING", None, papers_zh="办学许可证", papers="Licence"):
        applicant.apply()
    content = a_pdf(2_500, "licence")

    paper = applicant.send("licence", content, name="许可证.pdf")
    other = applicant.send(None, a_pdf(900))
    applicant.apply()

    facts = {name: value for name, value in told(content).items() if name not in {"name", "media_type"}}
    assert paper == {
        "id": paper["id"],
        **applicant.pair,
        "kind": "licence",
        "kind_name": {"zh": "办学许可证", "en": "Licence"},
        "name": "许可证.pdf",
        "media_type": PDF,
        **facts,
        "completed_at": NOW.isoformat(),
        "url": None,
    }
    assert applicant.papers() == [paper, other]
    assert (other["kind"], other["kind_name"]) == (None, None)
    assert applicant.read(paper) == content


def test_the_secretariat_alone_reads_papers(applicant: Applicant) -> None:
    applicant.send()
    neighbour = applicant.hub.alliance()

    assert [paper["url"] for paper in applicant.papers()] == [None]
    for stranger in (OFFICE, SOMEBODY, f"secretariat:{neighbour['id']}", representative(applicant.hub.organization())):
        with applicant.hub.refuses("NOT_ALLOWED"):
            applicant.papers(stranger)
        if stranger != OFFICE:
            with applicant.hub.refuses("NOT_ALLOWED"):
                applicant.begin(a_pdf(), viewer=stranger)
    [paper] = applicant.papers(applicant.keeper)
    ticket = paper["url"].rpartition("/")[2]
    applicant.hub.clock.advance(timedelta(minutes=10))
    with applicant.hub.refuses("TICKET_INVALID"):
        applicant.hub.ask("paper_of_ticket", applicant.keeper, ticket=ticket)


def test_papers_stand_while_the_secretariat_has_them_and_are_replaced_when_it_sends_them_back(
    applicant: Applicant,
) -> None:
    first = applicant.send()
    membership_id = applicant.apply()
    for change in (lambda: applicant.begin(a_pdf()), lambda: _remove(applicant, first)):
        with applicant.hub.refuses("MEMBERSHIP_STANDS", None, **stands("applied")):
            change()
    applicant.take("return_application", membership_id, reason="许可证已过期")

    second = applicant.send("licence", a_pdf(800, "renewed"))

    assert [each["id"] for each in applicant.papers()] == [second["id"]]
    assert not applicant.is_kept(first["id"])
    assert _remove(applicant, second) == []
    correct = {"membership_id": membership_id, "statement": "已补交"}
    with applicant.hub.refuses("APPLICATION_PAPERS_MISSING", None, papers_zh="办学许可证", papers="Licence"):
        applicant.hub.ask("correct_application", applicant.speaker, **correct)
    applicant.send()
    assert applicant.hub.ask("correct_application", applicant.speaker, **correct)["status"] == "applied"


def test_a_paper_that_came_too_late_is_no_paper(applicant: Applicant) -> None:
    applicant.send()
    late = applicant.begin(a_pdf(), None)
    keep_pieces(applicant.store, late, a_pdf())
    applicant.apply()

    with applicant.hub.refuses("MEMBERSHIP_STANDS", None, **stands("applied")):
        applicant.complete(late)


def test_what_is_no_paper_is_refused(applicant: Applicant) -> None:
    hub = applicant.hub
    types = f"{PDF}, {PNG}, image/jpeg, application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    with hub.refuses("MEDIA_TYPE_NOT_TAKEN", "mediaType", choices=types):
        applicant.begin(a_pdf(), media_type="text/html")
    with hub.refuses("FILE_TOO_LARGE", "size", max=10_000):
        applicant.begin(a_pdf(10_001))
    with hub.refuses("PAPER_KIND_UNKNOWN", "kind", kinds="licence, resolution"):
        applicant.begin(a_pdf(), "passport")
    false = applicant.begin(b"no PDF at all")
    keep_pieces(applicant.store, false, b"no PDF at all")
    with hub.refuses("NOT_THAT_TYPE", "mediaType", type=PDF):
        applicant.complete(false)
    nothing = applicant.begin(a_pdf())
    with hub.refuses("PIECES_MISSING", "uploadId", pieces="1, 2, 3"):
        applicant.complete(nothing)


def test_papers_are_counted_with_those_on_their_way_and_a_kind_counts_once(applicant: Applicant) -> None:
    for kind in ("licence", None, None):
        applicant.send(kind)
    applicant.begin(a_pdf(), "resolution")

    with applicant.hub.refuses("TOO_MANY_APPLICATION_PAPERS", None, max=4):
        applicant.begin(a_pdf(), None)
    assert len(applicant.send("licence") and applicant.papers()) == 3


def test_an_organisation_has_so_much_room_for_all_its_applications(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUB_PAPERS_ORGANIZATION_BYTES", "5000")
    applicant = an_applicant(request.getfixturevalue("alliances_on_sqlite"))
    applicant.send("licence", a_pdf(3_000))
    applicant.begin(a_pdf(1_500), None)

    full: dict[str, int] = {"used": 4_500, "left": 500, "max": 5_000}
    with applicant.hub.refuses("ORGANIZATION_STORAGE_FULL", "size", **full):
        applicant.begin(a_pdf(501), None)
    applicant.begin(a_pdf(500), None)


def test_complete_again_gives_the_same_answer_and_an_upload_that_has_expired_is_swept(applicant: Applicant) -> None:
    paper = applicant.send()
    assert applicant.complete({"id": paper["id"]}) == paper
    left = applicant.begin(a_pdf(), None)
    keep_pieces(applicant.store, left, a_pdf(), 1)

    applicant.hub.clock.advance(timedelta(minutes=120))
    with applicant.hub.refuses("UPLOAD_EXPIRED", "uploadId"):
        applicant.complete(left)
    applicant.hub.clock.advance(timedelta(minutes=10))
    applicant.hub.ring()

    assert applicant.rows() == ({paper["id"]}, set())
    assert applicant.is_kept(paper["id"])
    assert applicant.store.size(f"pieces/{left['id']}.1") is None


@pytest.mark.parametrize("decision", ["admit_member", "decline_membership", "withdraw_member"])
def test_papers_go_some_days_after_the_decision_and_not_before(applicant: Applicant, decision: str) -> None:
    paper = applicant.send()
    membership_id = applicant.apply()
    applicant.hub.clock.advance(45 * DAY)  # longer than a draft is kept
    applicant.hub.ring()
    assert applicant.papers()
    reason = {} if decision == "admit_member" else {"reason": "因故"}
    applicant.hub.ask(decision, membership_id=membership_id, **reason)

    applicant.hub.clock.advance(DAY)
    applicant.hub.ring()
    applicant.hub.clock.advance(59 * DAY - timedelta(seconds=1))
    applicant.hub.ring()
    assert [each["id"] for each in applicant.papers(applicant.keeper)] == [paper["id"]]
    applicant.hub.clock.advance(timedelta(seconds=1))
    applicant.hub.ring()

    assert applicant.papers(applicant.keeper) == []
    assert not applicant.is_kept(paper["id"])


def test_papers_of_which_no_application_came_go_sooner(applicant: Applicant) -> None:
    paper = applicant.send()
    applicant.hub.clock.advance(30 * DAY)
    applicant.hub.ring()

    assert applicant.papers() == []
    assert not applicant.is_kept(paper["id"])


def test_who_applies_again_has_the_earlier_papers_still_and_they_stay_as_long_as_needed(applicant: Applicant) -> None:
    paper = applicant.send()
    applicant.take("decline_membership", applicant.apply(), reason="材料不全")
    applicant.hub.clock.advance(59 * DAY)
    applicant.hub.ring()

    applicant.apply()
    applicant.hub.clock.advance(30 * DAY)
    applicant.hub.ring()

    assert [each["id"] for each in applicant.papers()] == [paper["id"]]


def test_the_papers_of_merged_organisations_are_the_survivors(applicant: Applicant) -> None:
    paper = applicant.send()
    late = applicant.begin(a_pdf(700), kind=None)
    keep_pieces(applicant.store, late, a_pdf(700))
    survivor = applicant.hub.organization()
    merge(applicant.hub, survivor, applicant.organization)
    one = Applicant(applicant.hub, applicant.alliance, survivor)

    assert [each["id"] for each in one.papers()] == [paper["id"]]
    one.apply()
    with one.hub.refuses("MEMBERSHIP_STANDS", None, **stands("applied")):
        _remove(one, paper)
    with pytest.raises(Refused) as refused:
        one.complete(late)
    assert refused.value.problems[0]["code"] == "MEMBERSHIP_STANDS"
    one.hub.clock.advance(45 * DAY)
    one.hub.ring()
    assert [each["id"] for each in one.papers(one.keeper)] == [paper["id"]]


def test_of_two_papers_of_a_kind_that_arrive_at_once_one_stands(applicant: Applicant) -> None:
    uploads = []
    for mark in "ab":
        uploads.append(applicant.begin(a_pdf(900, mark)))
        keep_pieces(applicant.store, uploads[-1], a_pdf(900, mark))

    at_once(*(lambda each=each: applicant.complete(each) for each in uploads))

    [paper] = applicant.papers()
    [other] = [each["id"] for each in uploads if each["id"] != paper["id"]]
    assert applicant.is_kept(paper["id"])
    assert not applicant.is_kept(other)


def test_a_paper_that_is_completed_twice_at_once_gives_both_the_same_answer(applicant: Applicant) -> None:
    upload = applicant.begin(a_pdf(900))
    keep_pieces(applicant.store, upload, a_pdf(900))

    one, other = at_once(*[lambda: applicant.complete(upload)] * 2)

    assert [one] == [other] == applicant.papers()


def test_who_applies_while_a_paper_is_taken_back_has_it_or_does_not_apply(applicant: Applicant) -> None:
    for _ in range(4):
        again = an_applicant(applicant.hub)
        paper = again.send()
        applied, removed = at_once(again.apply, lambda again=again, paper=paper: _remove(again, paper))

        assert isinstance(applied, Refused) != isinstance(removed, Refused)
        assert bool(again.papers()) == (not isinstance(applied, Refused))


def test_the_office_of_the_province_sends_papers_for_its_organisations(applicant: Applicant) -> None:
    office = applicant.hub.province_office("340000")
    applicant.begin(a_pdf(), viewer=office)

    assert applicant.papers(office) == []
    another = applicant.hub.province_office(SHANGHAI)
    with applicant.hub.refuses("NOT_ALLOWED"):
        applicant.papers(another)


def _remove(applicant: Applicant, paper: dict[str, Any]) -> Any:
    return applicant.hub.ask("remove_application_paper", applicant.speaker, paper_id=paper["id"])
