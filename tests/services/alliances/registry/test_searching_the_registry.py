"""Searching the registry: every part of any name, first what begins so; page by page, within kind and region, by an index."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text, update

from kit.data.db import Session
from procedures.search import finding, indexing
from procedures.search.fragments import SPELLING, fragments, sought
from services.alliances.registry.alliances.model import Alliance
from services.alliances.registry.organizations.model import Organization, OrganizationFragment
from tests.services.alliances.alliances_hub import ANHUI, HUANGSHAN_CITY, SHANGHAI, VISITOR, AlliancesHub
from tests.services.service_hub import at_once, eventually

COLLEGE = "衢州职业技术学院"


def asked(alliances: AlliancesHub, search: str, method: str = "organizations", **which: Any) -> list[str]:
    """The names that a visitor finds, in their order."""
    return [node["name_zh"] for node in alliances.ask(method, VISITOR, search=search, **which)["nodes"]]


def paged(alliances: AlliancesHub, search: str, first: int, **which: Any) -> Iterator[list[str]]:
    """The same page by page, as far as pages go."""
    after = None
    while True:
        page = alliances.ask("organizations", VISITOR, search=search, first=first, after=after, **which)
        yield [node["name_zh"] for node in page["nodes"]]
        if not page["has_next"]:
            return
        after = page.get("end") or page["cursors"][-1]


@pytest.mark.parametrize(
    "typed", ["qzzyjs", "职业技术", "quzhou voc", "QUZHOU", "zhiye", "衢职院", "（职业）技术", "Quzhou V"]
)
def test_an_organization_is_found_by_any_part_of_any_of_its_names(alliances: AlliancesHub, typed: str) -> None:
    alliances.organization(name_zh="浙江农林大学", name_en="Zhejiang A&F University")
    alliances.organization(
        name_zh=COLLEGE, name_en="Quzhou College of Technology", aliases=["衢职院", "Quzhou Vocational College"]
    )

    assert asked(alliances, typed) == [COLLEGE]


def test_an_alliance_is_found_by_any_part_of_its_names(alliances: AlliancesHub) -> None:
    alliances.alliance(name_zh="长三角新职业教育联盟", name_en="New Vocations Alliance", kind="other")
    alliances.alliance(name_zh="长三角高校技术转移联盟", name_en="Technology Transfer Alliance", kind="mechanism")

    assert asked(alliances, "技术转移", "alliances") == ["长三角高校技术转移联盟"]
    assert asked(alliances, "csj", "alliances") == ["长三角高校技术转移联盟", "长三角新职业教育联盟"]
    assert asked(alliances, "alliance", "alliances", kind="other") == ["长三角新职业教育联盟"]
    assert asked(alliances, "vocations all", "alliances", region=SHANGHAI) == ["长三角新职业教育联盟"]


def test_what_is_called_so_comes_first_then_what_begins_so_then_the_rest(alliances: AlliancesHub) -> None:
    for name in ("甲黄山学院", "黄山学院附属中学", "黄山学院", "乙黄山学院"):
        alliances.organization(name_zh=name)

    assert asked(alliances, "黄山学院") == ["黄山学院", "黄山学院附属中学", "甲黄山学院", "乙黄山学院"]
    assert asked(alliances, "黄") == ["黄山学院", "黄山学院附属中学"]
    assert asked(alliances, "山") == []


@pytest.mark.parametrize("typed", ["（", "·", "。。", "%", "_", "衢州学院不存在"])
def test_what_says_nothing_or_occurs_nowhere_finds_nothing(alliances: AlliancesHub, typed: str) -> None:
    alliances.organization(name_zh=COLLEGE)

    assert asked(alliances, typed) == []


def test_a_search_is_bounded_and_its_cursor_its_own(alliances: AlliancesHub) -> None:
    for number in range(2):
        alliances.organization(name_zh=f"学院{number}")
    listed = alliances.ask("organizations", VISITOR, first=1)["cursors"][0]
    found = alliances.ask("organizations", VISITOR, first=1, search="学院")["cursors"][0]

    with alliances.refuses("TOO_LONG", "search", max="100"):
        asked(alliances, "学" * 101)
    for cursor, which in ((listed, {"search": "学院"}), (found, {}), ("nonsense", {"search": "学院"})):
        with alliances.refuses("INVALID", "after"):
            alliances.ask("organizations", VISITOR, after=cursor, **which)


def test_a_page_that_few_are_chosen_from_ends_early_and_goes_on(
    alliances: AlliancesHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "LOOKED_AT", 3)
    for number in range(8):
        alliances.organization(name_zh=f"学院{number}", kind="media" if number == 5 else "university")

    pages = list(paged(alliances, "学院", first=2, kind="media"))

    assert [name for page in pages for name in page] == ["学院5"]
    assert len(pages) == 3
    assert next(paged(alliances, "学院", first=3, region=HUANGSHAN_CITY)) == ["学院0", "学院1", "学院2"]


NAMES = st.text("衢州学院长大abu（", min_size=2, max_size=6).filter(sought)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    names=st.lists(NAMES, min_size=1, max_size=6, unique=True),
    text=st.text("衢州学院长大abuqzxychan", min_size=1, max_size=3),
    first=st.integers(1, 4),
)
def test_pages_show_everything_that_a_text_finds_once_and_in_order(
    alliances: AlliancesHub, names: list[str], text: str, first: int
) -> None:
    alliances.begin()
    for number, name in enumerate(names):
        alliances.organization(name_zh=name, name_en=f"{number}")

    pages = list(paged(alliances, text, first))

    shown = [name for page in pages for name in page]
    fitting = {name: fit for name in names if (fit := _fitting(name, text))}
    assert sorted(shown) == sorted(fitting)
    assert shown == sorted(shown, key=lambda name: (*fitting[name], shown.index(name)))
    assert all(len(page) == first for page in pages[:-1])


def _fitting(name: str, text: str) -> tuple[bool, str] | None:
    """The first of the fragments of a name that begin with a text."""
    found = sorted((inside, each) for each, inside in fragments([name]).items() if each.startswith(sought(text)))
    return next((each for each in found if len(sought(text)) > 1 or not each[0]), None)


# ---- when a name changes, and what was not spelled out -----------------------------------------------------------------


def test_a_rename_leaves_no_fragment_but_those_of_the_names_that_are_kept(alliances: AlliancesHub) -> None:
    found = alliances.organization(name_zh=COLLEGE, name_en="Quzhou", aliases=["衢职院"])
    renamed = {"organization_id": found["id"], "name_zh": "浙江职业大学", "name_en": "Zhejiang"}
    today = alliances.clock.now().date().isoformat()

    alliances.ask("rename_organization", **renamed, since=today, reason="更名")
    alliances.ask("change_organization", organization_id=found["id"], aliases=["浙职大"], reason="更正")

    with alliances.runtime.database.transaction(writes=False) as session:
        assert _kept(session, found["id"]) == fragments(["浙江职业大学", "Zhejiang", COLLEGE, "Quzhou", "浙职大"])
    assert asked(alliances, "zhejiang") == asked(alliances, "qzzy") == asked(alliances, "浙职大") == ["浙江职业大学"]
    assert asked(alliances, "衢职院") == []


def test_an_alliance_is_found_by_a_former_name_and_by_a_new_one_from_its_day_on(alliances: AlliancesHub) -> None:
    found = alliances.alliance(name_zh="职教集团", name_en="Vocational Group")
    tomorrow = (alliances.clock.now() + timedelta(days=2)).date().isoformat()
    renamed = {"alliance_id": found["id"], "name_zh": "职业教育联盟", "name_en": "Vocations"}

    alliances.ask("rename_alliance", **renamed, since=tomorrow, reason="更名")

    assert asked(alliances, "教育联盟", "alliances") == []
    alliances.clock.move_to(alliances.clock.now() + timedelta(days=3))
    assert eventually(lambda: asked(alliances, "教育联盟", "alliances"), 60) == ["职业教育联盟"]
    assert asked(alliances, "zjjt", "alliances") == ["职业教育联盟"]


def test_what_an_earlier_release_has_entered_is_found_once_it_is_spelled_out(
    alliances: AlliancesHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "WAVE", 2)
    ids = [alliances.organization(name_zh=f"学院{number}", aliases=["校"])["id"] for number in range(5)]
    alliances.alliance(name_zh="学院联盟")
    _as_written_by_an_earlier_release(alliances)
    assert asked(alliances, "学院") == asked(alliances, "学院", "alliances") == []

    _spell_out(alliances)

    assert asked(alliances, "学院") == [f"学院{number}" for number in range(5)]
    assert len(asked(alliances, "xiao")) == 5
    assert asked(alliances, "学院", "alliances") == ["学院联盟"]
    with alliances.runtime.database.transaction(writes=False) as session:
        assert _kept(session, ids[0])
        assert set(session.scalars(select(Organization.spelling))) == {SPELLING}


def test_who_spells_out_and_who_renames_at_once_leave_the_last_names(alliances: AlliancesHub) -> None:
    ids = [alliances.organization(name_zh=f"学院{number}")["id"] for number in range(4)]
    _as_written_by_an_earlier_release(alliances)

    def correct() -> None:
        alliances.ask("change_organization", organization_id=ids[1], name_zh="新名", name_en="New", reason="更正")

    at_once(lambda: _spell_out(alliances), lambda: _spell_out(alliances), correct)
    _spell_out(alliances)

    assert asked(alliances, "学院") == ["学院0", "学院2", "学院3"]
    assert asked(alliances, "新名") == ["新名"]
    with alliances.runtime.database.transaction(writes=False) as session:
        assert _kept(session, ids[1]) == fragments(["新名", "New"])


def _as_written_by_an_earlier_release(alliances: AlliancesHub) -> None:
    with alliances.runtime.database.transaction() as session:
        for things in (Organization, Alliance):
            session.execute(text(f"DELETE FROM {things.fragments.__tablename__}"))
            session.execute(update(things).values(spelling=0))


def _spell_out(alliances: AlliancesHub) -> None:
    while alliances.runtime.service.spell_out():  # type: ignore[attr-defined]
        pass


def _kept(session: Session, id_: str) -> dict[str, bool]:
    rows = select(OrganizationFragment.fragment, OrganizationFragment.inside)
    found = session.execute(rows.where(OrganizationFragment.owner_id == id_))
    return dict(found.all())


# ---- what it costs -----------------------------------------------------------------------------------------------------


def test_a_search_asks_as_often_for_three_as_for_one(alliances: AlliancesHub) -> None:
    for number in range(3):
        alliances.organization(name_zh=f"学院{number}", region=HUANGSHAN_CITY)

    def count(**which: Any) -> int:
        with alliances.statements() as sent:
            asked(alliances, "学院", **which)
        return len(sent)

    assert count(first=1) == count(first=2) == 1
    assert count() <= 4  # beginnings and the rest, each with its window
    assert count(region=ANHUI, kind="university") <= 4


def test_a_search_is_a_range_of_an_index(alliances_on_sqlite: AlliancesHub) -> None:
    plan = alliances_on_sqlite.plan_of("organizations", search="学院")

    assert any("ix_organization_fragments_sought (inside=? AND fragment>? AND fragment<?)" in step for step in plan), (
        plan
    )
    assert not any("SCAN" in step and "fragments" in step for step in plan), plan
