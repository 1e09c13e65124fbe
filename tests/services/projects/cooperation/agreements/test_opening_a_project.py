"""Opening a project: organisations of several provinces undertake something together."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from kit.ids import new_id
from tests.services.projects.cooperation.agreements.agreeing import LEAD, PARTNER, STRANGER, Agreeing
from tests.services.projects.planning.plans.writing import PLAN
from tests.services.projects.projects_hub import ANHUI_OFFICE, OFFICE, VISITOR, Refused


@pytest.mark.parametrize("viewer", [LEAD, OFFICE])
def test_open_project_takes_the_lead_and_asks_the_others_once(agreeing: Agreeing, viewer: str) -> None:
    project = agreeing.open(viewer)

    assert project == {
        "id": project["id"],
        "title": "长三角师资联合培养",
        "description": "",
        "starts_on": None,
        "ends_on": None,
        "status": "open",
        "closed_at": None,
        "closed_because": "",
        "item_id": None,
        "lead_organization_id": agreeing.lead,
        "participant_ids": [agreeing.lead],
        "created_at": project["created_at"],
        "invitations": [
            {"organization_id": id_, "status": "invited", "answered_at": None, "reason": ""}
            for id_ in agreeing.partners
        ],
    }
    assert agreeing.projects.ask("projects_by_id", viewer, ids=[project["id"]]) == [project]
    lead = {"id": agreeing.lead, "zh": "上海师范大学", "en": "上海师范大学 in English"}
    about = {"project_id": project["id"], "title": project["title"], "lead_organization": lead}
    answer_by = (datetime.fromisoformat(project["created_at"]) + timedelta(days=30)).isoformat()
    assert agreeing.projects.said() == [
        ("projects.project_opened", {**about, "item_id": None, "participant_ids": [agreeing.lead]}),
        (
            "projects.participants_invited",
            {**about, "organization_ids": agreeing.partners, "answer_by": answer_by},
        ),
    ]


def test_open_project_sets_its_milestones_by_the_day_they_are_due(agreeing: Agreeing) -> None:
    project = agreeing.open()

    milestones = agreeing.milestones(project)

    assert [{**milestone, "id": ""} for milestone in milestones] == [
        {"id": "", "project_id": project["id"], "title": "开班", "due_on": "2026-03-01", "reached_at": None},
        {"id": "", "project_id": project["id"], "title": "签署协议", "due_on": "2026-06-30", "reached_at": None},
    ]


def test_open_project_counts_an_organisation_once(agreeing: Agreeing) -> None:
    project = agreeing.open(participant_ids=[agreeing.partners[0], agreeing.lead, agreeing.partners[0]])

    assert project["participant_ids"] == [agreeing.lead]
    assert [each["organization_id"] for each in project["invitations"]] == [agreeing.partners[0]]


def test_open_project_can_carry_out_an_item_of_a_plan(agreeing: Agreeing) -> None:
    plan = agreeing.projects.ask("import_plan", text=PLAN, public=True)
    item = agreeing.projects.ask("work_items", plan_id=plan["id"])["nodes"][1]

    project = agreeing.open(item_id=item["id"], milestones=None)

    assert project["item_id"] == item["id"]
    assert agreeing.milestones(project) == []
    assert agreeing.projects.said(since=2)[0][1]["item_id"] == item["id"]


def test_open_project_refuses_an_item_that_the_viewer_may_not_know_of(agreeing: Agreeing) -> None:
    plan = agreeing.projects.ask("import_plan", text=PLAN, public=False)
    item = agreeing.projects.ask("work_items", plan_id=plan["id"])["nodes"][0]

    with agreeing.projects.refuses("NOT_FOUND", "itemId"):
        agreeing.open(item_id=item["id"])

    assert agreeing.open(OFFICE, item_id=item["id"])["item_id"] == item["id"]


@pytest.mark.parametrize("partners", [[], ["neighbour"]])
def test_open_project_refuses_partners_of_one_province(agreeing: Agreeing, partners: list[str]) -> None:
    with agreeing.projects.refuses("ONE_PROVINCE_ONLY", "participantIds", provinces=2):
        agreeing.open(participant_ids=[getattr(agreeing, name) for name in partners])


def test_open_project_asks_for_as_many_provinces_as_the_settings_say(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setenv("HUB_PROJECT_PROVINCES", "3")
    agreeing: Agreeing = request.getfixturevalue("agreeing")

    with agreeing.projects.refuses("ONE_PROVINCE_ONLY", "participantIds", provinces=3):
        agreeing.open(participant_ids=agreeing.partners[:1])

    assert agreeing.agreed()["participant_ids"] == [agreeing.lead, *agreeing.partners]


def test_open_project_refuses_organisations_that_nobody_told_of(agreeing: Agreeing) -> None:
    with agreeing.projects.refuses("ORGANIZATIONS_UNKNOWN", "participantIds", count=2):
        agreeing.open(participant_ids=[*agreeing.partners, new_id(), new_id()])


@pytest.mark.parametrize(
    ("viewer", "code"),
    [(VISITOR, "SIGN_IN_REQUIRED"), (PARTNER, "NOT_ALLOWED"), (STRANGER, "NOT_ALLOWED"), (ANHUI_OFFICE, "NOT_ALLOWED")],
)
def test_open_project_is_for_the_representative_of_the_lead(agreeing: Agreeing, viewer: str, code: str) -> None:
    with agreeing.projects.refuses(code):
        agreeing.open(viewer)


@pytest.mark.parametrize(
    ("changed", "field", "code"),
    [
        ({"title": "\n"}, "title", "INVALID"),
        ({"title": "长" * 201}, "title", "TOO_LONG"),
        ({"participant_ids": ["x"]}, "participantIds.0", "INVALID"),
        ({"participant_ids": [new_id()] * 100}, "participantIds", "TOO_LONG"),
        ({"milestones": [{"title": "开班", "due_on": "2026-02-30"}]}, "milestones.0.dueOn", "INVALID"),
        ({"milestones": [{"due_on": "2026-02-28"}]}, "milestones.0.title", "REQUIRED"),
        ({"milestones": [{"title": "开班", "due_on": "2026-02-28"}] * 51}, "milestones", "TOO_LONG"),
        ({"starts_on": "2026-03-02", "ends_on": "2026-03-01"}, "endsOn", "PROJECT_ENDS_BEFORE"),
        ({"lead_organization_id": "1;--"}, "leadOrganizationId", "INVALID"),
        ({"provinces": 1}, "provinces", "UNKNOWN_FIELD"),
    ],
)
def test_open_project_refuses_input_of_a_wrong_form(
    agreeing: Agreeing, changed: dict[str, Any], field: str, code: str
) -> None:
    agreeing.projects.rest()
    before = agreeing.projects.contents()

    with pytest.raises(Refused) as refused:
        agreeing.open(**changed)

    assert [(problem["field"], problem["code"]) for problem in refused.value.problems] == [(field, code)]
    assert agreeing.projects.contents() == before
