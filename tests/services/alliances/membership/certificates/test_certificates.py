"""Certificates of membership: who gets one, what it says, and what it is worth on the day on which somebody asks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from contracts.certificate_numbers import letters_of, read_number
from contracts.ids import is_id
from tests.names.table import REAL
from tests.services.alliances.alliances_hub import VISITOR, AlliancesHub, representative, secretariat
from tests.services.alliances.merging.mergers.merging import merge
from tests.services.service_hub import Refused, at_once

ABSENT = "2026-MEM-7K3M-9QX2-H4TC"


def issued(hub: AlliancesHub, member: dict[str, Any], **given: Any) -> dict[str, Any]:
    found: dict[str, Any] = hub.ask("issue_membership_certificate", membership_id=member["id"], **given)
    return found


def check(hub: AlliancesHub, certificate: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = hub.ask("check_membership_certificate", VISITOR, number=certificate["number"])
    return found


def test_a_certificate_says_what_the_member_is_on_its_day_and_both_sides_are_told(alliances: AlliancesHub) -> None:
    alliance = alliances.alliance(name_zh="新媒体联盟", name_en="Media Alliance")
    member = alliances.member(alliance, name_zh="衢州学院", name_en="Quzhou University")
    given = {"membership_id": member["id"], "member_class": "council", "since": "2026-03-02"}
    alliances.ask("set_member_class", **given)
    alliances.ask("renew_membership", membership_id=member["id"], until="2028-12-31")
    before = len(alliances.said())

    certificate = alliances.ask("issue_membership_certificate", secretariat(alliance), membership_id=member["id"])

    facts = {
        "alliance": {"zh": "新媒体联盟", "en": "Media Alliance"},
        "organization": {"zh": "衢州学院", "en": "Quzhou University"},
        "member_class": {"zh": "理事单位", "en": "Council Unit"},
        "joined_on": "2026-03-02",
        "since": "2026-03-02",
        "until": "2028-12-31",
    }
    assert certificate | facts == certificate
    assert (certificate["status"], certificate["ended_at"], certificate["reason"]) == ("issued", None, "")
    assert letters_of(certificate["number"]) == "MEM" and read_number(certificate["number"]) == certificate["number"]
    [(kind, told)] = alliances.said(since=before)
    assert kind == "alliances.membership_certificate_issued"
    assert (told["organization"]["zh"], told["alliance"]["en"], told["replaces"]) == (
        "衢州学院",
        "Media Alliance",
        False,
    )
    assert certificate["number"] not in str(told)
    checked = check(alliances, certificate)
    assert (checked["certificate"], checked["standing"]) == (certificate, "holds")
    assert (checked["status"], checked["status_since"], checked["today"]) == ("member", "2026-03-02", facts)


def test_only_the_secretariat_issues_and_withdraws_and_only_both_sides_see_the_list(alliances: AlliancesHub) -> None:
    alliance = alliances.alliance()
    member, other = alliances.member(alliance), alliances.alliance()
    own = representative({"id": member["organization_id"]})
    which = {"membership_id": member["id"]}
    for somebody in (own, secretariat(other), "somebody"):
        with alliances.refuses("NOT_ALLOWED"):
            alliances.ask("issue_membership_certificate", somebody, **which)
    certificate = alliances.ask("issue_membership_certificate", secretariat(alliance), **which)

    for side in (own, secretariat(alliance)):
        assert alliances.ask("membership_certificates", side, **which)["nodes"] == [certificate]
        assert alliances.ask("membership_certificates_by_id", side, ids=[certificate["id"]]) == [certificate]
    with alliances.refuses("NOT_ALLOWED"):
        alliances.ask("membership_certificates", secretariat(other), **which)
    assert alliances.ask("membership_certificates_by_id", VISITOR, ids=[certificate["id"]]) == []
    with alliances.refuses("NOT_ALLOWED"):
        given = {"certificate_id": certificate["id"], "reason": "误发"}
        alliances.ask("withdraw_membership_certificate", own, **given)


def test_one_that_says_the_same_is_refused_and_one_that_says_otherwise_replaces_it(alliances: AlliancesHub) -> None:
    alliance = alliances.alliance()
    member = alliances.member(alliance)
    first = issued(alliances, member)
    with alliances.refuses("CERTIFICATE_STANDS", "membershipId", number=first["number"]):
        issued(alliances, member)
    alliances.ask("set_member_class", membership_id=member["id"], member_class="council", since="2026-03-02")

    second = issued(alliances, member)

    assert (check(alliances, first)["standing"], check(alliances, second)["standing"]) == ("replaced", "holds")
    assert first["number"] != second["number"]
    found = alliances.ask("membership_certificates", membership_id=member["id"])["nodes"]
    assert [(each["number"], each["status"]) for each in found] == [
        (second["number"], "issued"),
        (first["number"], "replaced"),
    ]


def test_one_that_is_wrong_is_withdrawn_and_put_right_by_another(alliances: AlliancesHub) -> None:
    member = alliances.member(alliances.alliance())
    wrong = issued(alliances, member)
    before = len(alliances.said())

    given = {"certificate_id": wrong["id"], "reason": "英文名称有误"}
    withdrawn = alliances.ask("withdraw_membership_certificate", **given)

    assert (withdrawn["status"], withdrawn["reason"]) == ("withdrawn", "英文名称有误")
    [(kind, told)] = alliances.said(since=before)
    assert (kind, told["reason"]) == ("alliances.membership_certificate_withdrawn", "英文名称有误")
    checked = check(alliances, wrong)
    assert (checked["standing"], checked["certificate"]["reason"]) == ("withdrawn", "")
    with alliances.refuses("CERTIFICATE_ENDED"):
        alliances.ask("withdraw_membership_certificate", **given)
    assert check(alliances, issued(alliances, member))["standing"] == "holds"


def test_the_check_tells_what_holds_on_the_day_of_asking(alliances: AlliancesHub) -> None:
    alliance = alliances.alliance()
    member = alliances.member(alliance)
    certificate = issued(alliances, member)

    def asked() -> tuple[str, str | None, str]:
        found = check(alliances, certificate)
        return found["standing"], found["status"], found["status_since"]

    def step(method: str, **why: str) -> tuple[str, str | None, str]:
        alliances.clock.advance(timedelta(days=1))
        alliances.ask(method, membership_id=member["id"], **why)
        return asked()

    assert asked() == ("holds", "member", "2026-03-02")
    assert step("suspend_member", reason="会费未缴") == ("suspended", "suspended", "2026-03-03")
    with alliances.refuses("MEMBERSHIP_STANDS", status="suspended", status_zh="已暂停"):
        issued(alliances, member)
    assert step("resume_member") == ("holds", "member", "2026-03-04")
    assert step("expel_member", reason="内部原因") == ("ended", None, "2026-03-05")
    assert "内部原因" not in str(check(alliances, certificate))
    assert check(alliances, certificate)["today"]["joined_on"] is None
    with alliances.refuses("MEMBERSHIP_STANDS", status="expelled", status_zh="已除名"):
        issued(alliances, member)


def test_a_body_that_is_to_close_is_not_told_of_as_closed(alliances: AlliancesHub) -> None:
    member = alliances.member(alliances.alliance())
    certificate = issued(alliances, member)
    closing = {"organization_id": member["organization_id"], "on": "2026-12-31", "reason": "撤并"}
    alliances.ask("retire_organization", **closing)

    checked = check(alliances, certificate)

    assert (checked["standing"], checked["organization_closed_on"]) == ("holds", None)


def test_a_term_that_ran_out_lapses_the_certificate_and_its_renewal_brings_it_back(alliances: AlliancesHub) -> None:
    member = alliances.member(alliances.alliance())
    alliances.ask("renew_membership", membership_id=member["id"], until="2026-03-31")
    certificate = issued(alliances, member)

    alliances.clock.advance(timedelta(days=35))  # in grace
    alliances.ring()
    assert check(alliances, certificate)["standing"] == "holds"
    alliances.clock.advance(timedelta(days=40))
    alliances.ring()
    lapsed = check(alliances, certificate)
    assert (lapsed["standing"], lapsed["status"], lapsed["certificate"]["until"]) == ("ended", "lapsed", "2026-03-31")
    alliances.ask("renew_membership", membership_id=member["id"], until="2027-12-31")
    renewed = check(alliances, certificate)
    assert (renewed["standing"], renewed["today"]["until"]) == ("holds", "2027-12-31")


def test_a_body_that_was_renamed_keeps_its_certificate_and_the_check_tells_the_new_name(
    alliances: AlliancesHub,
) -> None:
    member = alliances.member(alliances.alliance(), name_zh="旧学院", name_en="Old")
    certificate = issued(alliances, member)
    renamed = {"name_zh": "新大学", "name_en": "New", "since": "2026-03-02", "reason": "更名"}

    alliances.ask("rename_organization", organization_id=member["organization_id"], **renamed)

    checked = check(alliances, certificate)
    assert checked["standing"] == "holds"
    assert (checked["certificate"]["organization"]["zh"], checked["today"]["organization"]["zh"]) == (
        "旧学院",
        "新大学",
    )
    assert issued(alliances, member)["organization"] == {"zh": "新大学", "en": "New"}


@pytest.mark.parametrize("survivor_too", [True, False], ids=["both are members", "one is a member"])
def test_a_body_that_was_merged_is_checked_by_the_membership_that_goes_on(
    alliances: AlliancesHub, survivor_too: bool
) -> None:
    alliance = alliances.alliance()
    member, survivor = alliances.member(alliance), alliances.organization()
    if survivor_too:
        pair = {"alliance_id": alliance["id"], "organization_id": survivor["id"]}
        alliances.ask("admit_member", membership_id=alliances.ask("apply_for_membership", **pair)["id"])
    certificate = issued(alliances, member)

    merge(alliances, survivor, {"id": member["organization_id"]})

    checked = check(alliances, certificate)
    assert (checked["standing"], checked["status"], checked["merged"]) == ("holds", "member", True)
    assert checked["today"]["organization"] == {"zh": survivor["name_zh"], "en": survivor["name_en"]}


def test_nothing_holds_of_an_alliance_that_is_dissolved_or_a_body_that_is_closed(alliances: AlliancesHub) -> None:
    alliance = alliances.alliance()
    closed, member = alliances.member(alliance), alliances.member(alliance)
    certificates = [issued(alliances, each) for each in (closed, member)]

    gone = {"organization_id": closed["organization_id"], "on": "2026-03-01", "reason": "撤销"}
    alliances.ask("retire_organization", **gone)
    assert [check(alliances, each)["standing"] for each in certificates] == ["ended", "holds"]
    step = {"alliance_id": alliance["id"], "stage": "dissolved", "on": "2026-03-02", "reason": "任务完成"}
    alliances.ask("move_alliance_stage", **step)

    checked = check(alliances, certificates[1])
    assert (checked["standing"], checked["alliance_stage"]) == ("ended", "dissolved")
    with alliances.refuses("ALLIANCE_STAGE_STANDS", "allianceId", stage="dissolved"):
        issued(alliances, member)


def test_a_number_is_found_as_people_write_it_and_an_unknown_one_is_nothing(alliances: AlliancesHub) -> None:
    certificate = issued(alliances, alliances.member(alliances.alliance()))

    meant = certificate["number"].lower().replace("-", " ")
    assert alliances.ask("check_membership_certificate", VISITOR, number=meant)["certificate"] == certificate
    for number in (ABSENT, "x", "2026-YRD-7K3M-9QX2-H4TC"):
        with alliances.refuses("NOT_FOUND", "number"):
            alliances.ask("check_membership_certificate", VISITOR, number=number)
    assert is_id(certificate["id"])


def test_a_name_that_no_font_has_is_said_before_and_can_be_confirmed(alliances: AlliancesHub) -> None:
    member = alliances.member(alliances.alliance(), name_zh=REAL["extension I"])
    with alliances.refuses("NAMES_NOT_PRINTED", "membershipId", certificates=1, letters="U+2EBF0"):
        issued(alliances, member)
    assert issued(alliances, member, unprinted=True)["organization"]["zh"] == REAL["extension I"]


def test_of_two_who_issue_at_once_one_is_told_that_there_is_one(alliances: AlliancesHub) -> None:
    member = alliances.member(alliances.alliance())

    outcomes = at_once(*[lambda: issued(alliances, member)] * 4)

    refused = [each.codes for each in outcomes if isinstance(each, Refused)]
    assert refused == [["CERTIFICATE_STANDS"]] * 3
    assert len(alliances.ask("membership_certificates", membership_id=member["id"])["nodes"]) == 1
