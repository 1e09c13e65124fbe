"""Stolen passwords: who has that of a service, or of a gateway, on the broker acts for nobody and reads what it reads."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import amqp
import click
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from contracts.alliances.authority.roles import RoleGranted
from contracts.authority import Role, Scope
from hub.broker import definitions
from hub.office import appoint
from hub.parked import discard_parked, list_parked, retry_parked
from hub.permissions import USERS
from hub.settings import read_settings
from kit.broker.amqp import DEAD_EXCHANGE, MESSAGE_EXCHANGE, REPLY_EXCHANGE, RPC_EXCHANGE
from kit.broker.topology import dead_queue, reply_queue, rpc_queue
from kit.ids import new_id
from kit.settings import SERVICES, Settings
from kit.wire.envelope import Envelope, to_amqp
from kit.wire.signing import Signer
from tests.databases.templates import TEMPLATES
from tests.faults import ledger
from tests.hostile.stolen import JSON, Call, Thief, thief
from tests.operating.deployed import PASSWORDS
from tests.running.keys import SECRET
from tests.running.processes import REPLY_QUEUES, RunningHub, wait_until
from tests.servers.fixtures import revived
from tests.servers.rabbitmq import RabbitMQ

pytestmark = pytest.mark.live

VHOST = "stolen"
OFFICE, THIEF = "persona:hub-office", "persona:thief"
PROVINCE = Scope.province("340000")
GRANT = {"person": THIEF, "role": Role.PROVINCE_OFFICE, "scope_type": PROVINCE.type, "scope_id": PROVINCE.id}
KEEPER = "notify.keep_role.v1"
HANDLER, OWN = "notify.announce.v1", "events.entry_submitted"
Enter = Callable[[str], Thief]


@pytest.fixture(scope="module")
def uris(_broker: RabbitMQ) -> Iterator[dict[str, str]]:
    broker = revived(_broker)
    broker.load(definitions(PASSWORDS, VHOST, reply_queues=REPLY_QUEUES))
    yield {user: f"amqp://{user}:{PASSWORDS[user]}@127.0.0.1:{broker.port}/{VHOST}" for user in USERS}
    broker.delete_vhost(VHOST)


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory, uris: dict[str, str]) -> Iterator[RunningHub]:
    """The two services that the trials are about, each with its own user; the calls of gateways are made here."""
    made = RunningHub(tmp_path_factory.mktemp("hub"), uris, HUB_CALL_SECRET=SECRET)
    made.names = ["alliances", "notify"]
    for service in SERVICES:
        TEMPLATES.copy(service, made.home / f"{service}.sqlite3")
    appoint(of_the_operator(made, ""), OFFICE)
    try:
        for service in made.names:
            made.start_one(service)
        made.wait_ready()
        yield made
    finally:
        made.stop()


def of_the_operator(hub: RunningHub, amqp_uri: str) -> Settings:
    """The settings with which an operator runs commands."""
    return replace(read_settings(), databases=hub.databases, amqp_uri=amqp_uri)


@pytest.fixture
def enter(uris: dict[str, str]) -> Iterator[Enter]:
    """Come to the broker as one of its users."""
    opened: list[Any] = []

    def come(user: str) -> Thief:
        opened.append(thief(uris[user]))
        found: Thief = opened[-1].__enter__()
        return found

    yield come
    for one in opened:
        one.__exit__(None, None, None)


def a_call(signer: Signer | None = None, *, lives: float = 30, **arguments: Any) -> Call:
    """The hub office gives the thief a province: as a gateway would sign it, or unsigned."""
    headers = {"hub.viewer": OFFICE, "hub.locale": "en", "hub.deadline": repr(time.time() + lives)}
    call = Call("alliances", "grant_role", {**GRANT, **arguments}, headers)
    return call.signed(signer) if signer else call


def holds_it(hub: RunningHub, person: str = THIEF) -> bool:
    query = f"SELECT count(*) FROM grants WHERE person = '{person}'"
    return bool(ledger.rows(hub, "alliances", query)[0][0])


# ---- a service's password ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("exchange", [RPC_EXCHANGE, "nameko-rpc", DEAD_EXCHANGE, "", "amq.topic"])
def test_a_service_calls_nobody(hub: RunningHub, enter: Enter, exchange: str) -> None:
    with pytest.raises((amqp.AccessRefused, amqp.NotFound)):
        enter("events").send(a_call(), exchange)


def test_a_service_makes_no_queue_whose_dead_letters_call(hub: RunningHub, enter: Enter) -> None:
    diverted = {"x-dead-letter-exchange": RPC_EXCHANGE, "x-dead-letter-routing-key": "alliances.grant_role"}
    for name in ("events.mine.v1", "rpc-events.v2", rpc_queue("events"), ""):
        with pytest.raises((amqp.AccessRefused, amqp.PreconditionFailed)):
            enter("events").channel.queue_declare(name, durable=True, arguments=diverted)


@pytest.mark.parametrize("change", ["bind", "unbind", "delete queue", "delete exchange", "declare exchange"])
def test_a_service_changes_nothing_on_the_broker(hub: RunningHub, enter: Enter, change: str) -> None:
    channel = enter("events").channel
    do = {
        "bind": lambda: channel.queue_bind(rpc_queue("events"), RPC_EXCHANGE, "#"),
        "unbind": lambda: channel.queue_unbind(HANDLER, MESSAGE_EXCHANGE, RoleGranted.type),
        "delete queue": lambda: channel.queue_delete(rpc_queue("events")),
        "delete exchange": lambda: channel.exchange_delete(MESSAGE_EXCHANGE),
        "declare exchange": lambda: channel.exchange_declare("events.mine", "fanout"),
    }[change]
    with pytest.raises(amqp.AccessRefused):
        do()


@pytest.mark.parametrize(
    "queue",
    [rpc_queue("alliances"), HANDLER, dead_queue(HANDLER), "events.keep_grant.v1.dead", reply_queue(1), "gateway.live"],
)
def test_a_service_reads_nothing_but_its_own(hub: RunningHub, enter: Enter, queue: str) -> None:
    with pytest.raises(amqp.AccessRefused):
        enter("events").channel.basic_get(queue)


def test_a_service_lays_no_letter_into_the_dead_letters_of_anybody(hub: RunningHub, enter: Enter) -> None:
    letter = role_granted()
    for exchange, key in ((DEAD_EXCHANGE, HANDLER), ("", dead_queue(HANDLER)), (DEAD_EXCHANGE, "events.keep_grant.v1")):
        with pytest.raises(amqp.AccessRefused):
            enter("events").put(letter, exchange, key)


def test_a_service_says_no_message_of_another(hub: RunningHub, enter: Enter) -> None:
    with pytest.raises(amqp.AccessRefused):
        enter("events").put(role_granted(), MESSAGE_EXCHANGE, RoleGranted.type)


@pytest.mark.parametrize(
    ("type_", "source", "why"),
    [(RoleGranted.type, "/alliances", "type"), (RoleGranted.type, "/events", "type"), (OWN, "/alliances", "source")],
)
def test_a_message_under_an_own_key_that_says_to_be_anothers_is_put_aside(
    hub: RunningHub, enter: Enter, type_: str, source: str, why: str
) -> None:
    message, before = role_granted(), put_aside(hub, why)
    message.headers.update({"cloudEvents_type": type_, "cloudEvents_source": source})

    enter("events").put(message, MESSAGE_EXCHANGE, OWN)

    wait_until(lambda: put_aside(hub, why) > before, 60, "it was not put aside")
    id_ = message.headers["cloudEvents_id"].replace("-", "")
    assert ledger.rows(hub, "notify", f"SELECT count(*) FROM inbox WHERE replace(message_id, '-', '') = '{id_}'") == [
        (0,)
    ]


def test_an_answer_to_a_call_of_others_is_nobodys(hub: RunningHub, enter: Enter) -> None:
    """Whoever answers must know the call's number, which is random and comes to the called service alone."""
    genuine, gateway = a_call(hub.keys.signer, person="persona:second"), enter("gateway")
    forged = amqp.Message(b'{"result": "forged", "error": null}', correlation_id="1", content_type=JSON)

    enter("events").put(forged, REPLY_EXCHANGE, reply_queue(1))
    gateway.send(genuine)

    assert gateway.answer_to(genuine)["result"] != "forged"


# ---- a gateway's password, without its key ----------------------------------------------------------------------------


def test_what_a_gateway_has_signed_is_done(hub: RunningHub, enter: Enter) -> None:
    gateway = enter("gateway")
    for person, hand in (("persona:first", hub.keys.signer), ("persona:agreed", hub.keys.agreeing("alliances"))):
        call = a_call(hand, person=person)
        gateway.send(call)

        assert gateway.answer_to(call)["error"] is None
        assert holds_it(hub, person)


def altered(genuine: Call) -> dict[str, Call]:
    """A call that a gateway has made, and somebody has changed."""
    headers = genuine.headers
    return {
        "viewer": replace(genuine, headers={**headers, "hub.viewer": THIEF}),
        "arguments": replace(genuine, arguments={**genuine.arguments, "person": "persona:other"}),
        "method": replace(genuine, method="revoke_role"),
        "deadline": replace(genuine, headers={**headers, "hub.deadline": repr(time.time() + 3600)}),
        "language": replace(genuine, headers={**headers, "hub.locale": "zh-CN"}),
        "key of its own": replace(genuine, headers={**headers, "hub.idempotency_key": "mine"}),
        "course": replace(genuine, headers={**headers, "hub.correlation_id": "mine"}),
        "number": replace(genuine, number=new_id()),
        "no signature": replace(genuine, headers={k: v for k, v in headers.items() if k != "hub.signature"}),
        "another's signature": replace(genuine, headers=a_call(Signer(Ed25519PrivateKey.generate())).headers),
        "another's signature, our key": replace(
            genuine,
            headers={**a_call(Signer(Ed25519PrivateKey.generate())).headers, "hub.key": headers["hub.key"]},
        ),
    }


@pytest.mark.parametrize("what", ["nothing signed", *altered(a_call(Signer(Ed25519PrivateKey.generate())))])
def test_a_call_that_is_not_as_a_gateway_made_it_is_refused(hub: RunningHub, enter: Enter, what: str) -> None:
    gateway = enter("gateway")
    for hand in (hub.keys.signer, hub.keys.agreeing("alliances")):
        call = a_call() if what == "nothing signed" else altered(a_call(hand))[what]
        gateway.send(call)

        error = gateway.answer_to(call)["error"]
        assert (error["kind"], error["exc_type"]) == ("unavailable", "NotSigned")
        assert THIEF not in str(error) and "key" not in error["value"]
        assert not holds_it(hub)


def test_a_recorded_call_is_not_done_again(hub: RunningHub, enter: Enter) -> None:
    call, gateway = a_call(hub.keys.signer, person="persona:recorded"), enter("gateway")
    gateway.send(call)
    assert gateway.answer_to(call)["error"] is None

    gateway.send(call)

    assert gateway.answer_to(call)["error"]["exc_type"] == "NotSigned"


def test_a_recorded_call_is_dropped_after_its_life(hub: RunningHub, enter: Enter) -> None:
    late, next_one = a_call(hub.keys.signer, lives=-1), a_call(hub.keys.signer, person="persona:next")
    gateway = enter("gateway")

    gateway.send(late)
    gateway.send(next_one)

    assert gateway.answer_to(next_one)["error"] is None
    assert not holds_it(hub)


def test_no_gateway_signs_for_longer_than_a_call_may_live(hub: RunningHub, enter: Enter) -> None:
    call, gateway = a_call(hub.keys.signer, lives=3600), enter("gateway")

    gateway.send(call)

    assert gateway.answer_to(call)["error"]["exc_type"] == "NotSigned"


def test_what_was_refused_is_counted_and_logged_without_a_word_of_it(hub: RunningHub, enter: Enter) -> None:
    before, gateway, call = counted(hub, "unsigned"), enter("gateway"), a_call()

    gateway.send(call)
    gateway.answer_to(call)

    assert counted(hub, "unsigned") == before + 1
    assert THIEF not in hub.log("alliances").split("a call is not a gateway's", 1)[1]


# ---- the operator is led astray ---------------------------------------------------------------------------------------


def test_a_letter_that_did_not_die_in_a_queue_is_not_put_back_by_a_retry(
    hub: RunningHub, enter: Enter, uris: dict[str, str]
) -> None:
    settings = of_the_operator(hub, uris["operator"])
    letter = role_granted()
    letter.headers["x-death"] = [{"queue": "events.keep_grant.v1", "reason": "rejected", "exchange": MESSAGE_EXCHANGE}]
    enter("operator").put(letter, DEAD_EXCHANGE, KEEPER)
    reference = wait_until(lambda: parked(settings, KEEPER), 60, "it is not listed")

    with pytest.raises(click.ClickException, match="did not die in that queue"):
        retry_parked(settings, reference)

    discard_parked(settings, reference)
    assert ledger.rows(hub, "notify", f"SELECT count(*) FROM grants WHERE person = '{THIEF}'") == [(0,)]


def parked(settings: Settings, queue: str) -> str:
    """The reference of a dead letter of this queue, if there is one."""
    return next((line.split()[0] for line in list_parked(settings) if line.startswith(queue)), "")


def role_granted() -> amqp.Message:
    """As alliances says it of the thief."""
    grant = RoleGranted(
        grant_id=new_id(),
        person=THIEF,
        role=Role.HUB_OFFICE,
        scope_type=Scope.hub().type,
        scope_id=Scope.hub().id,
        granted_at=datetime.now(UTC),
    )
    facts = {"actor": OFFICE, "correlation_id": new_id(), "data": grant.data(), "time": datetime.now(UTC)}
    envelope = Envelope(new_id(), grant.type, "/alliances", "grant", grant.grant_id, 1, **facts)
    body, content_type, headers = to_amqp(envelope)
    return amqp.Message(body, content_type=content_type, application_headers=headers)


def counted(hub: RunningHub, reason: str) -> float:
    return metric(hub, "alliances", f'hub_calls_refused_total{{reason="{reason}"}}')


def put_aside(hub: RunningHub, reason: str) -> float:
    return metric(hub, "notify", f'hub_messages_refused_total{{handler="{HANDLER}",reason="{reason}"}}')


def metric(hub: RunningHub, process: str, series: str) -> float:
    page = hub.http.get(f"http://127.0.0.1:{hub.health_ports[process]}/metrics").text
    return float(page.split(series, 1)[1].split("\n", 1)[0])
