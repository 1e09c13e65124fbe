"""What events says and refuses about results (成绩): proposed, announced by two people, final, and who goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from contracts.base import Message, Named, Refusal
from contracts.choices import Choice
from contracts.events.editions.stages import AboutStage


class ResultStatus(Choice):
    """The status of a stage's result."""

    PROPOSED = "proposed", "A version of it waits for the signature of a supervisor; none was announced."  # 待复核
    WITHDRAWN = "withdrawn", "The proposal was taken back; nothing was announced."  # 已撤回
    ANNOUNCED = "announced", "Two people have signed it, and the public notice runs."  # 公示中
    FROZEN = "frozen", "An objection is open, and the public does not see the result."  # 异议处理中，暂停公示
    FINAL = "final", "The public notice is over, and no objection is open."  # 正式成绩


class VersionStatus(Choice):
    """The status of one version of a result."""

    PROPOSED = "proposed", "It waits for the signature of a supervisor."  # 待复核
    WITHDRAWN = "withdrawn", "It was taken back before it was signed."  # 已撤回
    ANNOUNCED = "announced", "It was announced and is the current version."  # 已公布
    SUPERSEDED = "superseded", "It was announced, and a later version has taken its place."  # 已被新版取代


@dataclass(frozen=True, kw_only=True)
class _Result(AboutStage):
    """`number` is the version of the result that is meant; `digest` is the SHA-256 of its document."""

    result_id: str
    number: int
    digest: str


@dataclass(frozen=True, kw_only=True)
class ResultProposed(_Result, Message, type="events.result_proposed"):
    """A version of the result waits for the signature of a supervisor."""


@dataclass(frozen=True, kw_only=True)
class ProposalWithdrawn(_Result, Message, type="events.proposal_withdrawn"):
    """The proposed version is taken back; nothing of it was ever public."""


@dataclass(frozen=True, kw_only=True)
class ResultAnnounced(_Result, Message, type="events.result_announced"):
    """Two people have signed; the public notice (公示) runs until `notice_ends_at`.

    `organization_ids` are those that competed, at most 1,000 in one message; the next message has the next ones.
    """

    notice_ends_at: datetime
    objections_until: datetime
    organization_ids: list[str]


@dataclass(frozen=True, kw_only=True)
class ResultFrozen(_Result, Message, type="events.result_frozen"):
    """An objection is open: the public no longer sees the result."""


@dataclass(frozen=True, kw_only=True)
class ResultReleased(_Result, Message, type="events.result_released"):
    """No objection is open any more: the public sees the result again."""


@dataclass(frozen=True, kw_only=True)
class ResultFinal(_Result, Message, type="events.result_final"):
    """The public notice is over and no objection is open."""


@dataclass(frozen=True, kw_only=True)
class EntriesAdvanced(AboutStage, Message, type="events.entries_advanced"):
    """Entries go on to the next round; `organization_ids` are theirs, as in ResultAnnounced."""

    next_stage_id: str
    next_round: Named
    advanced: int
    eliminated: int
    organization_ids: list[str]


class ResultStands(Refusal):
    """The step does not lead on from where the result stands."""

    code = "RESULT_STANDS"
    zh = "成绩当前状态（{status}）下不能进行该操作。"
    en = "This cannot be done while the status of the result is {status}."


class ProposalPending(Refusal):
    code = "PROPOSAL_PENDING"
    zh = "已有一版成绩等待复核。"
    en = "A version of this result waits for its countersignature already."


class NothingToRank(Refusal):
    code = "NOTHING_TO_RANK"
    zh = "该赛段还没有可以排名的成绩。"
    en = "There is nothing to rank in this stage yet."
