"""Honours are the prizes of entries and the awards of the advisers of those that the rules name."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from contracts.events.recognition.awards import AwardKind
from services.events.recognition.awards.honours import Honour, honours
from tests.services.events.recognition.awards.prizing import prize, rules

ADVISERS = {"name_zh": "优秀指导教师", "name_en": "Outstanding Adviser", "prizes": ["first"], "most_per_entry": 2}
PRIZES = [prize("first", count=1, points=5), prize("second", count=1, points=3)]


@dataclass(frozen=True)
class Placed:
    entry_id: str
    place: int | None
    contestant: str
    score: Decimal | None = None
    province: str = "340000"
    organization_id: str = "college"


@dataclass(frozen=True)
class Someone:
    id: str
    name: str
    role: str = "contestant"
    organization_id: str = "college"


ROWS = [Placed("a", 1, "星火队"), Placed("b", 2, "燎原队"), Placed("c", 3, "后来队")]
PEOPLE = {
    "a": [
        Someone("1", "张三"),
        Someone("2", "李四"),
        Someone("3", "王老师", "adviser", "elsewhere"),
        Someone("4", "", "adviser"),
        Someone("5", "赵老师", "adviser"),
        Someone("6", "钱老师", "adviser"),
    ],
    "b": [Someone("7", "孙老师", "adviser")],
}


def test_an_entry_is_honoured_with_its_members_and_advisers() -> None:
    first, second = honours(ROWS, PEOPLE, rules(prizes=PRIZES, advisers=None), mask)

    assert first == Honour(
        kind=AwardKind.ENTRY,
        holder_id="a",
        entry_id="a",
        prize=first.prize,
        rank=1,
        points=5,
        place=1,
        organization_id="college",
        province="340000",
        recipient="星火队",
        shown_as="星**",
        members=("张三", "李四"),
        advisers=("王老师", "赵老师", "钱老师"),
    )
    assert (first.prize.id, second.prize.id, second.rank, second.points) == ("first", "second", 2, 3)


def test_advisers_are_honoured_for_the_prizes_that_the_rules_name_and_not_more_than_they_say() -> None:
    given = honours(ROWS, PEOPLE, rules(prizes=PRIZES, advisers=ADVISERS), mask)[2:]

    assert [(each.holder_id, each.recipient, each.shown_as, each.organization_id) for each in given] == [
        ("3", "王老师", "王**", "elsewhere"),
        ("5", "赵老师", "赵**", "college"),
    ]
    assert {(each.entry_id, each.entry, each.entry_prize and each.entry_prize.id, each.place) for each in given} == {
        ("a", "星火队", "first", None)
    }


def test_an_entry_of_which_no_member_is_known_is_honoured_by_its_name() -> None:
    [first, _] = honours(ROWS, {}, rules(prizes=PRIZES, advisers=ADVISERS), mask)

    assert (first.recipient, first.members, first.advisers) == ("星火队", (), ())


def mask(name: str) -> str:
    return name[:1] + "*" * (len(name) - 1)
