"""What events says and refuses about the draw of a panel (抽签): committed to, revealed, and open to be repeated."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.base import Message, Refusal
from contracts.choices import Choice
from contracts.events.editions.stages import AboutStage


class DrawStatus(Choice):
    """The status of a draw."""

    COMMITTING = "committing", "The two who draw hand in their commitments."  # 待双方承诺
    FROZEN = (
        "frozen",
        "Both commitments are in and the roster is frozen; the secrets are still to be revealed.",
    )  # 名单已冻结，待揭示
    DRAWN = "drawn", "Both secrets are revealed, and the panel is drawn."  # 已抽签
    CANCELLED = "cancelled", "It was cancelled; it stays on record."  # 已作废


class DrawParty(Choice):
    """The two who draw together."""

    ORGANIZER = "organizer", "Somebody who organises the competition."  # 主办方
    SUPERVISOR = "supervisor", "Somebody who supervises the competition."  # 监督方


class Departure(Choice):
    """Why somebody on the roster of a draw no longer counts."""

    WITHDRAWN = "withdrawn", "They withdrew, and can no longer be drawn."  # 退出评委库
    DECLINED = "declined", "They did not take the seat."  # 谢绝
    REPLACED = "replaced", "They were replaced in an emergency."  # 紧急更换
    PASSED_OVER = "passed_over", "They may not judge the works, because of a conflict of interest."  # 须回避


@dataclass(frozen=True, kw_only=True)
class AboutDraw(AboutStage):
    """What every message about a draw says."""

    draw_id: str


@dataclass(frozen=True, kw_only=True)
class CommitmentMade(AboutDraw, Message, type="events.commitment_made"):
    """One of the two parties has handed in its commitment; the other one is to follow."""

    party: str
    commitment: str


@dataclass(frozen=True, kw_only=True)
class DrawCommitted(AboutDraw, Message, type="events.draw_committed"):
    """Both commitments are in, and the roster is frozen: this many candidates, with this SHA-256."""

    candidates: int
    roster_digest: str


@dataclass(frozen=True, kw_only=True)
class SecretRevealed(AboutDraw, Message, type="events.secret_revealed"):
    """One of the two parties has revealed its secret, which stays hidden until the other one has too."""

    party: str


@dataclass(frozen=True, kw_only=True)
class PanelDrawn(AboutDraw, Message, type="events.panel_drawn"):
    """Both secrets are revealed; with the seed that follows from them this many judges were drawn."""

    seats: int
    seed: str


@dataclass(frozen=True, kw_only=True)
class DrawCancelled(AboutDraw, Message, type="events.draw_cancelled"):
    """The draw does not count; it stays to be seen, with the reason."""

    reason: str


class StageNotRunning(Refusal):
    code = "STAGE_NOT_RUNNING"
    zh = "该赛段不在进行中。"
    en = "This stage is not running."


class DrawStands(Refusal):
    """The step does not lead on from where the draw stands."""

    code = "DRAW_STANDS"
    zh = "抽签当前状态（{status}）下不能进行该操作。"
    en = "This cannot be done while the status of the draw is {status}."


class PartyCommitted(Refusal):
    code = "PARTY_COMMITTED"
    zh = "该方已经提交承诺值。"
    en = "This party has handed in its commitment already."


class OtherPersonNeeded(Refusal):
    code = "OTHER_PERSON_NEEDED"
    zh = "主办方与监督方须由两人分别承诺。"
    en = "The organisers and the supervisor must be two different people."


class CommitmentRepeated(Refusal):
    code = "COMMITMENT_REPEATED"
    zh = "承诺值与另一方相同。"
    en = "This is the commitment of the other party."


class RosterTooSmall(Refusal):
    """Fewer seats than the rules want can be filled from the roster, whatever the draw."""

    code = "ROSTER_TOO_SMALL"
    zh = "候选评委不足：按规则只能抽出 {found} 席，需要 {needed} 席。"
    en = "There are too few candidates: the rules let {found} seats be filled, and {needed} are needed."


class RosterTooLarge(Refusal):
    code = "ROSTER_TOO_LARGE"
    zh = "候选评委超过 {most} 人，无法抽签。"
    en = "A draw is among {most} candidates at most."


class RevealWrong(Refusal):
    code = "REVEAL_WRONG"
    zh = "秘密与随机数和此前的承诺值不符。"
    en = "Secret and nonce do not match the commitment."


class AlreadyRevealed(Refusal):
    code = "ALREADY_REVEALED"
    zh = "您已经揭示。"
    en = "You have revealed your secret already."


class NotDrawn(Refusal):
    code = "NOT_DRAWN"
    zh = "该赛段的评审组尚未抽签。"
    en = "The panel of this stage has not been drawn yet."
