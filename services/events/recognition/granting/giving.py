"""Giving: how awards that are due are given once, with their certificates, and told of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from contracts.base import Named
from contracts.events.recognition import awards as say
from contracts.events.recognition.awards import AwardsDiffer, AwardStatus
from contracts.refusals import ChangedMeanwhile, NamesNotPrinted
from kit.data.db import Session
from kit.fonts.letters import lacking
from kit.fonts.settings import FontSettings
from kit.ids import new_id
from kit.messages.outbox import record
from services.events.directory import queries as directory
from services.events.editions.editions.model import Edition, Stage
from services.events.editions.rulesets.model import RuleSet
from services.events.recognition.awards import queries
from services.events.recognition.awards.honours import Honour
from services.events.recognition.awards.model import Award, Granting
from services.events.recognition.awards.rules import AwardsRules
from services.events.recognition.certificates.commands import issue_certificates, number_for, texts_in
from services.events.recognition.certificates.model import Certificate


def granting_of(session: Session, edition: Edition, stage: Stage | None, digest: str, rule_set: RuleSet) -> Granting:
    """The granting of the stage or edition, begun now or taken up again; of two at once the second finds the first one's."""
    session.execute(select(Edition.id).where(Edition.id == edition.id).with_for_update(key_share=True))
    which = Granting.stage_id == stage.id if stage else Granting.stage_id.is_(None)
    granting = session.scalar(select(Granting).where(Granting.edition_id == edition.id, which).with_for_update())
    if granting is None:
        granting = Granting(id=new_id(), created_at=session.now, version=0, edition_id=edition.id)
        granting.stage_id = stage.id if stage else None
        session.add(granting)
    granting.digest, granting.rules_version = digest, rule_set.number
    granting.edition, granting.stage = edition, stage
    return granting


def give(
    session: Session,
    granting: Granting,
    due: Sequence[Honour],
    rules: AwardsRules,
    *,
    field: str,
    fonts: FontSettings | None,
) -> int:
    """Give what is due and was never given, and tell of it; where `fonts` are given, they must have all letters of it."""
    before = queries.given_before(session, granting.id)
    standing = {key for key, status in before.items() if status == AwardStatus.GRANTED}
    if standing - {honour.key for honour in due}:
        raise AwardsDiffer(field)
    fresh = [honour for honour in due if honour.key not in before]
    if not fresh:
        return 0
    found = directory.organizations(session, [honour.organization_id for honour in fresh])
    known = {id_: organization.named for id_, organization in found.items()}
    letters = rules.certificate_letters
    given = [(_award(session, granting, honour, number_for(session, letters)), honour) for honour in fresh]
    _tell(session, granting, [award for award, _ in given], known)
    try:
        session.flush()
        issued = issue_certificates(session, granting=granting, given=given, organizations=known, rules=rules)
        session.flush()
    except IntegrityError as error:  # somebody else gives the same awards at the same moment
        raise ChangedMeanwhile from error
    if fonts:
        _check_printed(issued, fonts, field)
    return len(fresh)


def _check_printed(issued: Sequence[Certificate], fonts: FontSettings, field: str) -> None:
    """Go on only if all that the certificates say can be printed; refuses with NamesNotPrinted, and then nothing is given."""
    said = [list(texts_in(each.facts)) for each in issued]
    if letters := lacking([text for texts in said for text in texts], fonts):
        number = sum(bool(lacking(texts, fonts)) for texts in said)
        raise NamesNotPrinted(field, certificates=number, letters=", ".join(letters))


def _award(session: Session, granting: Granting, honour: Honour, number: str) -> Award:
    copied = ("kind", "holder_id", "entry_id", "rank", "points", "place", "organization_id", "province")
    award = Award(
        id=new_id(),
        created_at=session.now,
        version=0,
        number=number,
        granting_id=granting.id,
        edition_id=granting.edition_id,
        stage_id=granting.stage_id,
        prize=honour.prize.id,
        prize_zh=honour.prize.zh,
        prize_en=honour.prize.en,
        recipient=honour.recipient,
        shown_as=honour.shown_as,
        status=AwardStatus.GRANTED,
        **{name: getattr(honour, name) for name in copied},
    )
    session.add(award)
    return award


def _tell(session: Session, granting: Granting, awards: Sequence[Award], known: dict[str, Named]) -> None:
    """One message for the whole, one an award, and one an organisation, which can fetch its certificates."""
    shared = about(granting)
    stage_id, digest = granting.stage_id, granting.digest
    record(session, granting, say.AwardsGranted(**shared, stage_id=stage_id, awards=len(awards), digest=digest))
    for award in awards:
        record(session, award, say.AwardGranted(**shared, **about_award(award, known[award.organization_id])))
    for id_, count in sorted(Counter(award.organization_id for award in awards).items()):
        record(session, granting, say.CertificatesReady(**shared, organization=known[id_], certificates=count))


def about(granting: Granting) -> dict[str, Any]:
    edition, stage = granting.edition, granting.stage
    return {
        "competition": edition.named,
        "edition": edition.number,
        "series_id": edition.series_id,
        "track": stage.track.named if stage else None,
        "round": stage.round.named if stage else None,
    }


def about_award(award: Award, organization: Named) -> dict[str, Any]:
    return {
        "award_id": award.id,
        "kind": award.kind,
        "prize": award.prize_named,
        "organization": organization,
        "province": award.province,
    }
