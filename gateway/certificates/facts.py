"""Facts: what a certificate of an award says, as the service tells it: names of the day of its issue, and whether it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from contracts.events.recognition.awards import AwardKind, WithdrawalGround
from gateway.certificates.paper import Bilingual
from kit.clock import in_china

_NAMES = ("organization", "competition", "edition", "track", "round", "prize", "entry_prize")
_AS_THEY_ARE = ("number", "recipient", "achievement", "entry", "status_list", "status_index")


@dataclass(frozen=True, kw_only=True)
class Facts:
    """A certificate: everything that is printed on it, and since when and why it was withdrawn, if it was.

    `entry` and `entry_prize` are what an adviser is honoured for. `track` and `round` are empty on an award for a whole
    edition. `achievement` is a URI that all who have this prize share; `status_index` is the place of this certificate in
    the status list `status_list`.
    """

    number: str
    kind: AwardKind
    recipient: str
    members: tuple[str, ...]
    advisers: tuple[str, ...]
    organization: Bilingual
    competition: Bilingual
    edition: Bilingual
    track: Bilingual | None
    round: Bilingual | None
    prize: Bilingual
    achievement: str
    entry: str
    entry_prize: Bilingual | None
    issuers: tuple[Bilingual, ...]
    issued_at: datetime
    withdrawn_at: datetime | None
    ground: WithdrawalGround | None
    status_list: str
    status_index: int

    @property
    def issued_on(self) -> date:
        """The day in China."""
        return in_china(self.issued_at).date()

    @property
    def withdrawn_on(self) -> date | None:
        return in_china(self.withdrawn_at).date() if self.withdrawn_at else None


def read_facts(said: Mapping[str, Any]) -> Facts:
    """The facts in the answer of the service."""
    withdrawn, ground = said["withdrawn_at"], said["ground"]
    names = {name: said[name] and Bilingual.read(said[name]) for name in _NAMES}
    given: dict[str, Any] = {name: said[name] for name in _AS_THEY_ARE} | names
    return Facts(
        **given,
        kind=AwardKind(said["kind"]),
        members=tuple(said["members"]),
        advisers=tuple(said["advisers"]),
        issuers=tuple(Bilingual.read(body) for body in said["issuers"]),
        issued_at=datetime.fromisoformat(said["issued_at"]),
        withdrawn_at=datetime.fromisoformat(withdrawn) if withdrawn else None,
        ground=WithdrawalGround(ground) if ground else None,
    )
