"""Listing projects: for an office those of its province, for a representative those of their own organisation."""

from __future__ import annotations

import pytest

from contracts.authority import Role, Scope
from tests.services.projects.cooperation.agreements.agreeing import LEAD, PARTNER, STRANGER, Agreeing
from tests.services.projects.projects_hub import ANHUI_OFFICE, JIANGSU, OFFICE, VISITOR

JIANGSU_OFFICE, ZHEJIANG_OFFICE, ZHEJIANG = "jiangsu-office", "zhejiang-office", "330000"


@pytest.mark.parametrize(
    ("viewer", "seen"),
    [
        (OFFICE, [0, 1]),
        (ANHUI_OFFICE, [0, 1]),
        (JIANGSU_OFFICE, [0]),
        (ZHEJIANG_OFFICE, []),
        (LEAD, [0, 1]),
        (PARTNER, [0]),
        (STRANGER, []),
        ("somebody", []),
    ],
)
def test_projects_are_seen_by_whom_they_concern(agreeing: Agreeing, viewer: str, seen: list[int]) -> None:
    for office, code in ((JIANGSU_OFFICE, JIANGSU), (ZHEJIANG_OFFICE, ZHEJIANG)):
        agreeing.projects.grant(office, Role.PROVINCE_OFFICE, Scope.province(code))
    projects = [agreeing.agreed(), agreeing.agreed(title="联合招聘", participant_ids=agreeing.partners[1:])]
    ids = [project["id"] for project in projects]

    shown = [projects[place] for place in seen]
    milestones = agreeing.projects.ask("milestones", viewer, project_ids=ids)
    all_milestones = [milestone["id"] for project in projects for milestone in agreeing.milestones(project)]
    found = agreeing.projects.ask("milestones_by_id", viewer, ids=all_milestones)

    assert agreeing.projects.ask("projects", viewer)["nodes"] == shown
    by_id = agreeing.projects.ask("projects_by_id", viewer, ids=ids)
    assert sorted(by_id, key=lambda project: ids.index(project["id"])) == shown
    assert len(milestones) == 2 * len(seen)
    assert sorted(found, key=str) == sorted(milestones, key=str)
    assert {milestone["project_id"] for milestone in milestones} == {project["id"] for project in shown}


@pytest.mark.parametrize(
    ("viewer", "seen"), [(OFFICE, [1, 0]), (LEAD, [1, 0]), (PARTNER, [0]), (STRANGER, []), ("somebody", [])]
)
def test_projects_are_found_by_whom_they_concern(agreeing: Agreeing, viewer: str, seen: list[int]) -> None:
    ids = [
        agreeing.agreed(title="长三角师资联合培养")["id"],
        agreeing.agreed(title="联合招聘", participant_ids=agreeing.partners[1:])["id"],
    ]

    for text in ("联合", "lh"):
        found = agreeing.projects.ask("projects", viewer, search=text)["nodes"]
        assert [project["id"] for project in found] == [ids[place] for place in seen]
    assert agreeing.projects.ask("projects", viewer, search="招聘会")["nodes"] == []
    with agreeing.projects.refuses("SIGN_IN_REQUIRED"):
        agreeing.projects.ask("projects", VISITOR, search="·")


def test_projects_are_not_for_visitors(agreeing: Agreeing) -> None:
    project = agreeing.open()

    with agreeing.projects.refuses("SIGN_IN_REQUIRED"):
        agreeing.projects.ask("projects", VISITOR)

    assert agreeing.projects.ask("projects_by_id", VISITOR, ids=[project["id"]]) == []
    assert agreeing.projects.ask("milestones", VISITOR, project_ids=[project["id"]]) == []


def test_projects_are_read_in_pages(agreeing: Agreeing) -> None:
    projects = [agreeing.open(title=title) for title in ("甲", "乙", "丙")]

    first = agreeing.projects.ask("projects", LEAD, first=2)
    second = agreeing.projects.ask("projects", LEAD, first=2, after=first["cursors"][-1])

    assert (first["nodes"], first["has_next"]) == (projects[:2], True)
    assert (second["nodes"], second["has_next"]) == (projects[2:], False)


@pytest.mark.parametrize(("viewer", "grants"), [(OFFICE, 1), (LEAD, 1)])
def test_projects_send_as_many_statements_for_three_as_for_one(agreeing: Agreeing, viewer: str, grants: int) -> None:
    ids = [agreeing.open(title=title)["id"] for title in ("甲", "乙", "丙")]

    counts = []
    for rows in (1, 3):
        with agreeing.projects.statements() as page:
            agreeing.projects.ask("projects", viewer, first=rows)
        with agreeing.projects.statements() as by_id:
            agreeing.projects.ask("projects_by_id", viewer, ids=ids[:rows])
        with agreeing.projects.statements() as milestones:
            agreeing.projects.ask("milestones", viewer, project_ids=ids[:rows])
        counts.append((len(page), len(by_id), len(milestones)))

    assert counts == [(grants + 2, grants + 2, grants + 1)] * 2


def test_projects_of_an_organisation_are_those_it_takes_part_in_however_they_stand(agreeing: Agreeing) -> None:
    both = agreeing.agreed(title="联合培养")["id"]
    mine = agreeing.agreed(title="联合招聘", participant_ids=agreeing.partners[1:])["id"]
    partner = agreeing.partners[0]

    def found(viewer: str = OFFICE, **which: str) -> list[str]:
        return [project["id"] for project in agreeing.projects.ask("projects", viewer, **which)["nodes"]]

    assert found(organization_id=partner) == [both]
    assert found(organization_id=partner, search="联合") == [both]
    assert found(organization_id=agreeing.partners[1]) == [both, mine]
    agreeing.projects.ask("close_project", LEAD, project_id=both, outcome="ended", reason="不再开展")
    assert (found(status="open"), found(status="ended")) == ([mine], [both])
    assert found(organization_id=partner, status="open") == []
    assert found(STRANGER, organization_id=partner) == []
