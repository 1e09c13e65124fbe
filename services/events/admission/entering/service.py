"""Entering on the wire: organisations and delegations enter, substitute and withdraw; a timer ends the window."""

from __future__ import annotations

from typing import Any

from contracts.events.admission import entries_forms as forms
from contracts.events.admission.entries import MemberRole
from contracts.refusals import NotFound
from kit.calls.acting import Acts, by_now
from kit.calls.group import Call, Group
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.calls.several import outcome
from kit.data.db import Session
from kit.data.rendering import rendered
from kit.fonts.settings import FontSettings
from kit.person_keys import KeyOf, keys_of
from kit.rights.asking import require, require_each
from kit.work.timers import on_due
from procedures.reminders.settings import ReminderSettings
from services.events.admission.entering import (
    batching,
    closing,
    commands,
    importing,
    reminding,
    substituting,
    withdrawing,
)
from services.events.admission.entering.admitting import NewEntry, NewMember
from services.events.admission.entering.schemas import preview_view
from services.events.admission.entries import queries
from services.events.admission.entries.fields import as_given
from services.events.admission.entries.model import Entry
from services.events.admission.entries.queries import member as member_of_entry
from services.events.admission.entries.schemas import entry_view
from services.events.admission.entries.service import mine
from services.events.directory import queries as directory
from services.events.directory.model import Organization
from services.events.editions.editions import queries as editions
from services.events.editions.editions.model import Track
from services.events.rights import ENTERS_BY_ROSTER, OF_ANY_ORGANIZATION, STANDS_FOR


def _of_track(track: Track) -> dict[str, Any]:
    """What the right to enter looks at, for whatever organisation."""
    return {"series_id": track.edition.series_id, **OF_ANY_ORGANIZATION}


class EnteringService(Service):
    """An organisation enters by its representative, the office of its province, or the leader of its delegation."""

    @command(
        forms.SubmitEntry,
        right=STANDS_FOR,
        together=True,
        acts=Acts(Track, knowing=by_now(Track.check_takes_entries), keys=_of_track),
    )
    def submit_entry(self, session: Session, calls: Group) -> dict[Call, dict[str, Any]]:
        given = calls.arguments
        organizations = directory.among(session, [each["organization_id"] for each in given.values()])
        tracks = queries.among(session, {each["track_id"] for each in given.values()})

        def plan(given: dict[str, Any]) -> NewEntry:
            facts = dict(given)
            organization = directory.one_of(organizations, facts.pop("organization_id"))
            track = queries.one_of(tracks, facts.pop("track_id"))
            require(session, STANDS_FOR, **organization.keys, series_id=track.edition.series_id)
            people = self._members(facts.pop("members", None))
            facts["answers"] = as_given(facts.pop("answers", None))
            return commands.planned(session, track=track, organization=organization, members=people, **facts)

        made = commands.submit_entry(session, calls, calls.each(given, plan))
        return {call: entry_view(entry) for call, entry in made.items()}

    @command(forms.SubmitEntries, right=STANDS_FOR, together=True)
    def submit_entries(self, session: Session, calls: Group) -> dict[Call, list[dict[str, Any]]]:
        """All that a call brings, or none of it."""
        given = calls.arguments
        entries = [each for one in given.values() for each in one["entries"]]
        organizations = directory.among(session, [each["organization_id"] for each in entries])
        tracks = queries.among(session, {each["track_id"] for each in entries})

        def plan(given: dict[str, Any]) -> list[NewEntry]:
            own = [directory.one_of(organizations, each["organization_id"]) for each in given["entries"]]
            into = [queries.one_of(tracks, each["track_id"]) for each in given["entries"]]
            check, waits = require_each(session, STANDS_FOR), bool(given.get("wait_if_full"))
            for organization, track in zip(own, into, strict=True):
                check(**organization.keys, series_id=track.edition.series_id)
            return [
                self._new(each, organization, track, waits=waits)
                for each, organization, track in zip(given["entries"], own, into, strict=True)
            ]

        made = batching.submit_entries(session, calls, calls.each(given, plan))
        return {call: rendered(entries, entry_view) for call, entries in made.items()}

    @query(forms.PreviewEntries, right=ENTERS_BY_ROSTER)
    def preview_entries(self, session: Session, **roster: Any) -> dict[str, Any]:
        """What a roster would become, with its faults in the caller's language; nothing is changed."""
        preview = importing.preview_entries(session, **self._roster(session, **roster))
        return preview_view(preview, session.context.locale, self.runtime.settings.of(FontSettings))

    @command(forms.ImportEntries, right=ENTERS_BY_ROSTER)
    def import_entries(self, session: Session, **roster: Any) -> list[dict[str, Any]]:
        return rendered(importing.import_entries(session, **self._roster(session, **roster)), entry_view)

    @command(forms.WithdrawEntry, right=STANDS_FOR, acts=Acts(Entry, Entry.check_stands))
    def withdraw_entry(self, session: Session, *, entry_id: str) -> dict[str, Any]:
        entry, organization = mine(session, entry_id)
        return entry_view(commands.withdraw_entry(session, entry=entry, organization=organization))

    @command(forms.WithdrawEntries, right=STANDS_FOR)
    def withdraw_entries(
        self, session: Session, *, entry_ids: list[str], all_or_none: bool = False
    ) -> list[dict[str, Any]]:
        entries = queries.whole_entries(session, entry_ids)
        if not entries:
            raise NotFound("entryIds")
        organizations = directory.organizations(session, {entry.organization_id for entry in entries})
        check = require_each(session, STANDS_FOR)
        for entry in entries:
            keys = organizations[entry.organization_id].keys
            check(entry_id=entry.id, **keys, series_id=entry.edition.series_id)
        answers = withdrawing.withdraw_entries(session, entry_ids, entries, organizations, all_or_none=all_or_none)
        return [outcome("entry", id_, answer, entry_view) for id_, answer in answers.items()]

    @command(forms.SubstituteMember, right=STANDS_FOR)
    def substitute_member(self, session: Session, *, entry_id: str, member_id: str, **person: Any) -> dict[str, Any]:
        entry, organization = mine(session, entry_id)
        member = member_of_entry(entry, member_id)
        [by] = self._members([{"role": member.role, **person}])
        return entry_view(
            substituting.substitute_member(session, entry=entry, organization=organization, member=member, by=by)
        )

    @on_due(closing.CLOSE_ENTRIES)
    def close_entries(self, session: Session, competition_id: str) -> None:
        closing.close_entries(session, edition=editions.edition(session, competition_id))

    @on_due(reminding.REMIND_OF_ENTRIES)
    def remind_of_entries(self, session: Session, competition_id: str) -> None:
        lead = self.runtime.settings.of(ReminderSettings).lead
        reminding.remind_of_entries(session, edition=editions.edition(session, competition_id), lead=lead)

    def _members(self, given: list[dict[str, Any]] | None) -> tuple[NewMember, ...]:
        """The members with the keys of their identity numbers, which are forgotten here."""
        if not given:
            return ()
        key_of = keys_of(self.runtime.settings)
        return tuple(_member(each, key_of) for each in given)

    def _new(self, given: dict[str, Any], own: Organization, track: Track, *, waits: bool) -> NewEntry:
        contestant = given["contestant"]
        people, answers = self._members(given.get("members")), as_given(given.get("answers"))
        return NewEntry(track, own, contestant, people, given.get("group_name"), waits, answers)

    def _roster(
        self, session: Session, *, competition_id: str, data: bytes | str, wait_if_full: bool | None = None
    ) -> dict[str, Any]:
        """What reading a roster takes; whether the viewer may enter for an organisation is told row by row."""
        edition = editions.edition(session, competition_id)
        edition.check_published()
        require(session, ENTERS_BY_ROSTER, row_by_row=True)
        may_enter = STANDS_FOR.test(session)
        return {
            "edition": edition,
            "data": data,
            "may_enter": lambda organization: may_enter(**organization.keys, series_id=edition.series_id),
            "key_of": keys_of(self.runtime.settings),
            "wait_if_full": bool(wait_if_full),
        }


def _member(given: dict[str, Any], key_of: KeyOf) -> NewMember:
    number = given.get("person_number")
    return NewMember(
        role=MemberRole(given["role"]),
        name=given["name"],
        organization_id=given.get("organization_id"),
        person=given.get("person"),
        person_key=key_of(number) if number else None,
    )
