"""Entries on the wire: organisations and delegations enter, substitute and withdraw; the scheduler ends the window."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from contracts.alliances.people.persons import PersonErased
from contracts.alliances.people.sightings import SightingKind
from contracts.base import Refusal
from contracts.browsing import START, Stretch
from contracts.events.admission import entries_forms as forms
from contracts.events.admission.counts_forms import CountedBy, EntryCounts
from contracts.events.admission.fields_forms import Answers, CorrectEntryForm
from contracts.events.admission.waiting import OfferMade
from contracts.events.editions.competitions import TrackKind
from contracts.forms import ByIds
from kit.calls.acting import Acts, by_now
from kit.calls.histories import histories
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.data.rendering import rendered
from kit.fonts.settings import FontSettings
from kit.messages.handlers import Received
from kit.messages.on_message import on_messages
from kit.rights.asking import require
from kit.rights.right import SIGNED_IN, Right
from kit.work.timers import on_due
from procedures.sightings.seeing import sightings_of, view
from services.events.admission.entries import answering, counting, erasing, queries
from services.events.admission.entries.disclosing import held_about
from services.events.admission.entries.fields import as_given
from services.events.admission.entries.model import Entry
from services.events.admission.entries.printing import unprinted_of
from services.events.admission.entries.rights import HAS_ENTRY, READS_ENTRY_DATA, WORKS_ON_ENTRY
from services.events.admission.entries.schemas import answer_view, count_view, entry_view, member_view, unprinted_view
from services.events.admission.entries.seeing import people_seen, seen_alone
from services.events.admission.entries.sightings import EntrySighting, things_of
from services.events.directory import queries as directory
from services.events.directory.model import Organization
from services.events.editions.editions import queries as editions
from services.events.rights import ANSWERS_FOR, OVERSEES, STANDS_FOR


class EntriesService(Service):
    """An organisation enters by its representative, the office of its province, or the leader of its delegation."""

    @command(forms.EraseMember, right=ANSWERS_FOR)
    def erase_member(self, session: Session, *, entry_id: str, member_id: str) -> dict[str, Any]:
        entry, organization = mine(session, entry_id, ANSWERS_FOR)
        gone = erasing.member_to_erase(entry, member_id)
        self._check_not_needed(session, entry)
        return entry_view(erasing.erase_member(session, entry=entry, organization=organization, gone=gone))

    @command(forms.EraseContestant, right=ANSWERS_FOR)
    def erase_contestant(self, session: Session, *, entry_id: str) -> dict[str, Any]:
        entry, organization = mine(session, entry_id, ANSWERS_FOR)
        entry.check_named()
        self._check_not_needed(session, entry)
        return entry_view(erasing.erase_contestant(session, entry=entry, organization=organization))

    @on_messages(PersonErased)
    def erase_members_of(self, session: Session, received: Sequence[Received[PersonErased]]) -> None:
        """Who is erased is in no entry by name, but in those that a published result needs."""
        for one in received:
            with one.acting(session):
                for entry_id, member_id in queries.members_to_erase(session, one.message.accounts):
                    with suppress(Refusal):
                        self._erase_member_of(session, entry_id, member_id)

    @query(forms.Entries, right=SIGNED_IN, shows=ANSWERS_FOR)
    def entries(self, session: Session, **which: Any) -> dict[str, Any]:
        return queries.entries(session, **which).view(entry_view)

    @query(forms.MyEntries, right=SIGNED_IN, shows=HAS_ENTRY)
    def my_entries(self, session: Session, **which: Any) -> dict[str, Any]:
        return queries.my_entries(session, **which).view(entry_view)

    @query(forms.ActionsOnEntries, shows=READS_ENTRY_DATA)
    def actions_on_entries(self, session: Session, *, entry_ids: list[str]) -> list[dict[str, Any]]:
        found = queries.entries_by_id(session, entry_ids, READS_ENTRY_DATA)
        return self.actions_on(session, found, kind=Entry, whose="entry_id")

    @query(forms.HistoryOfEntries, shows=ANSWERS_FOR)
    def history_of_entries(self, session: Session, *, entry_ids: list[str], stretch: Stretch) -> list[dict[str, Any]]:
        """Not who gave up the place that was offered: that is between them and the organisers."""
        found = queries.entries_by_id(session, entry_ids)
        return histories(session, found, whose="entry_id", stretch=stretch, unnamed=(OfferMade,))

    @query(ByIds, shows=READS_ENTRY_DATA)
    def entries_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        """Whoever takes part finds the entry, though not who else is in it."""
        return rendered(queries.entries_by_id(session, ids, READS_ENTRY_DATA), entry_view)

    @query(forms.Members, shows=ANSWERS_FOR)
    def members(self, session: Session, *, entry_ids: list[str]) -> list[dict[str, Any]]:
        """For those who enter and for organisers; never for judges."""
        found = queries.members(session, entry_ids=entry_ids)
        people_seen(session, {member.entry_id: member.entry for member in found}.values())
        return rendered(found, member_view)

    @command(CorrectEntryForm, right=STANDS_FOR, acts=Acts(Entry, knowing=by_now(Entry.check_answers_change)))
    def correct_entry_form(self, session: Session, *, entry_id: str, answers: list[dict[str, Any]]) -> dict[str, Any]:
        entry, _ = mine(session, entry_id)
        return entry_view(answering.correct_entry_form(session, entry=entry, answers=as_given(answers)))

    @on_due(answering.ERASE_ANSWERS)
    def erase_answers(self, session: Session, track_id: str) -> None:
        answering.erase_answers(session, track=editions.track(session, track_id))

    @query(Answers, shows=READS_ENTRY_DATA)
    def answers(self, session: Session, *, entry_ids: list[str]) -> list[dict[str, Any]]:
        """What is sensitive is for the organisers, who speaks for the organisation, and members."""
        found = answering.answers(session, entry_ids=entry_ids)
        people_seen(session, {answer.entry_id: answer.entry for answer in found if answer.sensitive}.values())
        return rendered(found, answer_view)

    @query(EntryCounts, right=OVERSEES)
    def entry_counts(
        self, session: Session, *, competition_id: str, by: CountedBy, track_id: str | None = None
    ) -> list[dict[str, Any]]:
        edition = editions.edition(session, competition_id)
        require(session, OVERSEES, series_id=edition.series_id)
        counts = counting.entry_counts(session, edition_id=edition.id, by=by, track_id=track_id)
        return rendered(counts, lambda count: count_view(count, by))

    @query(forms.UnprintedNames, shows=ANSWERS_FOR)
    def unprinted_names(self, session: Session, *, entry_ids: list[str]) -> list[dict[str, Any]]:
        """Said at entry, for those who enter and for organisers: the name stays, and a font can be had before it wins."""
        found = unprinted_of(session, entry_ids, self.runtime.settings.of(FontSettings))
        return [{"entry_id": entry_id, **unprinted_view(name, letters)} for entry_id, name, letters in found]

    @query(forms.EntryData, right=READS_ENTRY_DATA)
    def entry_data(self, session: Session, *, entry_id: str) -> dict[str, Any]:
        """All that is held about an entry: for those who may erase it, and for its people without the others' data."""
        entry, _ = mine(session, entry_id, READS_ENTRY_DATA)
        own = [member for member in entry.members if member.person and member.person == session.viewer.id]
        if not own:
            seen_alone(session, entry, SightingKind.ENTRY_DATA)
        answered = answering.answers(session, entry_ids=[entry.id])
        return held_about(session, entry, own or entry.members, answered)

    @query(forms.EntrySightings, right=WORKS_ON_ENTRY)
    def entry_sightings(self, session: Session, *, entry_id: str, stretch: Stretch = START) -> dict[str, Any]:
        entry, _ = mine(session, entry_id, WORKS_ON_ENTRY)
        return sightings_of(session, EntrySighting, things_of(entry), stretch).view(view)

    def _erase_member_of(self, session: Session, entry_id: str, member_id: str) -> None:
        """Where an individual competes, the entry is shown under their name, which goes too."""
        entry = queries.entry_with_members(session, entry_id)
        self._check_not_needed(session, entry)
        organization = directory.entered_as(session, entry.organization_id)
        erasing.erase_member(
            session, entry=entry, organization=organization, gone=erasing.member_to_erase(entry, member_id)
        )
        if entry.track.kind == TrackKind.INDIVIDUAL and not entry.erased_at:
            erasing.erase_contestant(session, entry=entry, organization=organization)

    def _check_not_needed(self, session: Session, entry: Entry) -> None:
        """Go on only if nobody has reasons to keep what is to be erased."""
        for check in self.hooked(erasing.ERASING):
            check(session, entry)


def mine(session: Session, entry_id: str, right: Right = STANDS_FOR) -> tuple[Entry, Organization]:
    """The entry with its members and its organisation, if the viewer has the right: else, if they stand for it."""
    entry = queries.entry_with_members(session, entry_id)
    organization = directory.entered_as(session, entry.organization_id)
    require(session, right, entry_id=entry.id, **organization.keys, series_id=entry.edition.series_id)
    return entry, organization
