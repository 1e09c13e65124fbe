"""Applying: an organisation, the charter of the alliance that it wants to join, and the papers it sends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from kit.files.store import Store
from kit.files.stores import store_of
from kit.work.job_rows import JobRow
from services.alliances.membership.papers.model import ApplicationPaper, PaperUpload, PaperUse
from services.alliances.membership.papers.settings import PaperSettings
from tests.services.alliances.alliances_hub import AlliancesHub, representative, secretariat
from tests.services.service_hub import eventually
from tests.services.uploading import a_pdf, got, keep_pieces, told

LICENCE = {"code": "licence", "name_zh": "办学许可证", "name_en": "Licence", "required": True}
RESOLUTION = {"code": "resolution", "name_zh": "理事会决议", "name_en": "Resolution", "required": False}
DAY = timedelta(days=1)
PLENTY = 2**30
RULES = {
    "list": [LICENCE, RESOLUTION],
    "most": 4,
    "bytes": 10_000,
    "piece_bytes": 1_000,
    "erase_days": 60,
    "draft_days": 30,
}


@dataclass
class Applicant:
    """Who applies, and to whom."""

    hub: AlliancesHub
    alliance: dict[str, Any]
    organization: dict[str, Any]

    @property
    def speaker(self) -> str:
        return representative(self.organization)

    @property
    def keeper(self) -> str:
        return secretariat(self.alliance)

    @property
    def pair(self) -> dict[str, str]:
        return {"alliance_id": self.alliance["id"], "organization_id": self.organization["id"]}

    @property
    def store(self) -> Store:
        return store_of(self.hub.runtime.settings)

    def begin(self, content: bytes, kind: str | None = "licence", viewer: str = "", **other: Any) -> dict[str, Any]:
        """Announce a paper."""
        said = {**self.pair, **told(content), **({"kind": kind} if kind else {}), **other}
        upload: dict[str, Any] = self.hub.ask("begin_application_paper", viewer or self.speaker, **said)
        return upload

    def complete(self, upload: dict[str, Any]) -> dict[str, Any]:
        paper: dict[str, Any] = self.hub.ask("complete_application_paper", self.speaker, upload_id=upload["id"])
        return paper

    def send(self, kind: str | None = "licence", content: bytes | None = None, **other: Any) -> dict[str, Any]:
        """The paper of which this was the file."""
        file = a_pdf() if content is None else content
        upload = self.begin(file, kind, **other)
        keep_pieces(self.store, upload, file)
        return self.complete(upload)

    def apply(self) -> str:
        """The application's membership."""
        return str(self.hub.ask("apply_for_membership", self.speaker, **self.pair)["id"])

    def take(self, step: str, membership_id: str, **other: Any) -> None:
        """What the secretariat does about it."""
        self.hub.ask(step, self.keeper, membership_id=membership_id, **other)

    def papers(self, viewer: str = "") -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.hub.ask("application_papers", viewer or self.speaker, **self.pair)
        return found

    def read(self, paper: dict[str, Any]) -> bytes:
        """What the gateway would give the secretariat."""
        [url] = [each["url"] for each in self.papers(self.keeper) if each["id"] == paper["id"]]
        file = self.hub.ask("paper_of_ticket", "", ticket=url.rpartition("/")[2])
        return got(self.store, file["key"])

    def is_kept(self, id_: str) -> bool:
        """Whether the file of a paper lies in the store, once all that is to be deleted is."""
        eventually(self._all_deleted)
        return self.store.size(f"papers/{id_}") is not None

    def _all_deleted(self) -> bool:
        with self.hub.runtime.database.transaction(writes=False) as session:
            return session.scalar(select(JobRow.id).where(JobRow.state == "waiting").limit(1)) is None

    def allow(self, *, organization: int = PLENTY, hub: int = PLENTY) -> None:
        """Let papers have so much room from now on."""
        runtime = self.hub.runtime
        object.__setattr__(runtime, "settings", runtime.settings.having(PaperSettings(organization, hub)))

    def room_taken(self) -> int:
        """What the papers of all organisations are counted to take up."""
        with self.hub.runtime.database.transaction(writes=False) as session:
            return session.scalar(select(PaperUse.bytes)) or 0

    def rows(self) -> tuple[set[str], set[str]]:
        """The ids of all papers and of all uploads."""
        with self.hub.runtime.database.transaction(writes=False) as session:
            return set(session.scalars(select(ApplicationPaper.id))), set(session.scalars(select(PaperUpload.id)))


def an_applicant(hub: AlliancesHub, **rules: Any) -> Applicant:
    """An organisation that wants to join an alliance, whose charter says this of papers."""
    alliance = hub.alliance()
    asked = {"alliance_id": alliance["id"], "rules": {"papers": {**RULES, **rules}}, "reason": "章程"}
    hub.ask("adopt_charter", secretariat(alliance), **asked)
    return Applicant(hub, alliance, hub.organization())
