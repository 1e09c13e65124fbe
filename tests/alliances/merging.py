"""Merging: an organisation that was registered twice is merged, the merger undone and made again, and nothing is lost."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

from tests.alliances.cast import OFFICE, Cast, representative
from tests.handbook.stage import Play

TWICE = {
    "nameZh": "衢州职业技术学院",
    "nameEn": "Quzhou Vocational College",
    "region": "330800",
    "kind": "VOCATIONAL_COLLEGE",
}


def merge(play: Play, cast: Cast) -> None:
    survivor = cast.organizations["quzhou"]
    other = play.do("RegisterOrganization", OFFICE, **TWICE)["organization"]["id"]
    assert (survivor, other) in suggested(play)
    dismiss_for_a_while(play, survivor, other)
    apart = {"MEMBER": 3}
    together = {"MEMBER": 4, "MERGED": 1}
    _join(play, cast, survivor, other)
    assert _memberships(play) == apart
    merger = _merged(play, survivor, other)
    assert _memberships(play) == together
    assert play.ask("MergersOf", "", id=other)["id"] == survivor
    [told] = play.ask("MergersOf", "", id=survivor)["mergers"]
    assert (told["id"], told["other"]["organizationId"]) == (merger["id"], other)

    play.wait_for(play.now + timedelta(days=1))
    play.do("UnmergeOrganizations", OFFICE, mergerId=merger["id"], reason="登记有误")

    assert play.ask("MergersOf", "", id=other)["id"] == other
    assert play.ask("MergersOf", "", id=survivor)["mergers"] == []
    assert _memberships(play) == apart
    _merged(play, survivor, other)
    assert _memberships(play) == together


def _join(play: Play, cast: Cast, survivor: str, other: str) -> None:
    """Let one be a member of three alliances and the other of two, one of which is among the three."""
    names = ("乡村教育联盟", "产教融合联盟", "数字教育联盟")
    also = [
        play.do("FoundAlliance", OFFICE, kind="UNIVERSITY_ALLIANCE", nameZh=name, nameEn=f"Alliance {number}")
        for number, name in enumerate(names)
    ]
    rural, industry, digital = (each["alliance"]["id"] for each in also)
    pairs = [(rural, survivor), (industry, survivor), (industry, other), (digital, other)]
    for alliance, organization in pairs:
        pair = {"allianceId": alliance, "organizationId": organization}
        applied = play.do("ApplyForMembership", OFFICE, **pair)["membership"]["id"]
        play.do("AdmitMember", OFFICE, membershipId=applied)


def _memberships(play: Play) -> Counter[str]:
    """How many the representatives see, by status; each has its history."""
    found = play.pages("MyMemberships", representative("quzhou"))
    for each in found:
        assert play.pages("Steps", representative("quzhou"), membership=each["id"])
    return Counter(each["status"] for each in found)


def suggested(play: Play) -> list[tuple[str, str]]:
    pairs = play.pages("Duplicates", OFFICE, reason="SAME_NAME")
    return [(each["earlier"]["id"], each["later"]["id"]) for each in pairs]


def dismiss_for_a_while(play: Play, one: str, other: str) -> None:
    """That the two are two is a mistake, and is taken back."""
    pair = {"organizationId": one, "otherId": other, "reason": "两个校区分别登记"}
    dismissal = play.do("DismissDuplicate", OFFICE, **pair)["dismissal"]
    assert (one, other) not in suggested(play)
    assert [each["id"] for each in play.pages("Dismissals", OFFICE)] == [dismissal["id"]]
    play.do("RestoreDuplicate", OFFICE, dismissalId=dismissal["id"], reason="系同一单位")
    assert (one, other) in suggested(play)


def _merged(play: Play, survivor: str, other: str) -> Any:
    seen = play.ask("PreviewMerge", OFFICE, survivor=survivor, other=other)
    choices = [{"field": field, "keep": "SURVIVOR"} for field in seen["undecided"]]
    seen = play.ask("PreviewMerge", OFFICE, survivor=survivor, other=other, choices=choices)
    assert (seen["undecided"], seen["other"]["organizationId"]) == ([], other)
    pair = {"survivorId": survivor, "otherId": other, "choices": choices, "ground": "DUPLICATE"}
    return play.do("MergeOrganizations", OFFICE, **pair, digest=seen["digest"])["merger"]
