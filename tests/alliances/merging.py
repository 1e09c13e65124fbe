"""Merging: an organisation that was registered twice is merged, the merger undone and made again, and nothing is lost."""

from __future__ import annotations

from typing import Any

from tests.alliances.cast import OFFICE, Cast
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
    merger = _merged(play, survivor, other)
    assert play.ask("MergersOf", "", id=other)["id"] == survivor
    [told] = play.ask("MergersOf", "", id=survivor)["mergers"]
    assert (told["id"], told["other"]["organizationId"]) == (merger["id"], other)

    play.do("UnmergeOrganizations", OFFICE, mergerId=merger["id"], reason="登记有误")

    assert play.ask("MergersOf", "", id=other)["id"] == other
    assert play.ask("MergersOf", "", id=survivor)["mergers"] == []
    _merged(play, survivor, other)


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
