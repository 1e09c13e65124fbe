"""Rights: the answer is no, unless a grant that holds now says otherwise; one value checks a row and filters many."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Subquery, delete, literal, select, union_all

from contracts.authority import Role, Scope
from contracts.forms import Nothing
from contracts.refusals import NotAllowed, NotFound, SignInRequired
from kit.calls.rpc import command
from kit.context import Context
from kit.data.db import Database
from kit.ids import new_id
from kit.rights.asking import RightNotAskedError, begin, end, holds, require, require_each, require_signed_in, unasked
from kit.rights.grants import Grant, Told, keep_grants
from kit.rights.right import HUB_OFFICE, PUBLIC, SIGNED_IN, Right, among, on, person, province_code, signed_in
from kit.viewer import Viewer
from tests.clock import NOW

ALLIANCE, OTHER = Scope.alliance("a-1"), Scope.alliance("a-2")
SECRETARIAT = on(Role.SECRETARIAT, "alliance_id")
LEADS = on(Role.DELEGATION_LEADER, "series_id", "province")
SOME_OFFICE = on(Role.PROVINCE_OFFICE)
OWN = person("person", "本人", "themselves")
SEES = PUBLIC.given("public", "公开的", "what is public") | SECRETARIAT
HOUR = timedelta(hours=1)


def grant(
    database: Database, role: Role, scope: Scope, person: str = "ann", *, revoked_at: datetime | None = None
) -> None:
    with database.transaction() as session:
        facts = {"version": 1, "person": person, "role": role, "granted_at": NOW, "revoked_at": revoked_at}
        keep_grants(session, [Told(grant_id=new_id(), scope=scope, **facts)])


def may(database: Database, right: Right, *, viewer: str = "ann", **keys: Any) -> str:
    """`yes`, or the refusal."""
    with database.transaction(Context(Viewer(viewer)), writes=False) as session:
        try:
            require(session, right, **keys)
        except (NotAllowed, SignInRequired) as refusal:
            return refusal.code
    return "yes"


def test_without_a_grant_the_answer_is_no(database: Database) -> None:
    assert may(database, SECRETARIAT, alliance_id="a-1") == "NOT_ALLOWED"
    assert may(database, HUB_OFFICE) == "NOT_ALLOWED"


def test_a_visitor_is_asked_to_sign_in(database: Database) -> None:
    grant(database, Role.SECRETARIAT, ALLIANCE, person="")

    assert may(database, SECRETARIAT, viewer="", alliance_id="a-1") == "SIGN_IN_REQUIRED"
    assert may(database, OWN, viewer="", person="") == "SIGN_IN_REQUIRED"


def test_a_grant_says_yes_to_its_person_role_and_scope_and_to_nothing_else(database: Database) -> None:
    grant(database, Role.SECRETARIAT, ALLIANCE)

    assert may(database, SECRETARIAT, alliance_id="a-1") == "yes"
    assert may(database, SECRETARIAT, alliance_id="a-2") == "NOT_ALLOWED"
    assert may(database, SECRETARIAT, alliance_id=None) == "NOT_ALLOWED"
    assert may(database, on(Role.REPRESENTATIVE, "alliance_id"), alliance_id="a-1") == "NOT_ALLOWED"
    assert may(database, SECRETARIAT, viewer="bob", alliance_id="a-1") == "NOT_ALLOWED"
    assert may(database, HUB_OFFICE) == "NOT_ALLOWED"


def test_a_role_on_a_scope_of_another_kind_is_worth_nothing(database: Database) -> None:
    grant(database, Role.SECRETARIAT, Scope.organization("a-1"))
    grant(database, Role.HUB_OFFICE, ALLIANCE)

    assert may(database, SECRETARIAT, alliance_id="a-1") == "NOT_ALLOWED"


def test_a_role_of_a_newer_release_takes_nothing_from_its_holder(database: Database) -> None:
    grant(database, Role.SECRETARIAT, ALLIANCE)
    grant(database, cast("Role", "auditor"), ALLIANCE)

    assert may(database, SECRETARIAT, alliance_id="a-1") == "yes"


def test_one_of_several_ways_is_enough(database: Database) -> None:
    grant(database, Role.SECRETARIAT, ALLIANCE)

    assert may(database, LEADS | SECRETARIAT, series_id="s", province="340000", alliance_id="a-1") == "yes"
    assert may(database, OWN | LEADS, series_id="s", province="340000", person="bob") == "NOT_ALLOWED"
    assert may(database, OWN | LEADS, series_id="s", province="340000", person="ann") == "yes"


def test_the_scope_of_a_delegation_is_made_of_series_and_province(database: Database) -> None:
    grant(database, Role.DELEGATION_LEADER, Scope.delegation("s-1", "340000"))

    assert may(database, LEADS, series_id="s-1", province="340000") == "yes"
    assert may(database, LEADS, series_id="s-1", province="320000") == "NOT_ALLOWED"
    assert may(database, LEADS, series_id="s-2", province="340000") == "NOT_ALLOWED"
    assert may(database, LEADS, series_id="s-1", province=None) == "NOT_ALLOWED"


def test_a_role_without_keys_counts_on_any_scope(database: Database) -> None:
    assert may(database, SOME_OFFICE) == "NOT_ALLOWED"

    grant(database, Role.PROVINCE_OFFICE, Scope.province("340000"))

    assert may(database, SOME_OFFICE) == "yes"


def test_the_hub_office_has_every_right_but_those_that_are_exact(database: Database) -> None:
    grant(database, Role.HUB_OFFICE, Scope.hub())

    assert may(database, SECRETARIAT, alliance_id="a-1") == "yes"
    assert may(database, SECRETARIAT.given("public", "", ""), alliance_id="a-1", public=False) == "yes"
    assert may(database, SECRETARIAT.exactly(), alliance_id="a-1") == "NOT_ALLOWED"
    assert may(database, OWN, person="bob") == "NOT_ALLOWED"


def test_a_right_that_was_revoked_is_gone(database: Database) -> None:
    grant(database, Role.SECRETARIAT, ALLIANCE, revoked_at=NOW)
    grant(database, Role.HUB_OFFICE, Scope.hub(), revoked_at=NOW)

    assert may(database, SECRETARIAT, alliance_id="a-1") == "NOT_ALLOWED"


def test_a_way_that_is_given_for_some_rows_counts_for_those(database: Database) -> None:
    assert may(database, SEES, viewer="", public=True, alliance_id="a-1") == "yes"
    assert may(database, SEES, viewer="", public=False, alliance_id="a-1") == "SIGN_IN_REQUIRED"
    assert may(database, SEES, public=False, alliance_id="a-1") == "NOT_ALLOWED"


def test_whom_other_rows_name_is_found_there(database: Database) -> None:
    holds_some = among(
        lambda person, scope_id: select(Grant.id).where(Grant.person == person, Grant.scope_id == scope_id).exists(),
        "scope_id",
        zh="在册者",
        en="whoever is written there",
    )
    grant(database, Role.SECRETARIAT, ALLIANCE)

    assert may(database, holds_some, scope_id="a-1") == "yes"
    assert may(database, holds_some, scope_id="a-2") == "NOT_ALLOWED"
    assert may(database, holds_some, viewer="", scope_id="a-1") == "SIGN_IN_REQUIRED"


def test_many_rows_are_checked_with_one_statement(sqlite: Database) -> None:
    grant(sqlite, Role.SECRETARIAT, ALLIANCE)

    with sqlite.transaction(Context(Viewer("ann")), writes=False) as session:
        check = require_each(session, SECRETARIAT)
        session.close()  # nothing more is asked of the database
        check(alliance_id="a-1")
        with pytest.raises(NotAllowed):
            check(alliance_id="a-2")


def test_nobody_holds_a_right_without_ways(database: Database) -> None:
    with database.transaction(Context(Viewer("ann")), writes=False) as session:
        assert not holds(session, Right())


def test_whoever_is_somebody_passes_where_only_that_is_asked(database: Database) -> None:
    with database.transaction(Context(Viewer("ann")), writes=False) as session:
        require_signed_in(session)
        begin(session, SIGNED_IN)
        end(session, SIGNED_IN)
    with database.transaction(writes=False) as session:
        begin(session, PUBLIC)
        begin(session, SECRETARIAT | PUBLIC.given("published", "已发布的", "what is published"))
        for right in (SIGNED_IN, signed_in("评委", "a judge"), SECRETARIAT):
            with pytest.raises(SignInRequired):
                begin(session, right)


@pytest.mark.parametrize(
    ("viewer", "right", "told"),
    [
        ("", SECRETARIAT, "SIGN_IN_REQUIRED"),
        ("", PUBLIC, "NOT_FOUND"),
        ("ann", SECRETARIAT, "NOT_ALLOWED"),
        ("ann", SIGNED_IN, "NOT_FOUND"),
        ("ann", LEADS, "NOT_ALLOWED"),
        ("ann", OWN, "NOT_ALLOWED"),
        ("ann", signed_in("评委", "a judge").given("own", "自己的", "of their own"), "NOT_FOUND"),
        ("", SEES, "SIGN_IN_REQUIRED"),
        ("secretary", SECRETARIAT.exactly(), "NOT_FOUND"),
        ("secretary", SEES, "NOT_FOUND"),
        ("secretary", LEADS, "NOT_ALLOWED"),
        ("office", SECRETARIAT, "NOT_FOUND"),
        ("office", SECRETARIAT.exactly(), "NOT_ALLOWED"),
    ],
)
def test_what_is_not_there_is_told_to_who_may_somewhere(
    database: Database, viewer: str, right: Right, told: str
) -> None:
    grant(database, Role.HUB_OFFICE, Scope.hub(), "office")
    grant(database, Role.SECRETARIAT, ALLIANCE, "secretary")
    with database.transaction(Context(Viewer(viewer)), writes=False) as session:
        assert unasked(session, right, NotFound()).code == told


def test_once_the_right_was_asked_everything_is_told(database: Database) -> None:
    grant(database, Role.SECRETARIAT, ALLIANCE)
    with database.transaction(Context(Viewer("ann")), writes=False) as session:
        require(session, SECRETARIAT, alliance_id="a-1")
        assert unasked(session, SECRETARIAT, NotFound("organizationId")).field == "organizationId"


def test_a_method_that_names_a_right_must_ask_for_it(database: Database) -> None:
    with database.transaction(Context(Viewer("ann")), writes=False) as session:
        end(session, PUBLIC)
        with pytest.raises(RightNotAskedError):
            end(session, SECRETARIAT)
        assert may(database, SECRETARIAT, alliance_id="a-1") == "NOT_ALLOWED"
        with pytest.raises(NotAllowed):
            require(session, SECRETARIAT, alliance_id="a-1")
        end(session, SECRETARIAT | LEADS)
        with pytest.raises(RightNotAskedError):
            end(session, LEADS)


def a_table(rows: list[dict[str, Any]]) -> Subquery:
    """A table of these rows, of which nothing is written down."""
    return union_all(*(select(*(literal(row[name]).label(name) for name in rows[0])) for row in rows)).subquery()


PEOPLE = ("ann", "bob")
IDS = ("a-1", "a-2")
PROVINCES = ("340000", "320000")
SCOPES = [
    (Role.HUB_OFFICE, Scope.hub()),
    *((Role.SECRETARIAT, Scope.alliance(each)) for each in IDS),
    *((Role.PROVINCE_OFFICE, Scope.province(each)) for each in PROVINCES),
    *((Role.DELEGATION_LEADER, Scope.delegation(series, each)) for series in IDS for each in PROVINCES),
]
RIGHTS = [
    HUB_OFFICE,
    PUBLIC,
    SIGNED_IN,
    SECRETARIAT,
    SECRETARIAT.exactly(),
    LEADS | SECRETARIAT,
    OWN | LEADS.exactly(),
    SEES,
    SOME_OFFICE.given("public", "", "") | LEADS,
    on(Role.PROVINCE_OFFICE, "province") | OWN.given("public", "", ""),
    Right(),
]
ROW = st.fixed_dictionaries(
    {
        "alliance_id": st.sampled_from(IDS),
        "series_id": st.sampled_from(IDS),
        "province": st.sampled_from(PROVINCES),
        "person": st.sampled_from(PEOPLE),
        "public": st.booleans(),
    }
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    granted=st.lists(st.sampled_from(SCOPES), max_size=4),
    rows=st.lists(ROW, min_size=1, max_size=5),
    viewer=st.sampled_from(["", "ann"]),
)
def test_the_filter_of_many_gives_the_rows_that_pass_the_check_of_one(
    database: Database, granted: list[tuple[Role, Scope]], rows: list[dict[str, Any]], viewer: str
) -> None:
    for role, scope in granted:
        grant(database, role, scope)
    table = a_table([{"place": str(place), **row} for place, row in enumerate(rows)])
    columns: dict[str, Any] = {key: table.c[key] for key in rows[0]}
    series = {"series_id": rows[0]["series_id"]}  # a key that is the same for all rows is given as a value

    with database.transaction(Context(Viewer(viewer)), writes=False) as session:
        for right in RIGHTS:
            for keys, same in ((columns, {}), (columns | series, series)):
                filtered = session.scalars(select(table.c.place).where(right.rows(session, **keys))).all()
                passing = [str(place) for place, row in enumerate(rows) if holds(session, right, **row | same)]
                assert sorted(filtered) == passing
    with database.transaction() as session:
        session.execute(delete(Grant))


def test_a_column_of_regions_is_compared_by_province(database: Database) -> None:
    regions = a_table([{"region": region} for region in ("341000", "320100", "340000")])
    grant(database, Role.PROVINCE_OFFICE, Scope.province("340000"))

    with database.transaction(Context(Viewer("ann")), writes=False) as session:
        own = on(Role.PROVINCE_OFFICE, "province").rows(session, province=province_code(regions.c.region))
        assert set(session.scalars(select(regions.c.region).where(own))) == {"341000", "340000"}


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
    assert may(sqlite, SECRETARIAT, alliance_id="a-1") == ("yes" if changes % 2 else "NOT_ALLOWED")
    with sqlite.transaction() as session:
        session.execute(delete(Grant))


def tell(database: Database, grant_id: str, told: Iterable[dict[str, Any]]) -> None:
    for facts in told:
        with database.transaction() as session:
            keep_grants(
                session, [Told(grant_id=grant_id, person="ann", role=Role.SECRETARIAT, scope=ALLIANCE, **facts)]
            )


def test_a_command_without_a_right_cannot_be_written() -> None:
    with pytest.raises(TypeError, match="right"):
        command(Nothing)  # type: ignore[call-arg]


def test_a_right_says_in_words_whom_it_lets_through() -> None:
    clause = lambda person, alliance: literal(person) == alliance  # noqa: E731
    named = person("person", "本人", "themselves").given("mine", "自己的", "their own")

    [given_] = named.ways
    [of_others] = among(clause, "alliance_id", zh="成员", en="members").ways
    [office] = HUB_OFFICE.given("mine", "自己的", "their own").ways

    assert (given_.words, given_.way.words) == (("自己的", "their own"), ("本人", "themselves"))
    assert (of_others.words, of_others.keys) == (("成员", "members"), ("alliance_id",))
    assert office in HUB_OFFICE.ways


def test_who_is_named_by_other_rows_is_found_in_a_list_too(database: Database) -> None:
    friends = among(lambda person, friend: literal(person) == friend, "friend", zh="朋友", en="friends")
    rows = union_all(select(literal("ann").label("friend")), select(literal("bob").label("friend"))).subquery()

    def seen(viewer: str) -> list[Any]:
        with database.transaction(Context(Viewer(viewer)), writes=False) as session:
            return list(session.scalars(select(rows.c.friend).where(friends.rows(session, friend=rows.c.friend))))

    assert (seen("ann"), seen("eve"), seen("")) == (["ann"], [], [])


def test_a_key_that_no_row_has_lets_nobody_through_and_one_of_all_rows_everybody(database: Database) -> None:
    grant(database, Role.DELEGATION_LEADER, Scope.delegation("s-1", "340000"))
    column = literal("340000")

    with database.transaction(Context(Viewer("ann")), writes=False) as session:
        found = [
            session.scalar(select(LEADS.rows(session, series_id=series, province=column)))
            for series in ("s-1", "s-2", None)
        ]

    assert [bool(each) for each in found] == [True, False, False]
