"""The forms of entries: entering one, many or a whole roster, changing them, and finding them."""

from __future__ import annotations

from typing import Any

import marshmallow

from contracts.browsing import Browsed, ByAge, ordered
from contracts.events.admission.eligibility import PersonNumberInvalid
from contracts.events.admission.entries import EntryStatus, MemberRole
from contracts.events.admission.fields_forms import MOST_FIELDS, Answer
from contracts.forms import Input, choice, flag, identifier, listing, nested, person, text
from contracts.person_numbers import is_person_number
from contracts.sheets_forms import SheetFile

MOST_MEMBERS = 100
"""Of an entry, under any rules."""
MOST_ENTRIES = 500
"""Of a batch, under any rules."""


MOST_WITHDRAWN = 100
"""Entries that are withdrawn at once."""


class Somebody(Input):
    """A person with the number by which they are told apart; it is turned into a key at once, and not kept."""

    name = text(max=100, says="The name of the person.")
    person_number = text(
        max=50, required=False, says="An identity number, to tell people of the same name apart; it is not kept."
    )
    organization_id = identifier(
        "Organization", required=False, says="Where the person belongs; without it, to the organisation that enters."
    )
    person = person(required=False, says="The person, where they have an account.")

    @marshmallow.validates("person_number")
    def can_be_one(self, number: str | None, **_: Any) -> None:
        if number and not is_person_number(number):
            raise marshmallow.ValidationError(PersonNumberInvalid.code)


class NewMember(Somebody):
    """Somebody of an entry; without an organisation they belong to the one that enters."""

    role = choice(MemberRole, says="What the person does in the entry.")


class NewEntry(Input):
    """The entry to make."""

    track_id = identifier("Track", says="The track in which it competes.")
    organization_id = identifier("Organization", says="The organisation that enters.")
    contestant = text(max=100, says="The name of the team or person, to show.")
    members = listing(
        nested(NewMember), max=MOST_MEMBERS, required=False, says="Its people; needed where the rules say so."
    )
    answers = listing(
        nested(Answer), max=MOST_FIELDS, required=False, says="What it answers in the fields of the track's entry form."
    )
    group_name = text(
        max=100,
        required=False,
        says="A name shared by entries of one organisation that take part together or not at all.",
    )


class _MayWait(Input):
    wait_if_full = flag(required=False, says="Wait for a place if none is free, instead of being refused.")


class SubmitEntry(NewEntry, _MayWait):
    """Enter a contestant and take a place. For the organisation's representative, its province and its delegation leader."""


class SubmitEntries(_MayWait):
    """Enter many at once: all of them or none, with a problem for every fault of every one."""

    entries = listing(nested(NewEntry), min=1, max=MOST_ENTRIES, says="The entries to make.")


class _Roster(SheetFile, _MayWait):
    competition_id = identifier("Competition", says="The competition that the roster is for.")


class PreviewEntries(_Roster):
    """What a delegation's CSV or XLSX file would become, with every fault of every row. Nothing is changed."""


class ImportEntries(_Roster):
    """Enter everything in a delegation's CSV or XLSX file, or nothing if its preview shows a fault."""


class _OneEntry(Input):
    entry_id = identifier("Entry", says="The entry.")


class _OneMember(_OneEntry):
    member_id = identifier("EntryMember", says="The member of the entry.")


class SubstituteMember(_OneMember, Somebody):
    """Replace a member by somebody else in the same role, until the substitution phase ends."""


class WithdrawEntry(_OneEntry):
    """End an entry and give its place to the next. For those who may enter for its organisation."""


class WithdrawEntries(Input):
    """End many entries; each is answered for itself, and its place goes to the next. For those who may enter for them all."""

    entry_ids = listing(identifier("Entry"), min=1, max=MOST_WITHDRAWN, says="The entries, each once.")
    all_or_none = flag(required=False, says="Whether nothing is done where one of them is refused; false by default.")


class EraseMember(_OneMember):
    """Erase the data held about a member, unless a published result needs it. Also for the organisers."""


class EraseContestant(_OneEntry):
    """Erase the name that an entry is shown by, unless a published result needs it. Also for the organisers."""


class HistoryOfEntries(Browsed):
    """What was done to several entries, step by step. For those who stand for them, and the organisers."""

    entry_ids = listing(identifier(), min=1, max=100)


class ActionsOnEntries(Input):
    """What the viewer can do about several entries."""

    entry_ids = listing(identifier(), min=1, max=100)


class Entries(Browsed):
    """The entries of a competition: all for the organisers, to others those of their own organisations and provinces."""

    competition_id = identifier("Competition", says="The competition whose entries are asked for.")
    track_id = identifier("Track", required=False, says="Only entries in this track.")
    status = choice(EntryStatus, required=False, says="Only entries with this status.")
    order_by = ordered(ByAge)


class MyEntries(Browsed):
    """The entries of the organisations that the viewer represents, and those in which they take part; newest first.

    Delegations and provinces find theirs in `entries` of a competition.
    """

    competition_id = identifier("Competition", required=False, says="Only entries of this competition.")
    status = choice(EntryStatus, required=False, says="Only entries with this status.")
    order_by = ordered(ByAge, ByAge.NEWEST)


class Members(Input):
    """The people of several entries."""

    entry_ids = listing(identifier(), min=1, max=100)


class UnprintedNames(Members):
    """The names of several entries that certificates cannot print whole."""


class EntryData(_OneEntry):
    """All personal data held about an entry and its people. For those who may erase it, and for its people."""


class EntrySightings(_OneEntry, Browsed):
    """Who has seen the people of an entry without having entered it, once for each day; the newest first.

    Of a list, that it was read: this entry may have stood in it. For its people, and for those who may enter it.
    """
