"""Wording: the title and body of every notice and e-mail, rendered from templates in the reader's language.

The templates lie in `services/notify/wording/<language>/`: one `<rule>.txt` a rule with the blocks `title` and `body`,
and the e-mail layouts `email.txt` and `email.html`. They are given names and can do nothing but place them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined, Template, select_autoescape
from jinja2.sandbox import ImmutableSandboxedEnvironment

from contracts.authority import Role
from contracts.base import LANGUAGES

TITLE_LENGTH = 80

FACTS = frozenset(
    {
        "alliance",
        "organization",
        "competition",
        "edition",
        "track",
        "plan",
        "item",
        "project",
        "reason",
        "deadline",
        "by",
        "certificates",
        "prize",
        "ground",
        "round",
        "fixtures",
        "starts",
        "venue",
        "home",
        "away",
        "game",
        "version",
        "judges",
        "missing",
        "candidates",
        "seats",
        "works",
        "least",
        "most",
        "moved",
        "next_round",
        "closes",
        "decision",
        "phase",
        "opens",
    }
)

_MEMBERSHIP = frozenset({"alliance", "organization"})
_ENTRY = frozenset({"competition", "organization"})
_STAGE = frozenset({"competition", "track", "round"})
_OBJECTION = _STAGE | {"organization", "ground"}

NEEDS: Mapping[str, frozenset[str]] = {
    "membership_applied_for": _MEMBERSHIP,
    "member_invited": _MEMBERSHIP,
    "member_admitted": _MEMBERSHIP,
    "membership_declined": _MEMBERSHIP,
    "invitation_declined": _MEMBERSHIP,
    "member_suspended": _MEMBERSHIP,
    "member_resumed": _MEMBERSHIP,
    "member_withdrawn": _MEMBERSHIP,
    "member_expelled": _MEMBERSHIP,
    "competition_published": frozenset({"competition"}),
    "entry_submitted": _ENTRY,
    "entry_withdrawn": _ENTRY,
    "work_submitted": _ENTRY | {"version"},
    "entry_waiting": _ENTRY,
    "offer_made": _ENTRY | {"deadline"},
    "offer_accepted": _ENTRY,
    "offer_lapsed": _ENTRY,
    "waiting_ended": _ENTRY,
    "entries_closed": frozenset({"competition"}),
    "rules_amended": frozenset({"competition", "reason"}),
    "phase_moved": frozenset({"competition", "round", "phase", "opens", "closes", "reason"}),
    "places_allocated": frozenset({"competition", "track"}),
    "certificates_ready": frozenset({"competition", "organization", "certificates"}),
    "award_withdrawn": frozenset({"competition", "organization", "prize", "ground", "reason"}),
    "fixtures_scheduled": frozenset({"competition", "track", "round", "fixtures", "starts"}),
    "fixture_moved": frozenset({"competition", "track", "home", "away", "game", "starts", "venue", "reason"}),
    "fixture_cancelled": frozenset({"competition", "track", "home", "away", "game", "reason"}),
    "judge_nominated": frozenset({"competition"}),
    "conflict_declared": frozenset({"competition"}),
    "candidate_withdrew": frozenset({"competition"}),
    "commitment_made": _STAGE,
    "draw_committed": _STAGE | {"candidates"},
    "secret_revealed": _STAGE,
    "panel_drawn": _STAGE | {"seats"},
    "draw_cancelled": _STAGE | {"reason"},
    "judge_drawn": _STAGE,
    "judge_released": _STAGE | {"reason"},
    "seat_declined": _STAGE,
    "judges_assigned": _STAGE | {"works", "judges", "least", "most"},
    "works_assigned": _STAGE | {"works"},
    "judge_replaced": _STAGE | {"moved", "reason"},
    "sheet_returned": _STAGE | {"reason"},
    "sheets_due": _STAGE | {"missing", "deadline"},
    "sheets_late": _STAGE | {"missing", "judges"},
    "sheets_locked": _STAGE,
    "opening_requested": _STAGE | {"by"},
    "codes_opened": _STAGE,
    "result_proposed": _STAGE,
    "proposal_withdrawn": _STAGE,
    "result_announced": _STAGE | {"closes", "deadline"},
    "result_final": _STAGE,
    "entries_advanced": _STAGE | {"next_round"},
    "objection_filed": _OBJECTION | {"deadline"},
    "objection_withdrawn": _OBJECTION,
    "arbitrators_seated": _OBJECTION | {"deadline"},
    "objection_due": _OBJECTION | {"deadline"},
    "objection_late": _OBJECTION | {"deadline"},
    "objection_decided": _OBJECTION | {"decision"},
    "objection_remedied": _OBJECTION,
    "rejudging_opened": _STAGE,
    "plan_imported": frozenset({"plan"}),
    "item_assigned": frozenset({"plan", "item"}),
    "project_opened": frozenset({"project"}),
}
"""Every rule with the facts that it cannot do without; the others of FACTS may be missing."""

_WHY: Mapping[Role, tuple[str, str]] = {
    Role.HUB_OFFICE: ("您在枢纽办公室工作。", "You work in the hub office."),
    Role.PROVINCE_OFFICE: ("您在省级教育行政部门工作。", "You work in the education department of a province."),
    Role.SECRETARIAT: ("您是该联盟秘书处的成员。", "You are in the secretariat of the alliance."),
    Role.ORGANIZER: ("您是该赛事的主办方成员。", "You are one of the organisers of the competition."),
    Role.DELEGATION_LEADER: ("您是该代表队的领队。", "You lead the delegation that is concerned."),
    Role.REPRESENTATIVE: ("您是相关单位的代表。", "You represent an organisation that is concerned."),
    Role.JUDGE: ("您是该赛事的评委。", "You are a judge of the competition."),
    Role.ARBITRATOR: ("您是该赛事的仲裁员。", "You are an arbitrator of the competition."),
    Role.SUPERVISOR: ("您是该赛事的监督员。", "You supervise the competition."),
}


@dataclass(frozen=True, slots=True)
class Wording:
    """What a reader is told: `title` is one line of at most 80 characters, `body` plain text in paragraphs."""

    title: str
    body: str


def render(rule: str, locale: str, facts: Mapping[str, str]) -> Wording:
    """The wording of a rule in zh-CN or en; any other locale reads zh-CN.

    `facts` are names as a person writes them, see FACTS. A name becomes one line whatever it contains, so that it can
    add neither a paragraph nor an e-mail header. Raises KeyError for an unknown rule and jinja2.UndefinedError where a
    fact is missing that the rule cannot do without.
    """
    optional = dict.fromkeys(FACTS - NEEDS[rule], "")
    names = optional | {name: _one_line(text) for name, text in facts.items()}
    template = _templates().get_template(f"{_language(locale)}/{rule}.txt")
    return Wording(title=_cut(_block(template, "title", names)), body=_block(template, "body", names))


def why(role: str, locale: str) -> str:
    """Why somebody is told: for which of their roles. Raises ValueError for what is no role."""
    chinese, english = _WHY[Role(role)]
    return english if _language(locale) == "en" else chinese


def render_email(wording: Wording, locale: str, why: str, link: str) -> tuple[str, str]:
    """The e-mail as (text, html): the wording, a link to the hub (none where empty) and why the reader was told."""
    content = {
        "wording": wording,
        "paragraphs": wording.body.split("\n\n"),
        "why": _one_line(why),
        "link": link,
    }
    text = _templates().get_template(f"{_language(locale)}/email.txt").render(content)
    html = _templates().get_template(f"{_language(locale)}/email.html").render(content)
    return _single_gaps(text), html


def _language(locale: str) -> str:
    return locale if locale in LANGUAGES else LANGUAGES[0]


def _block(template: Template, name: str, names: Mapping[str, str]) -> str:
    text = "".join(template.blocks[name](template.new_context(dict(names))))
    return _single_gaps(text.strip())


def _one_line(text: str) -> str:
    """The text with every run of white space as one space, without control and direction characters."""
    return "".join(letter for letter in " ".join(text.split()) if letter.isprintable())


def _single_gaps(text: str) -> str:
    """The text with one blank line where a paragraph that was left out has widened the gap."""
    return re.sub(r"\n{3,}", "\n\n", text)


def _cut(title: str) -> str:
    return title if len(title) <= TITLE_LENGTH else title[: TITLE_LENGTH - 1] + "…"


@cache
def _templates() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(Path(__file__).parents[1] / "wording"),
        autoescape=select_autoescape(enabled_extensions=("html",), default=False),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        auto_reload=False,
    )
