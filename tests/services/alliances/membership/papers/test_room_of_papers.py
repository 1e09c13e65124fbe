"""Room of papers: those of all organisations take up no more than the hub has, and what goes gives its room back."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from sqlalchemy import update

from services.alliances.membership.papers import retaining
from services.alliances.membership.papers.model import ApplicationPaper, PaperUse
from tests.services.alliances.membership.papers.applying import DAY, Applicant, an_applicant
from tests.services.service_hub import Refused, at_once
from tests.services.uploading import a_pdf


def test_the_hub_has_so_much_room_for_the_papers_of_all_organisations(applicant: Applicant) -> None:
    other = an_applicant(applicant.hub)
    applicant.allow(hub=5_000)
    applicant.send("licence", a_pdf(3_000))
    other.begin(a_pdf(1_500))
    before = applicant.hub.contents()

    with applicant.hub.refuses("PAPERS_STORAGE_FULL", "size", used=4_500, left=500, max=5_000):
        other.begin(a_pdf(501), None)

    assert applicant.hub.contents() == before
    other.begin(a_pdf(500), None)
    assert applicant.room_taken() == 5_000


def test_the_last_room_of_the_hub_is_taken_once_by_many_at_once(applicant: Applicant) -> None:
    others = [an_applicant(applicant.hub) for _ in range(4)]
    applicant.allow(hub=5_000)

    begun = at_once(*(partial(each.begin, a_pdf(2_500)) for each in others))

    assert [each.codes for each in begun if isinstance(each, Refused)] == [["PAPERS_STORAGE_FULL"]] * 2
    assert applicant.room_taken() == 5_000


def test_a_paper_takes_up_its_room_once_until_it_is_replaced_taken_back_or_deleted(applicant: Applicant) -> None:
    applicant.send("licence", a_pdf(2_500))
    assert applicant.room_taken() == 2_500
    applicant.send("licence", a_pdf(1_000))
    assert applicant.room_taken() == 1_000
    further = applicant.send(None, a_pdf(700))
    applicant.hub.ask("remove_application_paper", applicant.speaker, paper_id=further["id"])
    applicant.begin(a_pdf(900), None)
    assert applicant.room_taken() == 1_900

    applicant.hub.clock.advance(timedelta(minutes=130))
    applicant.hub.ring()
    assert applicant.room_taken() == 1_000
    applicant.hub.clock.advance(30 * DAY)
    applicant.hub.ring()

    assert applicant.room_taken() == 0


def test_a_paper_that_two_take_back_at_once_gives_its_room_back_once(applicant: Applicant) -> None:
    applicant.send("licence", a_pdf(2_500))
    further = applicant.send(None, a_pdf(700))
    remove = partial(applicant.hub.ask, "remove_application_paper", applicant.speaker, paper_id=further["id"])

    removed = at_once(remove, remove)

    assert [each.codes for each in removed if isinstance(each, Refused)] == [["NOT_FOUND"]]
    assert applicant.room_taken() == 2_500


def test_a_paper_that_has_gone_before_its_timer_held_it_gives_its_room_back_once(applicant: Applicant) -> None:
    applicant.send("licence", a_pdf(2_500))
    further = applicant.send(None, a_pdf(700))
    with applicant.hub.runtime.database.transaction(writes=False) as session:
        found = session.get_one(ApplicationPaper, further["id"])
        session.expunge(found)
    applicant.hub.ask("remove_application_paper", applicant.speaker, paper_id=further["id"])

    with applicant.hub.runtime.database.transaction() as session:
        retaining.erase_when_due(session, paper=found)

    assert applicant.room_taken() == 2_500


def test_what_a_release_before_has_not_counted_is_counted_on_the_next_day(applicant: Applicant) -> None:
    applicant.allow(hub=5_000)
    applicant.send("licence", a_pdf(3_000))
    with applicant.hub.runtime.database.transaction() as session:
        session.execute(update(PaperUse).values(bytes=0))
    applicant.begin(a_pdf(900), None)

    applicant.hub.clock.advance(DAY)
    applicant.hub.ring()  # which sweeps that upload

    with applicant.hub.refuses("PAPERS_STORAGE_FULL", "size", used=3_000, left=2_000, max=5_000):
        applicant.begin(a_pdf(2_001), None)
