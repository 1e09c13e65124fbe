"""Catalogue: every screen there is; a new one is a folder of its own and one line here."""

from __future__ import annotations

from console.screens.alliance.screen import screen as alliance
from console.screens.alliances.screen import screen as alliances
from console.screens.awards.screen import screen as awards
from console.screens.competition.screen import screen as competition
from console.screens.competitions.screen import screen as competitions
from console.screens.desk.screen import screen as desk
from console.screens.duty.screen import screen as duty
from console.screens.entering.screen import screen as entering
from console.screens.finding.screen import screen as finding
from console.screens.going.screen import screen as going
from console.screens.importing.screen import screen as importing
from console.screens.inbox.screen import screen as inbox
from console.screens.judging.screen import screen as judging
from console.screens.me.screen import screen as me
from console.screens.members.screen import screen as members
from console.screens.membership.screen import screen as membership
from console.screens.mine.screen import screen as mine
from console.screens.motions.screen import screen as motions
from console.screens.objections.screen import screen as objections
from console.screens.opening.screen import screen as opening
from console.screens.organization.screen import screen as organization
from console.screens.organizations.screen import screen as organizations
from console.screens.plan.screen import screen as plan
from console.screens.plans.screen import screen as plans
from console.screens.project.screen import screen as project
from console.screens.projects.screen import screen as projects
from console.screens.results.screen import screen as results
from console.screens.sign_in.screen import screen as sign_in
from console.screens.start.screen import screen as start
from console.screens.team.screen import screen as team
from console.screens.today.screen import screen as today

SCREENS = (
    start,
    sign_in,
    going,
    today,
    inbox,
    competitions,
    competition,
    desk,
    entering,
    judging,
    results,
    objections,
    awards,
    motions,
    alliances,
    alliance,
    members,
    membership,
    team,
    organizations,
    organization,
    mine,
    me,
    duty,
    plans,
    importing,
    plan,
    projects,
    opening,
    project,
    finding,
)
