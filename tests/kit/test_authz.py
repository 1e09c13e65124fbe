"""Authorisation: the answer is no, unless a grant that holds now says otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from contracts.authority import Role, Scope
from contracts.refusals import NotAllowed, SignInRequired
from kit.authz import Grant, holds, keep_grant, require, require_signed_in, scopes_of
from kit.data.db import Context, Database
from kit.ids import new_id
from kit.viewer import Viewer
from tests.clock import NOW

ALLIANCE, OTHER = Scope.alliance("a-1"), Scope.alliance("a-2")
SECRETARIAT = (Role.SECRETARIAT, ALLIANCE)
HOUR = timedelta(hours=1)


def grant(
    database: Database, role: Role, scope: Scope, person: str = "ann", *, revoked_at: datetime | None = None
) -> None:
    with database.transaction() as session:
        keep_grant(
            session,
            grant_id=new_id(),
            version=1,
            person=person,
            role=role,
            scope=scope,
            granted_at=NOW,
            revoked_at=revoked_at,
        )


def may(database: Database, *rights: tuple[Role, Scope], person: str = "ann") -> str:
    """`yes`, or the refusal."""
    with database.transaction(Context(Viewer(person)), writes=False) as session:
        try:
            require(session, *rights)
        except (NotAllowed, SignInRequired) as refusal:
            return refusal.code
    return "yes"


def test_without_a_grant_the_answer_is_no(database: Database) -> None:
    assert may(database, SECRETARIAT) == "NOT_ALLOWED"
    assert may(database) == "NOT_ALLOWED"


def test_a_visitor_is_asked_to_sign_in(database: Database) -> None:
    grant(database, *SECRETARIAT, person="")

    assert may(database, SECRETARIAT, person="") == "SIGN_IN_REQUIRED"


def test_a_grant_says_yes_to_its_person_role_and_scope_and_to_nothing_else(database: Database) -> None:
    grant(database, *SECRETARIAT)

    assert may(database, SECRETARIAT) == "yes"
    assert may(database, (Role.SECRETARIAT, OTHER), SECRETARIAT) == "yes"
    assert may(database, (Role.SECRETARIAT, OTHER)) == "NOT_ALLOWED"
    assert may(database, (Role.REPRESENTATIVE, ALLIANCE)) == "NOT_ALLOWED"
    assert may(database, (Role.SECRETARIAT, Scope.organization("a-1"))) == "NOT_ALLOWED"
    assert may(database, SECRETARIAT, person="bob") == "NOT_ALLOWED"
    assert may(database) == "NOT_ALLOWED"


def test_the_hub_office_may_do_everything(database: Database) -> None:
    grant(database, Role.HUB_OFFICE, Scope.hub())

    assert may(database, SECRETARIAT) == "yes"
    assert may(database) == "yes"


def test_the_role_of_the_hub_office_on_anything_but_the_hub_is_worth_nothing(database: Database) -> None:
    grant(database, Role.HUB_OFFICE, ALLIANCE)

    assert may(database, SECRETARIAT) == "NOT_ALLOWED"


def test_a_right_that_was_revoked_is_gone(database: Database) -> None:
    grant(database, *SECRETARIAT, revoked_at=NOW)
    grant(database, Role.HUB_OFFICE, Scope.hub(), revoked_at=NOW)

    assert may(database, SECRETARIAT) == "NOT_ALLOWED"


def test_nobody_holds_none_of_no_rights(database: Database) -> None:
    grant(database, *SECRETARIAT)

    with database.transaction(Context(Viewer("ann")), writes=False) as session:
        assert holds(session, SECRETARIAT)
        assert not holds(session)


def test_the_scopes_of_a_role_are_those_that_hold_now(database: Database) -> None:
    for scope in (ALLIANCE, OTHER):
        grant(database, Role.SECRETARIAT, scope)
    grant(database, Role.SECRETARIAT, Scope.alliance("a-3"), revoked_at=NOW)
    grant(database, Role.SECRETARIAT, Scope.alliance("a-4"), person="bob")
    grant(database, Role.REPRESENTATIVE, Scope.organization("o-1"))

    with database.transaction(Context(Viewer("ann")), writes=False) as session:
        assert sorted(scopes_of(session, Role.SECRETARIAT)) == ["a-1", "a-2"]
        assert scopes_of(session, Role.ORGANIZER) == []


def test_whoever_is_somebody_passes_where_only_that_is_asked(database: Database) -> None:
    with database.transaction(Context(Viewer("ann")), writes=False) as session:
        require_signed_in(session)
    with database.transaction(writes=False) as session, pytest.raises(SignInRequired):
        require_signed_in(session)


def a_history(changes: int) -> list[dict[str, Any]]:
    """What alliances tells of one grant: given, revoked, given again and so on, by version."""
    return [
        {
            "version": number,
            "granted_at": NOW + (number - 1 + number % 2) * HOUR,
            "revoked_at": None if number % 2 else NOW + number * HOUR,
        }
        for number in range(1, changes + 1)
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(data=st.data(), changes=st.integers(1, 5))
def test_in_whatever_order_a_grant_is_told_of_the_newest_counts(
    sqlite: Database, data: st.DataObject, changes: int
) -> None:
    history = a_history(changes)
    told = data.draw(st.lists(st.sampled_from(history), max_size=4)) + data.draw(st.permutations(history))
    grant_id = new_id()

    tell(sqlite, grant_id, told)

    with sqlite.transaction() as session:
        kept = session.get_one(Grant, grant_id)
        newest = history[-1]
        assert (kept.version, kept.granted_at, kept.revoked_at) == (
            newest["version"],
            newest["granted_at"],
            newest["revoked_at"],
        )
    assert may(sqlite, SECRETARIAT) == ("yes" if changes % 2 else "NOT_ALLOWED")
    with sqlite.transaction() as session:
        session.execute(delete(Grant))


def tell(database: Database, grant_id: str, told: Iterable[dict[str, Any]]) -> None:
    for facts in told:
        with database.transaction() as session:
            keep_grant(session, grant_id=grant_id, person="ann", role=Role.SECRETARIAT, scope=ALLIANCE, **facts)
