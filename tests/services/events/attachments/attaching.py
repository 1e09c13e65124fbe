"""Attaching: a competition, and the files that its organisers add to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from kit.files.store import Store
from kit.files.stores import store_of
from kit.work.job_rows import JobRow
from tests.services.events.competitions.competing import ORGANIZER, drafted
from tests.services.events.events_hub import EventsHub, eventually
from tests.services.uploading import a_pdf, got, keep_pieces, told

RULES = {"bytes": 10_000, "piece_bytes": 1_000, "most": 3, "erase_days": 20, "keep_days": 100}
NAMES = {"name_zh": "竞赛通知", "name_en": "Call"}
WHY = "补充说明"


@dataclass
class Attaching:
    """The organisers of an edition at work on its attachments."""

    hub: EventsHub
    edition: dict[str, Any]

    @property
    def id(self) -> str:
        return str(self.edition["id"])

    @property
    def store(self) -> Store:
        return store_of(self.hub.runtime.settings)

    def do(self, command: str, viewer: str = ORGANIZER, **given: Any) -> Any:
        return self.hub.ask(command, viewer, **given)

    def begin(self, content: bytes, viewer: str = ORGANIZER, **more: Any) -> dict[str, Any]:
        """Announce a file."""
        given = {**told(content, name="通知.pdf"), **({} if "attachment_id" in more else NAMES), **more}
        upload: dict[str, Any] = self.do("begin_attachment", viewer, competition_id=self.id, **given)
        return upload

    def complete(self, upload: dict[str, Any]) -> dict[str, Any]:
        attachment: dict[str, Any] = self.do("complete_attachment", upload_id=upload["id"])
        return attachment

    def attach(self, content: bytes | None = None, **more: Any) -> dict[str, Any]:
        """The attachment with this as its newest file."""
        file = a_pdf() if content is None else content
        upload = self.begin(file, **more)
        keep_pieces(self.store, upload, file)
        return self.complete(upload)

    def publish(self) -> None:
        self.do("publish_competition", competition_id=self.id)

    def shown(self, viewer: str = "somebody", which: str = "attachments") -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.hub.ask(which, viewer, competition_ids=[self.id])
        return found

    def fetch(self, file: dict[str, Any], viewer: str = "somebody") -> bytes:
        """What the gateway would give whoever has the link of this file."""
        known = self.hub.ask("attachment_of_ticket", viewer, ticket=file["url"].rpartition("/")[2])
        return got(self.store, known["key"])

    def is_kept(self, file_id: str) -> bool:
        """Whether a file lies in the store, once all that is to be deleted is."""
        eventually(self._all_deleted)
        return self.store.size(f"attachments/{file_id}") is not None

    def _all_deleted(self) -> bool:
        with self.hub.runtime.database.transaction(writes=False) as session:
            return session.scalar(select(JobRow.id).where(JobRow.state == "waiting").limit(1)) is None


def attaching(hub: EventsHub, **rules: Any) -> Attaching:
    """A draft whose rules say this of attachments."""
    return Attaching(hub, drafted(hub, rules={"attachments": {**RULES, **rules}}))
