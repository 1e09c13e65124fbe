"""Consenting: an organisation that is named takes part once it has accepted; it is told once, and nobody answers for it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from contracts.authority import Role, Scope
from kit.ids import new_id
from tests.services.projects.cooperation.agreements.agreeing import HUANGSHAN, LEAD, PARTNER, STRANGER, Agreeing
from tests.services.projects.projects_hub import ANHUI_OFFICE, JIANGSU, OFFICE, VISITOR, at_once
from tests.services.service_hub import eventually

MONTH = timedelta(days=30)
JIANGSU_OFFICE = "jiangsu-office"


def test_who_is_named_and_has_not_accepted_counts_nowhere(agreeing: Agreeing) -> None:
    agreeing.projects.grant(JIANGSU_OFFICE, Role.PROVINCE_OFFICE, Scope.province(JIANGSU))
    project = agreeing.open()

    for viewer in (PARTNER, JIANGSU_OFFICE, STRANGER):
        assert agreeing.projects.ask("projects", viewer)["nodes"] == []
        assert agreeing.milestones(project, viewer) == []
    assert agreeing.projects.ask("projects_by_id", JIANGSU_OFFICE, ids=[project["id"]]) == []
    [seen] = agreeing.projects.ask("projects", LEAD)["nodes"]
    assert seen["participant_ids"] == [agreeing.lead]


def test_who_is_asked_sees_what_they_are_asked_and_nobody_else_who_is(agreeing: Agreeing) -> None:
    project = agreeing.open()

    [asked] = agreeing.projects.ask("project_invitations", PARTNER)["nodes"]
    by_id = agreeing.projects.ask("projects_by_id", PARTNER, ids=[project["id"]])

    assert (asked["id"], by_id) == (project["id"], [asked])
    assert [each["organization_id"] for each in asked["invitations"]] == agreeing.partners[:1]
    for viewer in (STRANGER, LEAD, OFFICE):
        assert agreeing.projects.ask("project_invitations", viewer)["nodes"] == []
    with agreeing.projects.refuses("SIGN_IN_REQUIRED"):
        agreeing.projects.ask("project_invitations", VISITOR)


def test_who_accepts_takes_part_from_then_on(agreeing: Agreeing) -> None:
    project = agreeing.open()

    accepted = agreeing.answer("accept", project, agreeing.partners[0], PARTNER)

    assert accepted["participant_ids"] == [agreeing.lead, agreeing.partners[0]]
    assert agreeing.projects.ask("projects", PARTNER)["nodes"] == [accepted]
    assert len(agreeing.milestones(project, PARTNER)) == 2
    assert agreeing.projects.ask("project_invitations", PARTNER)["nodes"] == []
    [(type_, said)] = agreeing.projects.said(since=2)
    assert (type_, said["organization"]["id"]) == ("projects.participation_accepted", agreeing.partners[0])


def test_who_declines_does_not_and_is_not_asked_again(agreeing: Agreeing) -> None:
    project = agreeing.open()

    agreeing.answer("decline", project, agreeing.partners[0], PARTNER, reason="人手不足")

    [seen] = agreeing.projects.ask("projects", LEAD)["nodes"]
    assert [(each["status"], each["reason"]) for each in seen["invitations"]] == [
        ("declined", "人手不足"),
        ("invited", ""),
    ]
    [(type_, said)] = agreeing.projects.said(since=2)
    assert (type_, said["reason"]) == ("projects.participation_declined", "人手不足")
    for how, viewer in (("accept", PARTNER), ("withdraw", LEAD)):
        with agreeing.projects.refuses("NOT_INVITED", "organizationId"):
            agreeing.answer(how, project, agreeing.partners[0], viewer)


def test_the_lead_takes_an_invitation_back(agreeing: Agreeing) -> None:
    project = agreeing.open()

    withdrawn = agreeing.answer("withdraw", project, agreeing.partners[1], LEAD)

    assert [each["status"] for each in withdrawn["invitations"]] == ["invited", "withdrawn"]
    with agreeing.projects.refuses("NOT_INVITED", "organizationId"):
        agreeing.answer("accept", project, agreeing.partners[1], HUANGSHAN)
    assert agreeing.projects.ask("project_invitations", HUANGSHAN)["nodes"] == []


def test_an_invitation_that_nobody_answers_lapses(agreeing: Agreeing) -> None:
    project = agreeing.open()
    agreeing.answer("accept", project, agreeing.partners[0], PARTNER)

    agreeing.projects.clock.advance(MONTH)

    eventually(lambda: agreeing.projects.said(since=3))
    [(type_, said)] = agreeing.projects.said(since=3)
    assert (type_, said["organizations"]) == ("projects.invitations_lapsed", 1)
    [seen] = agreeing.projects.ask("projects", LEAD)["nodes"]
    assert seen["participant_ids"] == [agreeing.lead, agreeing.partners[0]]
    with agreeing.projects.refuses("NOT_INVITED", "organizationId"):
        agreeing.answer("accept", project, agreeing.partners[1], HUANGSHAN)


def test_of_two_answers_at_once_one_counts(agreeing: Agreeing) -> None:
    project = agreeing.open()
    own = agreeing.partners[0]

    at_once(
        lambda: agreeing.answer("accept", project, own, PARTNER),
        lambda: agreeing.answer("decline", project, own, PARTNER, reason="人手不足"),
    )

    assert len(agreeing.projects.said(since=2)) == 1


@pytest.mark.parametrize(
    ("viewer", "code"),
    [
        (VISITOR, "SIGN_IN_REQUIRED"),
        (LEAD, "NOT_ALLOWED"),
        (HUANGSHAN, "NOT_ALLOWED"),
        (ANHUI_OFFICE, "NOT_ALLOWED"),
        (OFFICE, "NOT_ALLOWED"),
    ],
)
@pytest.mark.parametrize("how", ["accept", "decline"])
def test_nobody_answers_for_another_organisation_not_even_the_hub_office(
    agreeing: Agreeing, how: str, viewer: str, code: str
) -> None:
    project = agreeing.open()
    reason = {"reason": "x"} if how == "decline" else {}

    with agreeing.projects.refuses(code):
        agreeing.answer(how, project, agreeing.partners[0], viewer, **reason)


def test_what_was_not_asked_is_not_answered(agreeing: Agreeing) -> None:
    project = agreeing.open()

    with agreeing.projects.refuses("NOT_INVITED", "organizationId"):
        agreeing.answer("accept", project, agreeing.stranger, STRANGER)
    with agreeing.projects.refuses("NOT_FOUND", "projectId"):
        agreeing.answer("accept", {"id": new_id()}, agreeing.stranger, STRANGER)
    with agreeing.projects.refuses("NOT_ALLOWED"):
        agreeing.answer("withdraw", project, agreeing.partners[0], PARTNER)
