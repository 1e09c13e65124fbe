"""Room: files of a person, an edition and the hub take up no more than is allowed, and what goes gives its room back."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import select, update

from services.events.judging.works.model import StorageUse, WorkVersion
from services.events.judging.works.settings import WorksSettings
from tests.services.events.events_hub import EventsHub, Refused, at_once, eventually
from tests.services.events.judging.works.handing_in import TEACHER, WORKS_OPEN, Entered, entered
from tests.services.uploading import a_pdf

PLENTY = 1_000_000
CODES = {"person": "STORAGE_FULL", "edition": "EDITION_STORAGE_FULL", "hub": "HUB_STORAGE_FULL"}


def allow(entry: Entered, *, person: int = PLENTY, edition: int = PLENTY, hub: int = PLENTY) -> None:
    """Let files have so much room from now on."""
    runtime = entry.events.runtime
    object.__setattr__(runtime, "settings", runtime.settings.having(WorksSettings(person, edition, hub)))


def used(entry: Entered) -> dict[str, int]:
    """The counts, by what they count for."""
    with entry.events.runtime.database.transaction(writes=False) as session:
        return {use.owner.partition(":")[0]: use.bytes for use in session.query(StorageUse) if use.bytes}


def senders(entry: Entered) -> set[str | None]:
    with entry.events.runtime.database.transaction(writes=False) as session:
        return set(session.scalars(select(WorkVersion.person)))


def all_of(size: int) -> dict[str, int]:
    return {"edition": size, "hub": size, "person": size}


def test_a_file_without_room_is_refused_with_what_is_used_and_left_and_changes_nothing(entry: Entered) -> None:
    entry.begin(a_pdf(2_500))
    entry.events.rest()
    before = entry.events.contents()

    for bound, code in CODES.items():
        allow(entry, **{bound: 4_000})
        with entry.events.refuses(code, "size", used=2_500, left=1_500, max=4_000):
            entry.begin(a_pdf(1_501))

    assert entry.events.contents() == before
    entry.begin(a_pdf(1_500))
    assert used(entry) == all_of(4_000)


def test_the_last_room_is_taken_once_by_many_at_once(entry: Entered) -> None:
    for taken, (bound, code) in enumerate(CODES.items()):
        allow(entry, **{bound: 5_000 * taken + 5_000})

        begun = at_once(*[partial(entry.begin, a_pdf(2_500))] * 4)

        refused = [each.problems[0]["code"] for each in begun if isinstance(each, Refused)]
        assert refused == [code] * 2
        assert used(entry) == all_of(5_000 * taken + 5_000)
        entry.let_go_of_uploads()


def test_the_room_of_one_person_is_not_that_of_another(entry: Entered) -> None:
    other = entry.another()
    allow(entry, person=2_500)
    entry.begin(a_pdf(2_500))

    with entry.events.refuses("STORAGE_FULL", "size", used=2_500, left=0, max=2_500):
        other.begin(a_pdf(1))


def test_the_rules_may_allow_less_and_never_more(home: Path) -> None:
    events = EventsHub()
    entry = entered(events, person_bytes=2_000, edition_bytes=9_000)
    allow(entry, edition=1_500)

    with events.refuses("EDITION_STORAGE_FULL", "size", used=0, left=1_500, max=1_500):
        entry.begin(a_pdf(1_501))
    allow(entry)
    with events.refuses("STORAGE_FULL", "size", used=0, left=2_000, max=2_000):
        entry.begin(a_pdf(2_001))
    entry.begin(a_pdf(2_000))
    assert used(entry) == all_of(2_000)
    events.stop()


def test_a_file_takes_up_its_room_once_from_its_announcement_to_its_end(entry: Entered) -> None:
    work = entry.hand_in(a_pdf(2_500, mark="1"))
    assert (used(entry), senders(entry)) == (all_of(2_500), {TEACHER})

    entry.events.clock.move_to(WORKS_OPEN + timedelta(minutes=130))
    eventually(lambda: not entry.uploads())
    assert used(entry) == all_of(2_500)

    for mark, size in (("2", 1_000), ("3", 1_500)):
        entry.hand_in(a_pdf(size, mark=mark), work_id=work["id"])
    eventually(lambda: used(entry) == all_of(2_500))  # of three versions two are kept

    entry.withdraw()
    entry.events.clock.advance(timedelta(days=31))
    eventually(lambda: used(entry) == {}, 60)
    assert senders(entry) == {None}


def test_an_upload_that_is_abandoned_gives_its_room_back(entry: Entered) -> None:
    allow(entry, person=2_500)
    entry.begin(a_pdf(2_500))

    entry.events.clock.move_to(WORKS_OPEN + timedelta(minutes=130))
    eventually(lambda: not entry.uploads())

    assert used(entry) == {}
    entry.begin(a_pdf(2_500))


def test_what_is_counted_wrong_is_counted_anew_on_the_next_day(entry: Entered) -> None:
    entry.hand_in(a_pdf(2_500))
    with entry.events.runtime.database.transaction() as session:
        session.execute(update(StorageUse).values(bytes=PLENTY))
    with entry.events.refuses("STORAGE_FULL", "size", used=PLENTY, left=0, max=PLENTY):
        allow(entry, person=PLENTY)
        entry.begin(a_pdf(1_000))

    entry.events.clock.advance(timedelta(days=1))
    entry.begin(a_pdf(1_000))

    assert used(entry) == all_of(3_500)


def test_what_an_older_release_has_left_counts_for_the_edition_and_the_hub(entry: Entered) -> None:
    entry.hand_in(a_pdf(2_500))
    with entry.events.runtime.database.transaction() as session:
        session.execute(update(WorkVersion).values(person=None))
        session.query(StorageUse).delete()
    entry.let_go_of_uploads()

    entry.begin(a_pdf(1_000))

    assert used(entry) == {"edition": 3_500, "hub": 3_500, "person": 1_000}
