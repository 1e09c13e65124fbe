"""The directory keeps the newest that alliances said of organisations and grants, in whichever order it came."""

from __future__ import annotations

import pytest

from contracts.authority import Role, Scope
from services.projects.directory.model import Organization
from tests.services.projects.projects_hub import ANHUI, JIANGSU, ProjectsHub


def names(projects: ProjectsHub, organization_id: str) -> list[str]:
    with projects.runtime.database.transaction(writes=False) as session:
        return sorted(name.name for name in session.get_one(Organization, organization_id).names)


def test_an_organisation_is_known_by_all_its_names(projects: ProjectsHub) -> None:
    id_ = projects.organization("上海大学（宝山）", aliases=("上大",))

    chinese = ["上大", "上海大学（宝山）", "上海大学(宝山)"]
    assert names(projects, id_) == sorted([*chinese, "上海大学（宝山） in English", "上海大学(宝山) in English"])


def test_the_newest_name_of_an_organisation_stands(projects: ProjectsHub) -> None:
    id_ = projects.organization("黄山学院", aliases=("黄院",))

    projects.rename(id_, "黄山大学", version=3, region=JIANGSU)
    projects.rename(id_, "黄山师范学院", version=2, region=ANHUI)

    assert names(projects, id_) == ["黄山大学", "黄山大学 in English"]
    assert [row[1:] for row in projects.contents()["organizations"]] == [
        (3, "黄山大学", "黄山大学 in English", "university", JIANGSU, None)
    ]


@pytest.mark.parametrize(("version", "code"), [(2, "NOT_ALLOWED"), (1, None)])
def test_a_role_that_was_revoked_later_no_longer_counts(projects: ProjectsHub, version: int, code: str | None) -> None:
    grant = projects.grant("jiangsu-office", Role.PROVINCE_OFFICE, Scope.province(JIANGSU))

    projects.revoke(grant, version=version)

    if code:
        with projects.refuses(code):
            projects.ask("preview_plan", "jiangsu-office", text="一")
    else:
        assert projects.ask("preview_plan", "jiangsu-office", text="一")["is_plan"] is False
