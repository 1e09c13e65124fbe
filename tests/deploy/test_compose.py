"""Compose: one command brings up the whole hub in the right order, reached from this machine only, each with its own rights."""

from __future__ import annotations

import base64
import re
from graphlib import TopologicalSorter
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from console.oidc.client import LANDING
from gateway.sign_in.discovery import is_safe
from hub.broker import VHOST
from hub.permissions import USERS
from hub.settings import read_settings
from kit.settings import SettingsError
from tests.deploy.compose import FOLDER, MIGRATIONS, PROCESSES, composition, defaults, environment, services
from tests.house.sources import ROOT

ONCE = ("keys", "definitions", *MIGRATIONS)
SERVERS = ("rabbitmq", "postgres", "dex", "mailpit")
# What the images of others bring with them: their own tools, and BusyBox in what is made of Alpine.
PROGRAMS = {"rabbitmq": "rabbitmq-diagnostics", "postgres": "pg_isready", "dex": "wget", "mailpit": "/mailpit"}


def dex() -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load((FOLDER / "dex.yaml").read_text(encoding="utf-8"))
    return document


def conditions(name: str) -> dict[str, str]:
    return {other: each["condition"] for other, each in services()[name].get("depends_on", {}).items()}


def subject(user: str) -> str:
    """The subject that dex gives to a person of its own: user and connector, as a protocol buffer in base64."""
    fields = b"".join(bytes([tag, len(text)]) + text.encode() for tag, text in ((0x0A, user), (0x12, "local")))
    return base64.urlsafe_b64encode(fields).decode().rstrip("=")


def test_every_service_has_its_part() -> None:
    assert set(services()) == {*ONCE, *SERVERS, *PROCESSES, "operator"}
    assert {name for name, service in services().items() if "profiles" in service} == {"operator"}


@pytest.mark.parametrize("name", services())
def test_every_image_has_a_tag_that_is_not_the_newest(name: str) -> None:
    _, _, tag = services()[name]["image"].rpartition(":")

    assert re.fullmatch(r"v?\d+\.\d+.*|\d+|dev", tag)


def test_the_broker_is_given_its_users_before_it_starts() -> None:
    assert conditions("rabbitmq") == {"definitions": "service_completed_successfully"}


@pytest.mark.parametrize("name", MIGRATIONS)
def test_databases_and_queues_are_made_once_broker_and_database_are_well(name: str) -> None:
    assert conditions(name) == {"rabbitmq": "service_healthy", "postgres": "service_healthy"}


@pytest.mark.parametrize("name", PROCESSES[:-1])
def test_no_service_starts_before_all_queues_and_the_keys_are_there(name: str) -> None:
    assert conditions(name) == dict.fromkeys(("keys", *MIGRATIONS), "service_completed_successfully")


def test_the_gateway_opens_when_all_services_are_well() -> None:
    assert conditions("gateway") == dict.fromkeys(PROCESSES[:-1], "service_healthy")


def test_nothing_waits_in_a_circle() -> None:
    order = [*TopologicalSorter({name: conditions(name) for name in services()}).static_order()]

    assert order.index("definitions") < order.index("rabbitmq") < order.index("migrate-events")
    assert order.index("migrate-notify") < order.index("projects") < order.index("gateway") < order.index("dex")


@pytest.mark.parametrize("name", [*SERVERS, *PROCESSES])
def test_what_runs_long_is_watched_and_started_again(name: str) -> None:
    kind, program, *_ = services()[name]["healthcheck"]["test"]

    assert services()[name]["restart"] == "unless-stopped"
    assert (kind, program) == ("CMD", PROGRAMS.get(name, "python"))


@pytest.mark.parametrize("name", ONCE)
def test_what_ends_is_not_started_again(name: str) -> None:
    assert "restart" not in services()[name]


@pytest.mark.parametrize("name", [*ONCE, *PROCESSES, "operator"])
def test_a_container_of_the_hub_can_change_nothing_but_its_volumes(name: str) -> None:
    service = services()[name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not {"privileged", "cap_add", "user"} & service.keys()


def test_a_process_has_longer_to_stop_than_its_work_has_to_end() -> None:
    assert {services()[name]["stop_grace_period"] for name in PROCESSES} == {"60s"}  # HUB_DRAIN twice, and some


def test_the_hub_is_reached_from_this_machine_only() -> None:
    published = [port for service in services().values() for port in service.get("ports", [])]

    assert published == ["127.0.0.1:8000:8000", "127.0.0.1:5556:5556", "127.0.0.1:8025:8025"]


def test_what_must_outlive_a_container_lies_in_a_volume_with_a_name() -> None:
    mounted = {
        volume.split(":")[0]
        for service in services().values()
        for volume in service.get("volumes", [])
        if not volume.startswith("./")
    }

    assert mounted == set(composition()["volumes"])


def test_every_file_that_is_mounted_is_there() -> None:
    mounted = [volume for service in services().values() for volume in service.get("volumes", []) if volume[0] == "."]

    assert {FOLDER / "env.example", *(ROOT / volume.split(":")[0] for volume in mounted)} == set(FOLDER.iterdir())


def test_no_default_looks_like_a_secret_of_production() -> None:
    secrets = {name: default for name, default in defaults().items() if name.endswith(("PASSWORD", "SECRET"))}

    assert len(secrets) == 19
    assert {name for name, default in secrets.items() if default and not default.startswith("development")} == set()


def test_each_process_is_its_own_user_of_the_broker_with_its_own_password() -> None:
    given = dict(each.split("=") for each in environment("definitions")["HUB_BROKER_PASSWORDS"].split(","))
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")

    assert tuple(given) == USERS
    for user in USERS:
        uri = urlsplit(environment(user)["HUB_AMQP_URI"])
        assert (uri.username, uri.password, uri.path) == (user, given[user], f"/{VHOST}")
        assert text.count(f"${{{user.upper()}_BROKER_PASSWORD:-") == 2


def test_the_gateway_alone_has_the_key_that_signs_calls() -> None:
    holders = {name for name, service in services().items() if "call-key:" in str(service.get("volumes"))}

    assert holders == {"keys", "gateway"}
    assert {name for name in services() if "HUB_CALL_KEY" in environment(name)} == {"gateway"}
    assert all("call-keys:/var/lib/call-keys:ro" in services()[name]["volumes"] for name in PROCESSES[:-1])


@pytest.mark.parametrize("name", ["definitions", *MIGRATIONS, *PROCESSES, "operator"])
def test_no_process_starts_with_a_known_secret_where_the_hub_is_reached_from_elsewhere(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    for variable, value in environment(name).items():
        monkeypatch.setenv(variable, value)
    read_settings()  # on this machine it does

    monkeypatch.setenv("HUB_PUBLIC_URL", "https://hub.example.org")

    assert "HUB_PUBLIC_URL" in environment(name)
    with pytest.raises(SettingsError, match="everybody knows"):
        read_settings()


@pytest.mark.parametrize("name", PROCESSES[:-1])
def test_a_migration_is_the_user_whose_queues_it_sees_and_whose_tables_it_makes(name: str) -> None:
    assert environment(f"migrate-{name}").items() <= environment(name).items()


@pytest.mark.parametrize("name", PROCESSES[:-1])
def test_the_operator_has_the_settings_of_every_service(name: str) -> None:
    own = {"HUB_AMQP_URI"}

    assert {key: value for key, value in environment(name).items() if key not in own}.items() <= environment(
        "operator"
    ).items()


def test_the_gateway_believes_the_issuer_that_dex_is() -> None:
    issuer = environment("gateway")["HUB_OIDC_ISSUER"]

    assert dex()["issuer"] == issuer
    assert is_safe(issuer)
    assert services()["dex"]["network_mode"] == "service:gateway"  # else the loopback would not be the gateway's
    assert dex()["web"]["http"] == f"0.0.0.0:{urlsplit(issuer).port}"
    assert services()["dex"]["healthcheck"]["test"][-1] == f"{issuer}/healthz"


def test_a_token_of_dex_is_for_the_hub() -> None:
    client, console = dex()["staticClients"]

    assert client["id"] == environment("gateway")["HUB_OIDC_AUDIENCE"]
    assert client["public"] is True  # it has no secret that could look like one
    assert dex()["oauth2"]["passwordConnector"] == "local"
    assert client["trustedPeers"] == [console["id"]]
    assert f"audience:server:client_id:{client['id']}" in environment("gateway")["HUB_OIDC_SCOPES"].split()


def test_dex_knows_the_console_and_where_people_come_back_to() -> None:
    _, console = dex()["staticClients"]
    gateway = environment("gateway")

    assert console["id"] == gateway["HUB_OIDC_CLIENT_ID"]
    assert services()["dex"]["environment"] == {console["secretEnv"]: gateway["HUB_OIDC_CLIENT_SECRET"]}
    assert gateway["HUB_PUBLIC_URL"] + LANDING in console["redirectURIs"]


def test_the_people_of_dex_are_nobody_and_the_page_names_their_subjects() -> None:
    people = {person["userID"]: person["email"] for person in dex()["staticPasswords"]}

    assert set(people) == {"hub-office", "secretariat", "organizer"}
    assert all(email == f"{user}@example.org" for user, email in people.items())
    for page in ("compose.md", "compose.zh-CN.md"):
        text = (ROOT / "docs" / page).read_text(encoding="utf-8")
        assert all(f"| `{email}` | `{subject(user)}` |" in text for user, email in people.items())


def test_mail_goes_to_the_catcher() -> None:
    notify = environment("notify")

    assert (notify["HUB_SMTP_HOST"], notify["HUB_SMTP_PORT"]) == ("mailpit", "1025")
