"""Personal: where notify holds something of a person, and what of it they are given."""

from __future__ import annotations

from procedures.person_exports.sources import Source
from services.notify.delivery.model import Confirmation, Contact, Delivery
from services.notify.directory.model import KnownPerson, Tenure
from services.notify.invitations.model import InvitationMail
from services.notify.notices.model import Announcement, Notice

PERSONAL: tuple[Source, ...] = (
    Source("contact", Contact, "person", "person address confirmed_address locale wants_email"),
    Source("confirmations", Confirmation, "person", "person id created_at state sent_at"),
    Source("invitations_sent", InvitationMail, "invited_by", "invited_by id created_at role state sent_at"),
    Source("names", KnownPerson, "account", "account person_id name_zh name_en"),
    Source("tenures", Tenure, "person", "person role scope_type scope_id granted_at revoked_at"),
    Source("notices", Notice, "recipient", "recipient id created_at rule reason read_at"),
    Source("notices_caused", Notice, "actor", "actor id created_at rule"),
    Source("announcements_caused", Announcement, "actor", "actor message_id rule time subject_type subject_id"),
    Source(
        "deliveries",
        Delivery,
        "recipient",
        "id notice_id channel created_at state attempts sent_at",
        through=(Notice, Notice.id == Delivery.notice_id),
    ),
)
