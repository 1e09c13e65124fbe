"""Who hands works in, and when: the people of an entry that competes, while their phase is open."""

from __future__ import annotations

from datetime import timedelta

from contracts.authority import Role, Scope
from kit.ids import new_id
from services.events.admission.entries.model import Member
from tests.services.events.competitions.competing import ORGANIZER
from tests.services.events.events_hub import SHANGHAI, EventsHub
from tests.services.events.judging.works.handing_in import (
    MEMBER,
    WORKS_CLOSE,
    WORKS_OPEN,
    Entered,
    close_works,
    entered,
)
from tests.services.uploading import a_pdf


def test_works_are_taken_only_while_their_phase_is_open(entry: Entered) -> None:
    content = a_pdf()
    upload = entry.begin(content)
    entry.send(upload, content)
    entry.events.clock.move_to(WORKS_CLOSE - timedelta(microseconds=1))
    late = entry.begin(content)
    entry.send(late, content)
    close_works(entry.events)

    with entry.events.refuses("WORKS_NOT_OPEN"):
        entry.begin(content)
    with entry.events.refuses("WORKS_NOT_OPEN"):
        entry.complete(late)


def test_the_last_moment_counts_also_where_the_scheduler_is_late(entry: Entered) -> None:
    events, content = entry.events, a_pdf()
    events.stop()
    events.start_without_the_scheduler()
    events.clock.move_to(WORKS_CLOSE - timedelta(microseconds=1))
    upload, late = entry.begin(content), entry.begin(content)
    for each in (upload, late):
        entry.send(each, content)

    entry.complete(upload)
    events.clock.move_to(WORKS_CLOSE)

    with events.refuses("WORKS_NOT_OPEN"):
        entry.complete(late)


def test_before_the_phase_and_for_a_competition_without_one_nothing_is_taken(events: EventsHub) -> None:
    early = entered(events)
    events.clock.move_to(WORKS_OPEN - timedelta(microseconds=1))

    with events.refuses("WORKS_NOT_OPEN"):
        early.begin(a_pdf())


def test_who_has_withdrawn_or_does_not_compete_hands_nothing_in(entry: Entered) -> None:
    content = a_pdf()
    upload = entry.begin(content)
    entry.send(upload, content)
    entry.withdraw()

    with entry.events.refuses("NOT_COMPETING"):
        entry.begin(content)
    with entry.events.refuses("NOT_COMPETING"):
        entry.complete(upload)


def test_hand_in_is_for_the_people_of_the_entry(entry: Entered) -> None:
    events, content = entry.events, a_pdf()
    events.grant("office@shanghai", Role.PROVINCE_OFFICE, Scope.province(SHANGHAI))
    events.organization(representative="teacher@elsewhere")
    with events.runtime.database.transaction() as session:
        names = {"role": "contestant", "name": "王老师", "organization_id": entry.organization_id}
        session.add(Member(id=new_id(), entry_id=entry.entry_id, person=MEMBER, **names))
    upload = entry.begin(content)
    entry.send(upload, content)

    with events.refuses("SIGN_IN_REQUIRED"):
        entry.begin(content, viewer="")
    for stranger in ("teacher@elsewhere", ORGANIZER, "nobody"):
        with events.refuses("NOT_ALLOWED"):
            entry.begin(content, viewer=stranger)
        with events.refuses("NOT_ALLOWED"):
            entry.complete(upload, viewer=stranger)
    for person in ("office@shanghai", MEMBER):
        assert entry.begin(content, viewer=person)["pieces"] == 3
    assert entry.complete(upload, viewer=MEMBER)["versions"][0]["number"] == 1
