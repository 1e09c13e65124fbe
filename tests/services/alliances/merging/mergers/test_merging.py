"""Merging two organisations: what is looked at, what is done, that nothing is lost, and that it can be undone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from contracts.authority import Role, Scope
from services.alliances.merging.mergers import finding
from tests.clock import NOW
from tests.services.alliances.alliances_hub import (
    ANHUI,
    HUANGSHAN_CITY,
    SHANGHAI,
    SOMEBODY,
    VISITOR,
    AlliancesHub,
    named,
    representative,
    secretariat,
)
from tests.services.alliances.merging.mergers.merging import (
    as_looked_at,
    choices,
    found,
    merge,
    preview,
    status_of,
    unmerge,
)
from tests.services.service_hub import OFFICE, at_once

CREDIT_CODE = "91110000600037341L"


def apply(hub: AlliancesHub, alliance: dict[str, Any], organization: dict[str, Any], *, admit: bool = True) -> Any:
    one = hub.ask("apply_for_membership", alliance_id=alliance["id"], organization_id=organization["id"])
    return hub.ask("admit_member", membership_id=one["id"]) if admit else one


def test_the_preview_says_what_would_be_done_and_does_nothing(alliances: AlliancesHub) -> None:
    both, alone = alliances.alliance(), alliances.alliance()
    survivor, other = alliances.organization(), alliances.organization(credit_code=CREDIT_CODE)
    applied, member = apply(alliances, both, survivor, admit=False), apply(alliances, both, other)
    apply(alliances, alone, other)
    alliances.rest()
    before = alliances.contents()

    seen = preview(alliances, survivor, other, keep="other")

    assert alliances.contents() == before
    assert seen["survivor_id"] == survivor["id"]
    assert seen["other"] == other
    assert {each["field"]: (each["survivor"], each["other"], each["keep"]) for each in seen["differences"]} == {
        "name_zh": (survivor["name_zh"], other["name_zh"], "other"),
        "name_en": (survivor["name_en"], other["name_en"], "other"),
        "credit_code": (None, CREDIT_CODE, "other"),
    }
    assert (seen["undecided"], seen["alliance_count"]) == ([], 2)
    assert seen["meetings"] == [
        {
            "alliance_id": both["id"],
            "goes_on_id": member["id"],
            "goes_on_status": "member",
            "merges_id": applied["id"],
            "merges_status": "applied",
        }
    ]


def test_what_differs_has_to_be_decided(alliances: AlliancesHub) -> None:
    survivor, other = alliances.organization(), alliances.organization(kind="enterprise")
    pair = {"survivor_id": survivor["id"], "other_id": other["id"]}

    seen = alliances.ask("preview_merge", **pair, choices=choices("survivor", "name_zh", "name_en"))

    assert (seen["undecided"], seen["digest"]) == (["kind"], None)
    with alliances.refuses("MERGE_UNDECIDED", "choices", differs="name_zh", differs_zh="中文名称"):
        alliances.ask("merge_organizations", **pair, ground="duplicate", digest="0" * 64)
    with alliances.refuses("GIVEN_TWICE", "choices", value="kind"):
        alliances.ask("preview_merge", **pair, choices=choices("other", "kind") * 2)


def test_three_and_two_memberships_in_four_alliances_are_four_that_live_and_five_histories(
    alliances: AlliancesHub,
) -> None:
    four = [alliances.alliance() for _ in range(4)]
    survivor, other = alliances.organization(), alliances.organization()
    own = [apply(alliances, each, survivor) for each in four[:3]]
    its = [apply(alliances, each, other) for each in four[2:]]
    said = len(alliances.said())

    merger = merge(alliances, survivor, other)

    members = [alliances.ask("memberships", VISITOR, alliance_id=each["id"], status="member") for each in four]
    assert [[node["organization"]["id"] for node in page["nodes"]] for page in members] == [[survivor["id"]]] * 4
    assert [status_of(alliances, each) for each in own + its] == ["member"] * 3 + ["merged", "member"]
    steps = [
        alliances.ask("membership_status_on", membership_id=each["id"], day=NOW.date().isoformat())
        for each in own + its
    ]
    assert [step["status"] for step in steps] == ["member"] * 3 + ["merged", "member"]
    assert [type_ for type_, _ in alliances.said(since=said)] == [
        "alliances.organizations_merged",
        "alliances.organization_changed",
        "alliances.membership_merged",
    ]
    told = alliances.said(since=said)[0][1]
    assert told == {
        "merger_id": merger["id"],
        "survivor": named(survivor),
        "other": named(other),
        "ground": "duplicate",
        "merged_at": NOW.isoformat(),
    }

    unmerge(alliances, merger)

    assert [status_of(alliances, each) for each in own + its] == ["member"] * 5
    again = merge(alliances, survivor, other)
    assert [status_of(alliances, each) for each in own + its] == ["member"] * 3 + ["merged", "member"]
    assert [each["id"] for each in alliances.ask("mergers", VISITOR)["nodes"]] == [again["id"], merger["id"]]


def test_every_id_and_name_of_the_merged_one_means_the_survivor(alliances: AlliancesHub) -> None:
    survivor, other = alliances.organization(), alliances.organization(aliases=["旧称学院"])
    merge(alliances, survivor, other)

    names = sorted({other["name_zh"], other["name_en"], "旧称学院"})
    assert found(alliances, other) == found(alliances, survivor) == {**survivor, "aliases": names}
    [both] = alliances.ask("organizations_by_id", VISITOR, ids=[other["id"], survivor["id"]])
    assert both["merged_ids"] == [other["id"]]
    assert [each["id"] for each in alliances.ask("organizations", VISITOR, name="旧称")["nodes"]] == [survivor["id"]]
    listed = alliances.ask("organizations", VISITOR, first=100)["nodes"]
    assert [each["id"] for each in listed] == [survivor["id"]]
    [merger] = alliances.ask("mergers_of_organizations", VISITOR, organization_ids=[survivor["id"]])
    assert (merger["organization_id"], merger["other"]) == (survivor["id"], {**other, "status": "merged"})


def test_what_is_new_is_refused_under_the_old_id_and_names_the_survivor(alliances: AlliancesHub) -> None:
    alliance, survivor, other = alliances.alliance(), alliances.organization(), alliances.organization()
    third = alliances.organization()
    merge(alliances, survivor, other)

    with alliances.refuses("ORGANIZATION_MERGED", "organizationId", organization=survivor["id"]):
        apply(alliances, alliance, other)
    with alliances.refuses("ORGANIZATION_MERGED", "otherId", organization=survivor["id"]):
        alliances.ask("preview_merge", survivor_id=third["id"], other_id=other["id"])
    with alliances.refuses("ORGANIZATION_MERGED", "nameZh", organization=survivor["id"]):
        entry = {name: other[name] for name in ("kind", "region", "name_zh", "name_en")}
        alliances.ask("register_organization", **entry)
    with alliances.refuses("ORGANIZATION_MERGED", "scopeId", organization=survivor["id"]):
        scope = {"scope_type": "organization", "scope_id": other["id"]}
        alliances.ask("grant_role", person=SOMEBODY, role="representative", **scope)


def test_roles_on_either_count_on_both_until_it_is_undone(alliances: AlliancesHub) -> None:
    alliance, survivor, other = alliances.alliance(), alliances.organization(), alliances.organization()
    pair = {"alliance_id": alliance["id"], "organization_id": survivor["id"]}
    with alliances.refuses("NOT_ALLOWED"):
        alliances.ask("apply_for_membership", representative(other), **pair)
    merger = merge(alliances, survivor, other)

    applied = alliances.ask("apply_for_membership", representative(other), **pair)

    for person in (representative(survivor), representative(other)):
        mine = alliances.ask("my_memberships", person)["nodes"]
        assert [each["id"] for each in mine] == [applied["id"]]
    unmerge(alliances, merger)
    assert alliances.ask("my_memberships", representative(other))["nodes"] == []
    with alliances.refuses("NOT_ALLOWED"):
        alliances.ask("withdraw_member", representative(other), membership_id=applied["id"], reason="因故")


def test_the_entry_of_the_other_is_taken_over_where_it_was_chosen_and_given_back(alliances: AlliancesHub) -> None:
    survivor = alliances.organization(aliases=["甲"])
    other = alliances.organization(region=ANHUI, kind="enterprise", credit_code=CREDIT_CODE)
    said = len(alliances.said())

    merger = merge(alliances, survivor, other, keep="other")

    own = [survivor["name_en"], survivor["name_zh"], "甲"]
    taken = {name: other[name] for name in ("kind", "region", "name_zh", "name_en", "credit_code")}
    assert found(alliances, other) == {**survivor, **taken, "aliases": sorted(own)}
    [(_, changed)] = [each for each in alliances.said(since=said) if each[0] == "alliances.organization_changed"]
    assert (changed["organization"]["id"], changed["organization"]["zh"]) == (survivor["id"], other["name_zh"])

    unmerge(alliances, merger)

    assert found(alliances, survivor) == survivor
    assert found(alliances, other) == other


@pytest.mark.parametrize("status", ["ended", "waiting"])
def test_a_membership_that_begins_after_the_merger_is_the_survivors(alliances: AlliancesHub, status: str) -> None:
    alliance, survivor, other = alliances.alliance(), alliances.organization(), alliances.organization()
    its = apply(alliances, alliance, other)
    merger = merge(alliances, survivor, other)
    pair = {"alliance_id": alliance["id"], "organization_id": survivor["id"]}
    with alliances.refuses("MEMBERSHIP_STANDS", status="member", status_zh="成员"):
        alliances.ask("apply_for_membership", **pair)

    alliances.ask("withdraw_member", representative(survivor), membership_id=its["id"], reason="因故")
    own = alliances.ask("apply_for_membership", **pair)

    assert own["id"] != its["id"]
    unmerge(alliances, merger)
    assert (status_of(alliances, own), status_of(alliances, its)) == ("applied", "withdrawn")


def test_one_that_went_into_another_can_begin_anew_when_that_has_ended(alliances: AlliancesHub) -> None:
    alliance, survivor, other = alliances.alliance(), alliances.organization(), alliances.organization()
    own, its = apply(alliances, alliance, survivor, admit=False), apply(alliances, alliance, other)
    merger = merge(alliances, survivor, other)
    assert status_of(alliances, own) == "merged"
    with alliances.refuses("MEMBERSHIP_STANDS", status="merged", status_zh="已并入另一成员资格"):
        alliances.ask("admit_member", membership_id=own["id"])
    alliances.ask("expel_member", secretariat(alliance), membership_id=its["id"], reason="因故")

    again = alliances.ask("apply_for_membership", alliance_id=alliance["id"], organization_id=survivor["id"])

    assert again["id"] == own["id"]
    unmerge(alliances, merger)
    assert (status_of(alliances, own), status_of(alliances, its)) == ("applied", "expelled")


def test_chains_lead_to_the_last_survivor_and_are_undone_from_the_end(alliances: AlliancesHub) -> None:
    a, b, c, d = (alliances.organization() for _ in range(4))
    first, second = merge(alliances, b, a), merge(alliances, c, b)
    assert [found(alliances, each)["id"] for each in (a, b)] == [c["id"]] * 2
    with alliances.refuses("ORGANIZATION_MERGED", "survivorId", organization=c["id"]):
        alliances.ask("preview_merge", survivor_id=a["id"], other_id=c["id"])
    with alliances.refuses("UNMERGE_LATER_FIRST", "mergerId", survivor=c["name_zh"], other=b["name_zh"]):
        unmerge(alliances, first)
    third = merge(alliances, c, d)
    with alliances.refuses("UNMERGE_LATER_FIRST", "mergerId", survivor=c["name_zh"], other=d["name_zh"]):
        unmerge(alliances, second)

    for merger in (third, second):
        unmerge(alliances, merger)

    assert [found(alliances, each)["id"] for each in (a, b, c, d)] == [each["id"] for each in (b, b, c, d)]
    unmerge(alliances, first)
    assert [found(alliances, each) for each in (a, b, c, d)] == [a, b, c, d]


def test_a_merger_is_undone_once_and_in_time(alliances: AlliancesHub) -> None:
    survivor, other = alliances.organization(), alliances.organization()
    merger = merge(alliances, survivor, other)
    assert merger["undo_until"] == (NOW + timedelta(days=30)).isoformat()
    alliances.clock.move_to(NOW + timedelta(days=30, seconds=1))
    with alliances.refuses("UNMERGE_TOO_LATE", "mergerId", days=30):
        unmerge(alliances, merger)
    alliances.clock.move_to(NOW + timedelta(days=30))

    undone = unmerge(alliances, merger)

    assert (undone["unmerged_at"], undone["reason"]) == ((NOW + timedelta(days=30)).isoformat(), "登记有误")
    with alliances.refuses("NOTHING_CHANGED", "mergerId"):
        unmerge(alliances, merger)


def test_what_a_third_has_taken_since_stays_its_own(alliances: AlliancesHub) -> None:
    survivor, other = alliances.organization(credit_code=CREDIT_CODE), alliances.organization()
    third = alliances.organization(name_zh="别校")
    merger = merge(alliances, survivor, other, keep="other")
    alliances.ask("merge_organizations", **as_looked_at(alliances, third, survivor, keep="other"))
    with alliances.refuses("UNMERGE_LATER_FIRST", "mergerId", survivor=other["name_zh"], other=other["name_zh"]):
        unmerge(alliances, merger)


def test_only_the_hub_office_and_the_office_of_both_provinces_merge(alliances: AlliancesHub) -> None:
    survivor, other = alliances.organization(), alliances.organization()
    elsewhere = alliances.organization(region=SHANGHAI)
    anhui = alliances.province_office(ANHUI)
    looked = as_looked_at(alliances, survivor, other)
    for person in (representative(survivor), alliances.province_office(SHANGHAI), VISITOR):
        with alliances.refuses("NOT_ALLOWED" if person else "SIGN_IN_REQUIRED"):
            alliances.ask("merge_organizations", person, **looked)
    with alliances.refuses("NOT_ALLOWED"):
        alliances.ask("merge_organizations", anhui, **as_looked_at(alliances, survivor, elsewhere))

    merger = alliances.ask("merge_organizations", anhui, **looked)

    assert alliances.ask("unmerge_organizations", anhui, merger_id=merger["id"], reason="有误")["unmerged_at"]


def test_what_was_not_looked_at_is_not_done(alliances: AlliancesHub) -> None:
    alliance, survivor, other = alliances.alliance(), alliances.organization(), alliances.organization()
    looked = as_looked_at(alliances, survivor, other)
    apply(alliances, alliance, other)

    with alliances.refuses("DIGEST_DIFFERS", "digest"):
        alliances.ask("merge_organizations", **looked)
    with alliances.refuses("MERGE_INTO_ITSELF", "otherId"):
        alliances.ask("preview_merge", survivor_id=other["id"], other_id=other["id"])


def test_of_two_who_merge_the_same_pair_at_once_one_wins(alliances: AlliancesHub) -> None:
    one, two = alliances.organization(), alliances.organization()
    calls = [as_looked_at(alliances, one, two), as_looked_at(alliances, two, one)]

    outcomes = at_once(*(lambda call=call: alliances.ask("merge_organizations", OFFICE, **call) for call in calls))

    [won] = [each for each in outcomes if isinstance(each, dict)]
    [lost] = [each for each in outcomes if not isinstance(each, dict)]
    assert lost.problems[0]["code"] == "ORGANIZATION_MERGED"
    assert lost.problems[0]["params"] == {"organization": won["survivor_id"]}
    assert found(alliances, one) == found(alliances, two)


def test_a_membership_that_begins_while_two_are_merged_belongs_to_one_of_them_alone(alliances: AlliancesHub) -> None:
    alliance, survivor, other = alliances.alliance(), alliances.organization(), alliances.organization()
    apply(alliances, alliance, survivor)
    looked = as_looked_at(alliances, survivor, other)
    pair = {"alliance_id": alliance["id"], "organization_id": other["id"]}

    merged, _ = at_once(
        lambda: alliances.ask("merge_organizations", **looked),
        lambda: alliances.ask("apply_for_membership", **pair),
    )

    live = alliances.ask("memberships", alliance_id=alliance["id"])["nodes"]
    whose = [each for each in live if each["status"] in ("member", "applied")]
    assert len(whose) == (1 if isinstance(merged, dict) else 2)


def test_duplicates_are_suggested_with_the_reason_and_only_to_those_who_may_merge(alliances: AlliancesHub) -> None:
    narrow, wide = (alliances.organization(name_zh=name) for name in ("交大上海", "交大（上海）"))
    here, there = (alliances.organization(name_zh="实验中学", region=each) for each in (HUANGSHAN_CITY, SHANGHAI))
    body = [alliances.organization(credit_code=code) for code in (CREDIT_CODE, "92110000600037341H")]

    def asked(reason: str, viewer: str = OFFICE, **which: Any) -> list[tuple[str, str]]:
        nodes = alliances.ask("duplicates", viewer, reason=reason, **which)["nodes"]
        assert {each["reason"] for each in nodes} <= {reason}
        return [(each["earlier_id"], each["later_id"]) for each in nodes]

    assert asked("same_spelling") == [(narrow["id"], wide["id"])]
    assert asked("same_name") == [(here["id"], there["id"])]
    assert asked("same_code") == [(body[0]["id"], body[1]["id"])]
    anhui = alliances.province_office(ANHUI)
    assert asked("same_spelling", anhui, province=ANHUI) == [(narrow["id"], wide["id"])]
    assert asked("same_name", anhui, province=ANHUI) == []
    with alliances.refuses("NOT_ALLOWED"):
        asked("same_spelling", anhui)
    merge(alliances, narrow, wide)
    assert asked("same_spelling") == []


def test_the_board_of_duplicates_goes_on_behind_a_cursor_and_uses_an_index(alliances: AlliancesHub) -> None:
    for number in range(3):
        for name in (f"学校{number}", f"学校（{number}）"):
            alliances.organization(name_zh=name)

    with alliances.statements() as sent:
        first = alliances.ask("duplicates", reason="same_spelling", first=2)
    second = alliances.ask("duplicates", reason="same_spelling", first=2, after=first["cursors"][-1])

    pairs = [each["earlier_id"] for each in first["nodes"] + second["nodes"]]
    assert (len(set(pairs)), first["has_next"], second["has_next"]) == (3, True, False)
    plan = alliances.plan(*next(each for each in sent if "likeness" in each[0]))
    assert "ix_organizations_likeness" in plan


@pytest.mark.parametrize("looked_at", [1, 2, 3, 7])
def test_every_pair_is_found_however_few_organisations_a_page_looks_at(
    alliances: AlliancesHub, monkeypatch: pytest.MonkeyPatch, looked_at: int
) -> None:
    names = ["甲校", "乙校", "乙（校）", "丙校", "丙（校）", "丙校（）", "丁校"]
    ids = {alliances.organization(name_zh=name)["id"]: name for name in names}
    whole = alliances.ask("duplicates", reason="same_spelling", last=100)["nodes"]
    monkeypatch.setattr(finding, "LOOKED_AT", looked_at)

    nodes: list[dict[str, Any]] = []
    page: dict[str, Any] = {"has_next": True, "nodes": []}
    while page["has_next"]:
        after = page.get("end") or (page["cursors"][-1] if page["nodes"] else None)
        page = alliances.ask("duplicates", reason="same_spelling", first=2, **({"after": after} if after else {}))
        nodes += page["nodes"]

    assert nodes == whole
    assert sorted(ids[each["earlier_id"]][0] for each in nodes) == ["丙", "丙", "丙", "乙"]


def test_a_cursor_of_another_list_is_refused(alliances: AlliancesHub) -> None:
    alliances.organization()
    cursor = alliances.ask("organizations", first=1)["cursors"][0]

    with alliances.refuses("INVALID", "after"):
        alliances.ask("duplicates", reason="same_code", after=cursor)


def test_a_role_on_the_merged_one_can_be_taken_by_the_id_under_which_it_was_given(alliances: AlliancesHub) -> None:
    survivor, other = alliances.organization(), alliances.organization()
    merge(alliances, survivor, other)
    scope = Scope.organization(other["id"])

    alliances.ask(
        "revoke_role", person=representative(other), role=Role.REPRESENTATIVE, scope_type=scope.type, scope_id=scope.id
    )

    assert alliances.ask("my_grants", representative(other))["nodes"] == []
