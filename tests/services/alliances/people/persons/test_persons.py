"""Persons: who registers them, what they are called and by whom, where they work, and that two records are of one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.alliances.people.persons import PersonCalled
from kit.ids import new_id
from tests.clock import NOW
from tests.services.alliances.alliances_hub import (
    ANHUI,
    JIANGSU,
    OFFICE,
    SOMEBODY,
    VISITOR,
    AlliancesHub,
    representative,
    secretariat,
)
from tests.services.service_hub import Refused, at_once

TODAY = NOW.date()


def register(hub: AlliancesHub, school: dict[str, Any], by: str = OFFICE, **said: Any) -> dict[str, Any]:
    found: dict[str, Any] = hub.ask(
        "register_person", by, **{"organization_id": school["id"], "name_zh": "安红", **said}
    )
    return found


def names(hub: AlliancesHub, *accounts: str, viewer: str = SOMEBODY) -> dict[str, str]:
    return {each["account"]: each["name_zh"] for each in hub.ask("person_names", viewer, accounts=list(accounts))}


def affiliations(hub: AlliancesHub, person: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = hub.ask("affiliations_of_persons", person_ids=[person["id"]])
    return found


def test_an_organisation_registers_its_people_and_one_message_names_them(alliances: AlliancesHub) -> None:
    school = alliances.organization()
    before = len(alliances.said())

    person = register(alliances, school, representative(school), account="ann", name_en="An Hong", position="校长")

    [held] = affiliations(alliances, person)
    assert (held["organization_id"], held["position"], held["main"]) == (school["id"], "校长", True)
    assert held["since"] == TODAY.isoformat()
    assert [each["id"] for each in alliances.ask("people", organization_id=school["id"])["nodes"]] == [person["id"]]
    assert names(alliances, "ann", "bob") == {"ann": "安红"}
    said = alliances.said(since=before)
    steps = ["person_registered", "person_called", "person_affiliated"]
    assert [type_ for type_, _ in said] == [f"alliances.{step}" for step in steps]
    called = said.pop(1)[1]
    assert {name: called[name] for name in PersonCalled.private} == {"name_zh": "安红", "name_en": "An Hong"}
    assert "安红" not in repr(said) and "An Hong" not in repr(said)


def test_who_registers_people(alliances: AlliancesHub) -> None:
    school, alliance = alliances.organization(), alliances.alliance()
    for by in (representative(school), alliances.province_office(ANHUI), secretariat(alliance), OFFICE):
        assert register(alliances, school, by)["name_zh"] == "安红"
    others = {VISITOR: "SIGN_IN_REQUIRED", SOMEBODY: "NOT_ALLOWED", alliances.province_office(JIANGSU): "NOT_ALLOWED"}
    for viewer, code in others.items():
        with alliances.refuses(code):
            register(alliances, school, viewer)


def test_an_account_is_one_persons(alliances: AlliancesHub) -> None:
    school = alliances.organization()
    register(alliances, school, account="ann")

    with alliances.refuses("PERSON_KNOWN", "account"):
        register(alliances, school, account="ann", name_zh="李四")
    outcomes = at_once(*[lambda: register(alliances, school, account="bob")] * 4)

    assert [each.codes for each in outcomes if isinstance(each, Refused)] == [["PERSON_KNOWN"]] * 3


def test_everybody_says_what_they_are_called_themselves(alliances: AlliancesHub) -> None:
    school = alliances.organization()
    person = register(alliances, school, account="ann", name_zh="安宏")

    own = alliances.ask("update_me", "ann", name_zh="安红")

    assert (own["id"], own["named_by_themselves"]) == (person["id"], True)
    assert names(alliances, "ann") == {"ann": "安红"}
    assert alliances.ask("me", "ann")["id"] == person["id"]
    assert alliances.ask("me", "bob") is None
    assert alliances.ask("update_me", "bob", name_zh="鲍勃")["account"] == "bob"
    with alliances.refuses("NAME_IS_THEIRS", "nameZh"):
        alliances.ask("correct_person", representative(school), person_id=person["id"], name_zh="安宏")
    assert alliances.ask("correct_person", person_id=person["id"], name_zh="安虹")["name_zh"] == "安虹"


def test_a_name_is_corrected_by_who_acts_for_the_organisation(alliances: AlliancesHub) -> None:
    school, other = alliances.organization(), alliances.organization()
    person = register(alliances, school)

    said = {"person_id": person["id"], "name_zh": "安宏", "account": "ann"}
    assert alliances.ask("correct_person", representative(school), **said)["account"] == "ann"
    for viewer, code in {representative(other): "NOT_ALLOWED", VISITOR: "SIGN_IN_REQUIRED"}.items():
        with alliances.refuses(code):
            alliances.ask("correct_person", viewer, **said)
    with alliances.refuses("NOTHING_CHANGED", "nameZh"):
        alliances.ask("correct_person", representative(school), **said)
    with alliances.refuses("PERSON_KNOWN", "account"):
        alliances.ask("correct_person", representative(school), **{**said, "account": "bob"})


def test_a_visitor_sees_no_names_and_a_stranger_no_person(alliances: AlliancesHub) -> None:
    school = alliances.organization()
    person = register(alliances, school, account="ann")

    assert names(alliances, "ann", viewer=VISITOR) == {}
    for viewer in (OFFICE, "ann", representative(school), alliances.province_office(ANHUI)):
        assert [each["id"] for each in alliances.ask("persons_by_id", viewer, ids=[person["id"]])] == [person["id"]]
        assert len(alliances.ask("affiliations_of_persons", viewer, person_ids=[person["id"]])) == 1
    for viewer in (VISITOR, SOMEBODY, representative(alliances.organization()), alliances.province_office(JIANGSU)):
        assert alliances.ask("persons_by_id", viewer, ids=[person["id"]]) == []
        assert alliances.ask("affiliations_of_persons", viewer, person_ids=[person["id"]]) == []


def test_an_affiliation_ends_and_is_corrected(alliances: AlliancesHub) -> None:
    school = alliances.organization()
    person = register(alliances, school)
    [held] = affiliations(alliances, person)
    yesterday = (TODAY - timedelta(days=1)).isoformat()
    whole = {"affiliation_id": held["id"], "position": "教师", "since": "2020-09-01"}

    with alliances.refuses("INVALID", "until"):
        alliances.ask("correct_affiliation", **whole, until="2020-08-31")
    ended = alliances.ask("correct_affiliation", representative(school), **whole, until=yesterday)

    assert (ended["until"], ended["position"], ended["main"]) == (yesterday, "教师", False)
    assert alliances.ask("people", organization_id=school["id"])["nodes"] == []
    assert affiliations(alliances, person) == [ended]


def test_two_records_are_merged_and_parted_again(alliances: AlliancesHub) -> None:
    school, other = alliances.organization(), alliances.organization()
    person, duplicate = (
        register(alliances, school, account="ann"),
        register(alliances, other, account="ann-2", main=False),
    )
    register(alliances, other, name_zh="李四")
    pair = {"person_id": person["id"], "duplicate_id": duplicate["id"]}

    alliances.ask("merge_persons", **pair)
    alliances.ask("update_me", "ann-2", name_zh="安虹")
    merged = [each["organization_id"] for each in affiliations(alliances, person)]
    together = names(alliances, "ann", "ann-2")
    here = alliances.ask("people", representative(other), organization_id=other["id"], first=1)["nodes"]
    [known] = alliances.ask("persons_by_id", representative(other), ids=[person["id"], duplicate["id"]])
    with alliances.refuses("NOTHING_CHANGED", "duplicateId"):
        alliances.ask("merge_persons", **pair)
    alliances.ask("unmerge_persons", duplicate_id=duplicate["id"])

    assert merged == [school["id"], other["id"]]
    assert [each["id"] for each in here] == [known["id"]] == [person["id"]]
    assert together == {"ann": "安虹", "ann-2": "安虹"}
    assert names(alliances, "ann", "ann-2") == {"ann": "安虹", "ann-2": "安红"}
    assert len(affiliations(alliances, duplicate)) == 1
    with alliances.refuses("NOTHING_CHANGED", "duplicateId"):
        alliances.ask("unmerge_persons", duplicate_id=duplicate["id"])


def test_of_two_who_merge_the_same_two_at_once_one_does(alliances: AlliancesHub) -> None:
    school = alliances.organization()
    one, two = register(alliances, school)["id"], register(alliances, school, main=False)["id"]

    outcomes = at_once(
        lambda: alliances.ask("merge_persons", person_id=one, duplicate_id=two),
        lambda: alliances.ask("merge_persons", person_id=two, duplicate_id=one),
    )

    assert [each.codes for each in outcomes if isinstance(each, Refused)] == [["NOTHING_CHANGED"]]


def test_what_would_lose_something_is_not_merged(alliances: AlliancesHub) -> None:
    school = alliances.organization()
    one, two, three = (register(alliances, school, main=number == 0)["id"] for number in range(3))
    rival = register(alliances, school)["id"]

    with alliances.refuses("AFFILIATION_OVERLAPS", "duplicateId", since=TODAY.isoformat()):
        alliances.ask("merge_persons", person_id=one, duplicate_id=rival)
    alliances.ask("merge_persons", person_id=two, duplicate_id=three)
    with alliances.refuses("HAS_DUPLICATES", "duplicateId"):
        alliances.ask("merge_persons", person_id=one, duplicate_id=two)
    with alliances.refuses("NOT_ALLOWED"):
        alliances.ask("merge_persons", representative(school), person_id=one, duplicate_id=three)


DAYS = st.integers(0, 20).map(lambda days: date(2026, 1, 1) + timedelta(days=days))
SPANS = st.lists(st.tuples(DAYS, st.none() | DAYS, st.booleans()), min_size=1, max_size=6)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SPANS)
def test_nobody_has_two_main_affiliations_on_one_day(
    alliances: AlliancesHub, spans: list[tuple[date, date | None, bool]]
) -> None:
    """Whatever is asked for in whatever order: each is kept or refused, and never two on a day."""
    school = alliances.organization()
    person = register(alliances, school, main=False, name_zh=new_id())
    kept = 0
    for since, until, main in spans:
        end = {"until": until.isoformat()} if until else {}
        given_ = {"person_id": person["id"], "organization_id": school["id"], "since": since.isoformat(), "main": main}
        try:
            alliances.ask("affiliate_person", **given_, **end)
            kept += 1
        except Refused as refused:
            assert refused.codes in (["INVALID"], ["AFFILIATION_OVERLAPS"])

    held = affiliations(alliances, person)
    assert len(held) == kept + 1
    mains = [(each["since"], each["until"] or "9999") for each in held if each["main"]]
    assert not [1 for one in mains for two in mains if one is not two and one[0] <= two[1] and two[0] <= one[1]]


def test_of_two_main_affiliations_at_once_one_is_kept(alliances: AlliancesHub) -> None:
    school = alliances.organization()
    person = register(alliances, school, main=False)
    given_ = {"person_id": person["id"], "organization_id": school["id"], "since": "2026-01-01", "main": True}

    outcomes = at_once(*[lambda: alliances.ask("affiliate_person", **given_)] * 3)

    assert [each.codes for each in outcomes if isinstance(each, Refused)] == [["AFFILIATION_OVERLAPS"]] * 2


def test_names_of_many_take_one_statement(alliances: AlliancesHub) -> None:
    school = alliances.organization()
    for account in ("ann", "bob", "cai"):
        register(alliances, school, account=account)

    with alliances.statements() as sent:
        assert len(names(alliances, "ann", "bob", "cai")) == 3
    assert len(sent) == 1


def test_people_are_found_by_any_part_of_their_names_where_they_may_be_seen(alliances: AlliancesHub) -> None:
    school, other = alliances.organization(), alliances.organization()
    person = register(alliances, school, name_zh="欧阳修远", name_en="Xiuyuan Ouyang")
    register(alliances, other, name_zh="欧阳修远")

    def found(text: str, body: dict[str, Any] = school) -> list[str]:
        nodes = alliances.ask("people", organization_id=body["id"], search=text)["nodes"]
        return [each["id"] for each in nodes]

    for text in ("阳修", "欧阳", "xiuyuan", "oyxy", "Ouyang"):
        assert found(text) == [person["id"]], text
    alliances.ask("correct_person", person_id=person["id"], name_zh="李远")
    assert (found("阳修"), found("李远")) == ([], [person["id"]])
    assert len(found("阳修", other)) == 1
    alliances.ask("erase_person", person_id=person["id"])
    assert found("李远") == []
