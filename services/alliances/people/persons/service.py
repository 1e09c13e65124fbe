"""Persons on the wire: organisations register their people, everybody says what they are called themselves."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from contracts.alliances.people import persons_forms as forms
from contracts.forms import ByIds
from kit.calls.hooks import hook
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.data.rendering import rendered
from kit.rights.asking import holds, require
from kit.rights.right import HUB_OFFICE, SIGNED_IN
from kit.work.timers import on_due
from services.alliances.authority.roles.knowing import KNOWS_PERSON
from services.alliances.people.persons import affiliating, calling, commands, erasing, exporting, queries
from services.alliances.people.persons.asking import own_person
from services.alliances.people.persons.model import Person
from services.alliances.people.persons.schemas import affiliation_view, of_person_view, person_view
from services.alliances.people.persons.settings import PeopleSettings
from services.alliances.registry.organizations.queries import organization as find_organization
from services.alliances.rights import (
    CORRECTS_PERSON,
    HAS_RECORD,
    REGISTERS_PERSON,
    SEES_PERSON,
    SPEAKS_FOR_ORGANIZATION,
    THEMSELVES,
)


class PersonsService(Service):
    """Persons (人员) and their affiliations (任职)."""

    @command(forms.RegisterPerson, right=REGISTERS_PERSON)
    def register_person(
        self,
        session: Session,
        *,
        organization_id: str,
        name_zh: str,
        name_en: str | None = None,
        account: str | None = None,
        since: date | None = None,
        main: bool | None = None,
        **position: Any,
    ) -> dict[str, Any]:
        organization = find_organization(session, organization_id)
        require(session, REGISTERS_PERSON, **organization.keys)
        person = commands.register_person(
            session, name_zh=name_zh, name_en=name_en, account=account, organization=organization.named
        )
        position |= {"since": since or queries.today(session), "main": main is not False}
        affiliating.affiliate_person(session, person=person, organization=organization, most=self._most(), **position)
        return person_view(person)

    @command(forms.CorrectPerson, right=CORRECTS_PERSON)
    def correct_person(self, session: Session, *, person_id: str, **said: Any) -> dict[str, Any]:
        person = queries.person(session, person_id)
        require(session, CORRECTS_PERSON, **self._keys(session, person))
        if not holds(session, HUB_OFFICE) and person.account != session.viewer.id:
            person.check_not_theirs()
        return person_view(commands.correct_person(session, person=person, **said))

    @command(forms.UpdateMe, right=SIGNED_IN)
    def update_me(self, session: Session, *, name_zh: str, name_en: str | None = None) -> dict[str, Any]:
        return person_view(commands.update_me(session, name_zh=name_zh, name_en=name_en))

    @command(forms.AffiliatePerson, right=SPEAKS_FOR_ORGANIZATION)
    def affiliate_person(
        self, session: Session, *, person_id: str, organization_id: str, main: bool | None = None, **facts: Any
    ) -> dict[str, Any]:
        organization = find_organization(session, organization_id)
        require(session, SPEAKS_FOR_ORGANIZATION, **organization.keys)
        person = queries.person(session, person_id)
        affiliation = affiliating.affiliate_person(
            session, person=person, organization=organization, most=self._most(), main=bool(main), **facts
        )
        return affiliation_view(affiliation, person.id)

    @command(forms.CorrectAffiliation, right=SPEAKS_FOR_ORGANIZATION)
    def correct_affiliation(
        self, session: Session, *, affiliation_id: str, main: bool | None = None, **facts: Any
    ) -> dict[str, Any]:
        affiliation = queries.affiliation(session, affiliation_id)
        require(session, SPEAKS_FOR_ORGANIZATION, **affiliation.organization.keys)
        person = queries.person(session, affiliation.person_id)
        said = {"affiliation": affiliation, "main": bool(main), **facts}
        corrected = affiliating.correct_affiliation(session, person=person, **said)
        self._say_anew(session, person)
        return affiliation_view(corrected, person.id)

    @command(forms.MergePersons, right=HUB_OFFICE)
    def merge_persons(self, session: Session, *, person_id: str, duplicate_id: str) -> dict[str, Any]:
        require(session, HUB_OFFICE)
        for id_ in sorted({person_id, duplicate_id}):  # locked in one order: two merge the same two at once
            queries.record_of(session, id_, "personId" if id_ == person_id else "duplicateId")
        person, duplicate = queries.person(session, person_id), queries.person(session, duplicate_id)
        return person_view(commands.merge_persons(session, person=person, duplicate=duplicate))

    @command(forms.UnmergePersons, right=HUB_OFFICE)
    def unmerge_persons(self, session: Session, *, duplicate_id: str) -> dict[str, Any]:
        require(session, HUB_OFFICE)
        duplicate = queries.record_of(session, duplicate_id, "duplicateId")
        person_id = duplicate.merged_into
        view = person_view(commands.unmerge_persons(session, duplicate=duplicate))
        for each in filter(None, (session.get(Person, person_id), duplicate)):
            self._say_anew(session, each)
        return view

    @command(forms.ErasePerson, right=HAS_RECORD)
    def erase_person(self, session: Session, *, person_id: str) -> dict[str, Any]:
        person = own_person(session, person_id)
        return person_view(erasing.erase_person(session, person=person, **self._erasing()))

    @command(forms.KeepPerson, right=HAS_RECORD)
    def keep_person(self, session: Session, *, person_id: str) -> dict[str, Any]:
        return person_view(erasing.keep_person(session, person=own_person(session, person_id)))

    @query(forms.ExportPerson, right=THEMSELVES)
    def export_person(self, session: Session, *, person_id: str) -> dict[str, Any]:
        """Of anybody else it is asked for by `ask_person_export`, which says why."""
        return exporting.export_person(session, own_person(session, person_id, THEMSELVES))

    @on_due(erasing.ERASE_PERSON)
    def erase_when_due(self, session: Session, person_id: str) -> None:
        erasing.erase_when_due(session, person_id, **self._erasing())

    @on_due(calling.TELL_NAMES)
    def tell_names(self, session: Session, behind: str) -> None:
        calling.tell_names(session, behind)

    @query(forms.People, right=SPEAKS_FOR_ORGANIZATION)
    def people(self, session: Session, *, organization_id: str, **which: Any) -> dict[str, Any]:
        organization = find_organization(session, organization_id)
        require(session, SPEAKS_FOR_ORGANIZATION, **organization.keys)
        return queries.people(session, organization_id=organization_id, **which).view(person_view)

    @query(forms.Me, right=SIGNED_IN)
    def me(self, session: Session) -> dict[str, Any] | None:
        own = queries.person_of(session, session.viewer.id)
        return person_view(own) if own else None

    @query(forms.PersonNames, shows=SIGNED_IN)
    def person_names(self, session: Session, *, accounts: list[str]) -> list[dict[str, Any]]:
        """Whoever sees an account sees whose it is; a visitor sees no name."""
        return queries.names_of(session, accounts) if holds(session, SIGNED_IN) else []

    @query(ByIds, shows=SEES_PERSON)
    def persons_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        return rendered(queries.persons_by_id(session, ids), person_view)

    @query(forms.AffiliationsOfPersons, shows=SEES_PERSON)
    def affiliations_of_persons(self, session: Session, *, person_ids: list[str]) -> list[dict[str, Any]]:
        return rendered(queries.affiliations_of_persons(session, person_ids), of_person_view)

    @query(ByIds, shows=SEES_PERSON)
    def affiliations_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        return rendered(queries.affiliations_by_id(session, ids), of_person_view)

    @hook(KNOWS_PERSON)
    def has_record_of(self, session: Session, account: str) -> bool:
        return queries.person_of(session, account) is not None

    def _say_anew(self, session: Session, person: Person) -> None:
        """Where a person works is other than it was, and those who look at it follow."""
        session.flush()
        ids = [each.id for each in queries.records_of(session, person)]
        for follow in self.hooked(affiliating.AFFILIATED_ANEW):
            follow(session, ids)

    def _erasing(self) -> dict[str, Any]:
        """For how long who held a role is known, and what else forgets them."""
        kept_for = timedelta(days=self.runtime.settings.of(PeopleSettings).days)
        return {"kept_for": kept_for, "forget": self.hooked(erasing.FORGET)}

    def _most(self) -> int:
        return self.runtime.settings.of(PeopleSettings).affiliations

    def _keys(self, session: Session, person: Person) -> dict[str, Any]:
        """The person by their account, and that of their organisations for which the viewer acts, if there is one."""
        bodies = [each.organization.keys for each in queries.affiliations_of(session, person)]
        nowhere = {"organization_id": None, "province": None}
        mine = (keys for keys in bodies if holds(session, SPEAKS_FOR_ORGANIZATION, **keys))
        return {"account": person.account, **next(mine, nowhere)}
