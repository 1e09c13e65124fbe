"""What events says and refuses about awards (奖项) and their certificates (证书)."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.base import Message, Named, Refusal
from contracts.choices import Choice


class AwardKind(Choice):
    """What an award is for."""

    ENTRY = "entry", "What an entry achieved (参赛奖)."
    ADVISER = "adviser", "Advising an entry that won a prize (优秀指导教师奖)."
    ORGANIZATION = "organization", "What an institution's entries achieved together (优秀组织奖)."


class AwardStatus(Choice):
    """Whether an award is valid."""

    GRANTED = "granted", "It is valid (有效)."
    WITHDRAWN = "withdrawn", "It was withdrawn and is no longer valid (已撤销)."


class WithdrawalGround(Choice):
    """Why an award was withdrawn, in the one word that the public is told."""

    RESULT_CORRECTED = "result_corrected", "The result was corrected (成绩更正)."
    NOT_ELIGIBLE = "not_eligible", "The recipient was not eligible to compete (不符合参赛资格)."
    MISCONDUCT = "misconduct", "The rules were broken (违规)."
    ISSUED_IN_ERROR = "issued_in_error", "It was issued in error (误发)."
    RENOUNCED = "renounced", "The recipient renounced it (获奖者放弃)."


GROUND_NAMES = {
    WithdrawalGround.RESULT_CORRECTED: ("成绩更正", "the result was corrected"),
    WithdrawalGround.NOT_ELIGIBLE: ("不符合参赛资格", "not eligible to compete"),
    WithdrawalGround.MISCONDUCT: ("违规", "a breach of the rules"),
    WithdrawalGround.ISSUED_IN_ERROR: ("误发", "issued in error"),
    WithdrawalGround.RENOUNCED: ("获奖者放弃", "renounced by the recipient"),
}
"""What people are told of each ground, in Chinese and English."""


class AwardTableBy(Choice):
    """Whether a table counts provinces or institutions."""

    PROVINCE = "province", "Those of each province."
    INSTITUTION = "institution", "Those of each institution."


@dataclass(frozen=True, kw_only=True)
class _Awards:
    """What every message about awards says; `track` and `round` are empty for awards of a whole edition."""

    competition: Named
    edition: int
    series_id: str
    track: Named | None
    round: Named | None


@dataclass(frozen=True, kw_only=True)
class AwardsGranted(_Awards, Message, type="events.awards_granted"):
    """Awards were given on a final result; `digest` is that of the result, empty for awards of a whole edition."""

    stage_id: str | None
    awards: int
    digest: str


@dataclass(frozen=True, kw_only=True)
class CertificatesReady(_Awards, Message, type="events.certificates_ready"):
    """An organisation can fetch so many new certificates."""

    organization: Named
    certificates: int


@dataclass(frozen=True, kw_only=True)
class AwardGranted(_Awards, Message, type="events.award_granted"):
    """One award was given, and a certificate issued for it; who has it stays where it is needed. `kind` is an AwardKind."""

    award_id: str
    kind: str
    prize: Named
    organization: Named
    province: str


@dataclass(frozen=True, kw_only=True)
class AwardWithdrawn(_Awards, Message, type="events.award_withdrawn"):
    """The award no longer stands, and its certificate says so. `ground` is a WithdrawalGround."""

    award_id: str
    kind: str
    prize: Named
    organization: Named
    province: str
    ground: str
    reason: str


class ResultNotFinal(Refusal):
    code = "RESULT_NOT_FINAL"
    zh = "该赛段还没有正式成绩，不能授奖。"
    en = "This stage has no final result yet, so no awards can be given."


class AwardsDiffer(Refusal):
    """Awards were given on another result or by other rules, and some of them would now be others."""

    code = "AWARDS_DIFFER"
    zh = "已授奖项与现行成绩和规则不符，请先撤销不再成立的奖项。"
    en = "Awards that stand are not those of the present result and rules; withdraw those that no longer hold first."


class NoAwardsYet(Refusal):
    code = "NO_AWARDS_YET"
    zh = "该赛事还没有授出奖项。"
    en = "No awards have been given in this competition yet."


class NoOrganizationAward(Refusal):
    code = "NO_ORGANIZATION_AWARD"
    zh = "该赛事的规则没有设优秀组织奖。"
    en = "The rules of this competition have no award for organisations."


class AwardEnded(Refusal):
    code = "AWARD_ENDED"
    zh = "该奖项已经撤销。"
    en = "This award was withdrawn already."


class CertificatesExhausted(Refusal):
    code = "CERTIFICATES_EXHAUSTED"
    zh = "一届赛事最多颁发 {most} 份证书。"
    en = "One edition can have no more than {most} certificates."
