"""Mail: how many e-mails leave in a second, beside bare smtplib that sends the same on a connection it keeps."""

from __future__ import annotations

import multiprocessing
import smtplib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from aiosmtpd.controller import Controller
from sqlalchemy import text

from bench.sizes import size
from bench.turns import OURS, as_fast, by_turns, row
from hub.settings import read_settings
from kit.clock import SystemClock
from kit.data.many import insert_many
from kit.ids import new_id
from kit.process.migrate import migrate
from kit.process.runtime import Runtime
from services.notify.delivery.email import compose
from services.notify.delivery.letters import NoticeLetter
from services.notify.delivery.model import Contact, Delivery
from services.notify.delivery.settings import Smtp
from services.notify.notices.model import Announcement, Notice
from services.notify.service import NotifyService
from tests.servers.ports import free_port
from tests.servers.postgres import PostgreSQL

BARE = "bare smtplib"
MAKING = "bare smtplib that makes each"
PERSONS = [f"person-{number}" for number in range(size("mail_letters"))]
SENDER = "hub@delta.example.org"
RULE = "competition_published"
FACTS = {"competition": {"id": "1", "zh": "大赛", "en": "Contest"}, "edition": 14}


def measure(database: PostgreSQL) -> list[dict[str, Any]]:
    """E-mails a second: of ours from the claim to the record, of bare smtplib with ready texts, and where it makes them."""
    with _sink() as port:
        runtime = _runtime(database, port)
        letters = [_letter(person) for person in PERSONS]
        ready = [(letter.address, compose(letter, SENDER)) for letter in letters]
        sides = {
            OURS: lambda: _pace(lambda: _deliver_all(runtime), before=lambda: _post(runtime)),
            BARE: lambda: _pace(lambda: _send(port, iter(ready))),
            MAKING: lambda: _pace(
                lambda: _send(port, ((letter.address, compose(letter, SENDER)) for letter in letters))
            ),
        }
        sides[OURS]()  # its statements are compiled now
        figures = by_turns(sides)
        runtime.database.close()
    return [
        row("e-mails", "e-mails/s", figures, as_fast(0.7), peer=BARE),
        row("e-mails", "e-mails/s", figures, peer=MAKING),
    ]


def _deliver_all(runtime: Runtime) -> None:
    """What the pump does, until nothing is due; every e-mail has left then, or this raises."""
    deliver: Callable[[], datetime | None] = runtime.service.deliver  # type: ignore[attr-defined]
    while deliver() is not None:
        pass
    with runtime.database.transaction(writes=False) as session:
        sent = session.scalar(text("SELECT count(*) FROM deliveries WHERE state = 'done'"))
    assert sent == len(PERSONS), sent


def _send(port: int, messages: Iterator[tuple[str, bytes]]) -> None:
    with smtplib.SMTP("127.0.0.1", port, local_hostname="delta.example.org") as client:
        for address, message in messages:
            client.sendmail(SENDER, address, message)


def _pace(work: Callable[[], None], before: Callable[[], None] = lambda: None) -> float:
    """E-mails a second."""
    before()
    began = time.perf_counter()
    work()
    return len(PERSONS) / (time.perf_counter() - began)


def _letter(person: str) -> NoticeLetter:
    return NoticeLetter(
        id=new_id(),
        address=f"{person}@example.org",
        locale="zh-CN",
        rule=RULE,
        reason="representative",
        facts=FACTS,
        names={},
        written_at=datetime.now(UTC),
        link="https://delta.example.org/",
        unsubscribe="https://delta.example.org/mail/unsubscribe/" + "x" * 32,
    )


def _runtime(database: PostgreSQL, port: int) -> Runtime:
    url = database.database("mail")
    migrate("notify", url)
    settings = read_settings()
    settings = replace(
        settings, databases={**settings.databases, "notify": url}, public_url="https://delta.example.org/"
    )
    smtp = replace(settings.of(Smtp), host="127.0.0.1", port=port, sender=SENDER)
    runtime = Runtime(NotifyService, settings.having(smtp), SystemClock(), _Nobody())
    contacts = [
        {"person": person, "version": 1, "address": f"{person}@example.org", "locale": "zh-CN", "wants_email": True}
        | {"confirmed_address": f"{person}@example.org"}
        for person in PERSONS
    ]
    with runtime.database.transaction() as session:
        insert_many(session, Contact, contacts)
    return runtime


def _post(runtime: Runtime) -> None:
    """An announcement of which each person has a notice, and an e-mail that is due."""
    now, message = datetime.now(UTC), new_id()
    fact = {"message_id": message, "rule": RULE, "time": now, "subject_type": "edition", "subject_id": "1"}
    notices = [
        {"id": new_id(), "version": 1, "created_at": now, "message_id": message, "rule": RULE, "recipient": person}
        | {"reason": "representative"}
        for person in PERSONS
    ]
    mails = [
        {"id": new_id(), "notice_id": each["id"], "channel": "email", "created_at": now, "state": "waiting"}
        | {"due_at": now, "attempts": 0}
        for each in notices
    ]
    with runtime.database.transaction() as session:
        session.execute(text("TRUNCATE deliveries, mail_counts"))
        insert_many(session, Announcement, [{**fact, "facts": FACTS, "actor": None}])
        insert_many(session, Notice, notices)
        insert_many(session, Delivery, mails)


@contextmanager
def _sink() -> Iterator[int]:
    """The port of a mail server in a process of its own, which takes everything and keeps nothing."""
    port = free_port()
    ready = multiprocessing.Event()
    process = multiprocessing.Process(target=_serve, args=(port, ready), daemon=True)
    process.start()
    ready.wait(30)
    yield port
    process.terminate()
    process.join()


def _serve(port: int, ready: Any) -> None:
    Controller(_Sink(), hostname="127.0.0.1", port=port).start()
    ready.set()
    time.sleep(3600)


class _Sink:
    async def handle_DATA(self, *_: Any) -> str:  # noqa: N802 - aiosmtpd's name
        return "250 OK"


class _Nobody:
    system = "none"

    def publish(self, _: object) -> None: ...

    def close(self) -> None: ...
