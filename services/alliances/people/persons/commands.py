"""What can be done about persons: register them, correct what they are called, and say that two records are of one."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from contracts.alliances.people import persons as say
from contracts.alliances.people.persons import AffiliationOverlaps, HasDuplicates, PersonKnown
from contracts.base import Named
from contracts.refusals import NothingChanged
from kit.data.db import Session
from kit.ids import new_id
from kit.messages.outbox import record
from procedures.search.indexing import index_names
from services.alliances.people.persons.calling import tell_name
from services.alliances.people.persons.model import Person
from services.alliances.people.persons.queries import affiliations_of, has_duplicates, person_of


def register_person(
    session: Session,
    *,
    name_zh: str,
    name_en: str | None,
    account: str | None = None,
    organization: Named | None = None,
) -> Person:
    """Keep a record of a person; refuses with PersonKnown an account that belongs to one already."""
    person = Person(id=new_id(), created_at=session.now, version=0, registered_by=session.viewer.id)
    person.account = account
    person.call_it(name_zh, name_en)
    session.add(person)
    record(session, person, say.PersonRegistered(**person.about, organization=organization))
    tell_name(session, person)
    index_names(session, person)
    _keep(session)
    return person


def correct_person(
    session: Session, *, person: Person, name_zh: str, name_en: str | None = None, account: str | None = None
) -> Person:
    """Correct a name, and give the account of who had none.

    Refuses with NothingChanged, and with PersonKnown where the account is another's or they have one already.
    """
    before = (person.name_zh, person.name_en, person.account)
    if account and person.account not in {None, account}:
        raise PersonKnown("account")
    person.call_it(name_zh, name_en)
    person.account = account or person.account
    if before == (person.name_zh, person.name_en, person.account):
        raise NothingChanged("nameZh")
    record(session, person, say.PersonCorrected(**person.about))
    tell_name(session, person)
    index_names(session, person)
    _keep(session)
    return person


def update_me(session: Session, *, name_zh: str, name_en: str | None = None) -> Person:
    """Say what one is called oneself; from then on only oneself and the hub office correct it."""
    own = person_of(session, session.viewer.id)
    if own is None:
        own = register_person(session, name_zh=name_zh, name_en=name_en, account=session.viewer.id)
    elif (own.name_zh, own.name_en) != (name_zh, name_en or ""):
        correct_person(session, person=own, name_zh=name_zh, name_en=name_en)
    own.named_at = session.now
    return own


def merge_persons(session: Session, *, person: Person, duplicate: Person) -> Person:
    """Let all that is said of the duplicate be the other's; nothing is rewritten, so that it can be undone.

    Refuses with NothingChanged one record with itself, with AffiliationOverlaps two main affiliations on one day, and with
    HasDuplicates where others were merged into the duplicate before.
    """
    if person.id == duplicate.id:
        raise NothingChanged("duplicateId")
    mains = [each for each in affiliations_of(session, duplicate) if each.main]
    for main in (each for each in affiliations_of(session, person) if each.main):
        if any(main.overlaps(other) for other in mains):
            raise AffiliationOverlaps("duplicateId", since=main.since.isoformat())
    if has_duplicates(session, duplicate):
        raise HasDuplicates("duplicateId")
    duplicate.merged_into = person.id
    record(session, person, say.PersonsMerged(**person.about, duplicate_id=duplicate.id))
    tell_name(session, duplicate)
    return person


def unmerge_persons(session: Session, *, duplicate: Person) -> Person:
    """Let a record that was merged stand by itself again; refuses with NothingChanged one that does."""
    if duplicate.merged_into is None:
        raise NothingChanged("duplicateId")
    person = session.get_one(Person, duplicate.merged_into, with_for_update=True)
    duplicate.merged_into = None
    record(session, person, say.PersonsUnmerged(**person.about, duplicate_id=duplicate.id))
    tell_name(session, duplicate)
    return duplicate


def _keep(session: Session) -> None:
    try:
        session.flush()
    except IntegrityError as error:
        raise PersonKnown("account") from error
