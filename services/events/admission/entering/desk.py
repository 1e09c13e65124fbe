"""Desk: where entries come in: what was looked up once for all of them, and how each stands after those before it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from contracts.base import Refusal
from contracts.events.admission.entries import AlreadyEntered, EntryStatus
from contracts.events.admission.waiting import WaitingListFull
from contracts.refusals import InvalidInput, OrganizationUnknown
from services.events.admission.entering.admitting import NewEntry, faults
from services.events.admission.entries.rules import EntriesRules
from services.events.admission.quotas.commands import why_no_place
from services.events.admission.quotas.model import Quota
from services.events.admission.quotas.queries import check_gives
from services.events.admission.waiting.rules import WaitingRules

Named = tuple[str, str, str]
"""What stands once: the ids of track and organisation, and the key of the contestant."""


@dataclass(frozen=True)
class Desk:
    """The rules by track, the quotas by track and organisation, what stands, and which members' organisations are unknown.

    `books` are those of the quotas on sheets of their own, which run on with every entry that is let in; `taken` and
    `waited` count those by quota, and `entered` names them. `admitted` are those of the batches before.
    """

    rules: Mapping[str, EntriesRules]
    waiting: Mapping[str, WaitingRules]
    quotas: Mapping[tuple[str, str], Quota]
    standing: set[Named]
    strangers: set[str]
    books: dict[str, Quota]
    entered: set[Named] = field(default_factory=set)
    taken: Counter[str] = field(default_factory=Counter)
    waited: Counter[str] = field(default_factory=Counter)
    admitted: list[NewEntry] = field(default_factory=list)

    def quota(self, new: NewEntry) -> Quota:
        """The books that it has part in; refuses with NoQuota."""
        found = check_gives(self.quotas.get((new.track.id, new.organization.id)))
        return self.books[found.id]

    def check(self, new: NewEntry) -> None:
        """Go on only with an entry that has part in a quota and keeps the rules; one problem for each that it breaks.

        Refuses with NoQuota or OrganizationUnknown, or else with InvalidInput.
        """
        self.quota(new)
        if any(member.organization_id in self.strangers for member in new.members):
            raise OrganizationUnknown("organizationId")
        found = faults(self.rules[new.track.id], new)
        if found:
            raise InvalidInput(*found)

    def unknown_members(self, new: NewEntry) -> Iterator[Refusal]:
        for place, member in enumerate(new.members):
            if member.organization_id in self.strangers:
                yield OrganizationUnknown(f"members.{place}.organizationId")

    def let_in(self, new: NewEntry) -> EntryStatus:
        """Give it a place, or one on the waiting list, as whoever came before has left them.

        Refuses with AlreadyEntered, EntriesNotOpen, WaitingListFull, or without a waiting list QuotaExhausted or OthersWait.
        """
        book, waiting = self.quota(new), self.waiting_for(new)
        known = new.named in self.standing or new.named in self.entered
        if known and (book.has_room or not waiting):
            raise AlreadyEntered("contestant")
        status = status_in(book, waiting)
        if known:
            raise AlreadyEntered("contestant")
        self.entered.add(new.named)
        if status == EntryStatus.ENTERED:
            book.taken += 1
            self.taken[book.id] += 1
        else:
            book.waiting += 1
            self.waited[book.id] += 1
        return status

    def waiting_for(self, new: NewEntry) -> WaitingRules | None:
        """The rules of waiting for an entry that waits where no place is free, and may."""
        rules = self.waiting.get(new.track.id) if new.waits else None
        return rules if rules and rules.enabled else None

    def on_trial(self) -> Desk:
        """The desk for some who enter all or not at all; it goes on as this one where they do."""
        books = {id_: copy_of(book) for id_, book in self.books.items()}
        return replace(self, books=books, entered=set(), taken=self.taken.copy(), waited=self.waited.copy())

    def go_on_as(self, trial: Desk, new: Sequence[NewEntry]) -> None:
        self.admitted.extend(new)
        self.standing.update(trial.entered)
        self.books.update(trial.books)
        self.taken.update(trial.taken - self.taken)
        self.waited.update(trial.waited - self.waited)

    def moved(self) -> list[str]:
        """The quotas that have places for some who wait there now."""
        return [id_ for id_ in self.waited if self.books[id_].free > 0]


def status_in(quota: Quota, waiting: WaitingRules | None) -> EntryStatus:
    """How the next one stands there; refuses as `Desk.let_in` does."""
    if not quota.closed and quota.has_room:
        return EntryStatus.ENTERED
    if quota.closed or not waiting:
        raise why_no_place(quota)
    if quota.waiting >= waiting.most:
        raise WaitingListFull("trackId", most=waiting.most)
    return EntryStatus.WAITING


def copy_of(quota: Quota) -> Quota:
    """The books of a quota on a sheet of their own, which no session knows."""
    names = ("id", "region", "allotted", "taken", "offered", "waiting", "unlimited", "closed")
    return Quota(**{name: getattr(quota, name) for name in names})
