"""Catalogue: every screen there is; a new one is a folder of its own and one line here."""

from __future__ import annotations

from console.screens.alliance.screen import screen as alliance
from console.screens.alliances.screen import screen as alliances
from console.screens.awards.screen import screen as awards
from console.screens.competition.screen import screen as competition
from console.screens.competitions.screen import screen as competitions
from console.screens.entering.screen import screen as entering
from console.screens.going.screen import screen as going
from console.screens.inbox.screen import screen as inbox
from console.screens.judging.screen import screen as judging
from console.screens.members.screen import screen as members
from console.screens.membership.screen import screen as membership
from console.screens.motions.screen import screen as motions
from console.screens.objections.screen import screen as objections
from console.screens.results.screen import screen as results
from console.screens.sign_in.screen import screen as sign_in
from console.screens.start.screen import screen as start
from console.screens.today.screen import screen as today

SCREENS = (
    start,
    sign_in,
    going,
    today,
    inbox,
    competitions,
    competition,
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
)
