"""What can be done about awards: give them on a final result, give the organisation awards, withdraw one."""

from __future__ import annotations

from contracts.events.judging.motions import MotionAct
from contracts.events.recognition import awards as say
from contracts.events.recognition.awards import (
    AwardKind,
    NoAwardsYet,
    NoOrganizationAward,
    ResultNotFinal,
    WithdrawalGround,
)
from contracts.refusals import NotFound, NothingChanged
from kit.data.db import Session
from kit.fonts.settings import FontSettings
from kit.messages.outbox import record
from services.events.admission.entries.queries import participants
from services.events.directory import queries as directory
from services.events.editions.editions.model import Edition, Stage
from services.events.editions.rulesets import reading as rulebook
from services.events.editions.rulesets.model import RuleSet
from services.events.judging.motions.commands import propose
from services.events.judging.motions.model import Motion
from services.events.judging.results.document import name_shown
from services.events.judging.results.queries import final_result
from services.events.judging.results.rules import ResultsForm
from services.events.recognition.awards import queries
from services.events.recognition.awards.honours import Honour, honours
from services.events.recognition.awards.model import Award
from services.events.recognition.awards.rules import AwardsForm
from services.events.recognition.awards.tallies import organizations_awarded
from services.events.recognition.granting.giving import about, about_award, give, granting_of


def grant_awards(
    session: Session, *, stage: Stage, fonts: FontSettings | None, rules_version: int | None = None
) -> int:
    """Give the awards that the final result of a stage comes to, each with its certificate.

    The rules are those of the result, which two people have signed: they were settled before anybody knew who wins; or those
    of an amendment by which a supervisor has let awards be given (`move_to_grant`). What was given before stays, and what
    was withdrawn stays withdrawn: the answer is how many are new. Refuses with ResultNotFinal, with AwardsDiffer where awards
    stand that are no longer due, or with NamesNotPrinted where these `fonts` lack letters of a certificate.
    """
    version = final_result(session, stage.id)
    if version is None:
        raise ResultNotFinal("stageId")
    amended = rules_version or queries.rules_given_by(session, stage.id, version.digest) or 0
    number = max(amended, version.rules_version)
    rule_set = session.get_one(RuleSet, (stage.edition_id, number))
    rules = rulebook.section_of(rule_set.document, stage.track.code, AwardsForm)
    names = rulebook.section_of(rule_set.document, stage.track.code, ResultsForm).shown.names
    people = {entry.id: entry.members for entry in participants(session, stage.id)}
    due = honours(version.rows, people, rules, lambda name: name_shown(name, names))
    granting = granting_of(session, stage.edition, stage, version.digest, rule_set)
    return give(session, granting, due, rules, field="stageId", fonts=fonts)


def move_to_grant(session: Session, *, stage: Stage, rules_version: int, reason: str, unprinted: bool) -> Motion:
    """Move that awards are given by a later version of the rules than the result's.

    Refuses with ResultNotFinal, NotFound, NothingChanged where the result goes by it or a later one, or MotionPending.
    """
    version = final_result(session, stage.id)
    if version is None:
        raise ResultNotFinal("stageId")
    if session.get(RuleSet, (stage.edition_id, rules_version)) is None:
        raise NotFound("rulesVersion")
    if rules_version <= version.rules_version:
        raise NothingChanged("rulesVersion")
    act, given = MotionAct.GRANT_BY_AMENDMENT, {"rules_version": rules_version, "unprinted": unprinted}
    return propose(session, act, stage.id, edition=stage.edition, stage=stage, reason=reason, **given)


def grant_organization_awards(session: Session, *, edition: Edition, fonts: FontSettings | None) -> int:
    """Give the organisation awards (优秀组织奖) by the prizes that institutions have in the edition now.

    The rules are the newest of those by which prizes were given: nobody who has seen the prizes can amend them.
    As `grant_awards`; refuses with NoOrganizationAward or NoAwardsYet.
    """
    number = queries.rules_of_prizes(session, edition.id)
    if number is None:
        raise NoAwardsYet("competitionId")
    rule_set = session.get_one(RuleSet, (edition.id, number))
    rules = rulebook.section_of(rule_set.document, "", AwardsForm)
    rule = rules.organizations
    if rule is None:
        raise NoOrganizationAward("competitionId")
    lines = queries.lines(session, edition_id=edition.id, by=say.AwardTableBy.INSTITUTION, tally=rule.by)
    if not lines:
        raise NoAwardsYet("competitionId")
    awarded = organizations_awarded(lines, rule, rules.joint_places)
    known = directory.organizations(session, awarded)
    due = [
        Honour(
            kind=AwardKind.ORGANIZATION,
            holder_id=id_,
            prize=rule.named,
            organization_id=id_,
            province=known[id_].province,
            recipient=known[id_].name_zh,
            shown_as=known[id_].name_zh,
        )
        for id_ in awarded
    ]
    return give(
        session, granting_of(session, edition, None, "", rule_set), due, rules, field="competitionId", fonts=fonts
    )


def move_to_withdraw(session: Session, *, award: Award, ground: WithdrawalGround, reason: str) -> Motion:
    """Move that an award stands no longer; refuses with AwardEnded or MotionPending."""
    award.check_granted()
    edition, stage = award.granting.edition, award.granting.stage
    act = MotionAct.WITHDRAW_AWARD
    return propose(session, act, award.id, edition=edition, stage=stage, reason=reason, ground=ground)


def withdraw_award(session: Session, *, award: Award, ground: WithdrawalGround, reason: str, by: str) -> Award:
    """Let an award stand no longer, and with a prize the awards of its advisers; refuses with AwardEnded."""
    withdrawn = [award]
    if award.kind == AwardKind.ENTRY:
        withdrawn += queries.advisers_awards(session, award)
    known = directory.organizations(session, [each.organization_id for each in withdrawn])
    for each in withdrawn:
        each.withdraw(ground=ground, reason=reason, by=by, at=session.now)
        said = {**about(award.granting), **about_award(each, known[each.organization_id].named)}
        record(session, each, say.AwardWithdrawn(**said, ground=ground, reason=reason))
    session.flush()
    return award
