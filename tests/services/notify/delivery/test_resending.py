"""The hub office has an e-mail sent again: whatever became of it, but not while it is on its way."""

from __future__ import annotations

from kit.work.due import State
from services.notify.delivery.model import Delivery
from tests.servers.smtp import MailServer
from tests.services.notify.delivery.mailing import comes_to
from tests.services.notify.notify_hub import OFFICE, NotifyHub, membership

ANYTHING = "somebody"


def test_what_the_server_refused_is_sent_again_once_it_takes_it(ready: NotifyHub, mail_server: MailServer) -> None:
    mail_server.refuse(550)
    ready.hear(membership("MemberAdmitted"))
    comes_to(ready, ("parked", 1, "550"))
    [shown] = ready.ask("deliveries", state="parked")["nodes"]
    assert (shown["fault"], shown["attempts"]) == ("550", 1)
    [parked] = ready.ask("parked")["nodes"]
    assert parked["reference"] == f"notify.delivery/{shown['id']}"

    mail_server.behave()
    ready.ask("resend_delivery", delivery_id=shown["id"], reason="邮箱已清理")

    mail_server.wait_for(1)
    comes_to(ready, ("done", 1, None))
    [settlement] = ready.ask("parked_settlements")["nodes"]
    assert (settlement["reference"], settlement["actor"]) == (parked["reference"], OFFICE)


def test_what_has_arrived_is_sent_again_to_whoever_lost_it(ready: NotifyHub, mail_server: MailServer) -> None:
    ready.hear(membership("MemberAdmitted"))
    mail_server.wait_for(1)
    comes_to(ready, ("done", 1, None))
    [shown] = ready.ask("deliveries")["nodes"]

    ready.ask("resend_delivery", delivery_id=shown["id"])

    mail_server.wait_for(2)
    comes_to(ready, ("done", 1, None))


def test_what_is_on_its_way_is_not_sent_twice(ready: NotifyHub, mail_server: MailServer) -> None:
    mail_server.refuse(451)
    ready.hear(membership("MemberAdmitted"))
    comes_to(ready, ("waiting", 1, "451"))
    [shown] = ready.ask("deliveries")["nodes"]

    with ready.refuses("DELIVERY_ON_ITS_WAY", "deliveryId"):
        ready.ask("resend_delivery", delivery_id=shown["id"])


def test_only_the_hub_office_sees_e_mails_by_their_ids(ready: NotifyHub) -> None:
    ready.hear(membership("MemberAdmitted"))
    with ready.runtime.database.transaction(writes=False) as session:
        [id_] = session.query(Delivery.id).where(Delivery.state != State.PARKED).all()[0]

    assert ready.ask("deliveries_by_id", ANYTHING, ids=[id_]) == []
    assert [each["id"] for each in ready.ask("deliveries_by_id", ids=[id_])] == [id_]
