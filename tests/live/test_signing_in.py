"""Signing in to the console of `hub gateway` at a real OpenID Connect issuer: to a page, by a form, and out again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from tests.gateway.sign_in.issuer_process import free_port, issuer_process
from tests.running.fixtures import distributed
from tests.running.processes import RunningHub, running
from tests.servers.postgres import PostgreSQL
from tests.servers.rabbitmq import RabbitMQ

PERSON = {"sub": "b1f6c1de", "name": "钱老师", "email": "qian@example.org"}
CLIENT = "delta-hub"

pytestmark = pytest.mark.live


@pytest.fixture
def hub(tmp_path: Path, rabbitmq: RabbitMQ, postgres: PostgreSQL) -> Iterator[RunningHub]:
    """The issuer gives out opaque access tokens, so the id token opens the hub."""
    with issuer_process(free_port(), PERSON) as issuer:
        port = free_port()
        settings = {
            "HUB_PUBLIC_URL": f"http://127.0.0.1:{port}",
            "HUB_OIDC_ISSUER": issuer,
            "HUB_OIDC_AUDIENCE": CLIENT,
            "HUB_OIDC_CLIENT_ID": CLIENT,
            "HUB_OIDC_CLIENT_SECRET": "any secret",
            "HUB_OIDC_BEARER": "id_token",
            "HUB_SESSION_SECRET": "s" * 32,
        }
        made = distributed(tmp_path, rabbitmq, postgres, HUB_PORT=str(port), **settings)
        made.port = port
        with running(made) as hub:
            yield hub


def test_a_person_signs_in_at_the_issuer_does_something_and_signs_out(hub: RunningHub) -> None:
    origin = f"http://127.0.0.1:{hub.port}"
    ours = {"origin": origin, "accept-language": "en"}
    with httpx.Client(base_url=origin, headers=ours, timeout=60, trust_env=False) as browser:
        departed = browser.get("/sign-in/issuer", params={"next": "/today"})
        consent = browser.post(departed.headers["location"], data={"sub": PERSON["sub"]})
        back = browser.get(consent.headers["location"])
        today = browser.get(back.headers["location"])
        read = browser.post("/inbox/read", data={"key": "once"})
        done = browser.get(read.headers["location"])
        out = browser.post("/sign-out")
        again = browser.get("/today")

    assert urlsplit(back.headers["location"]).path == "/today"
    assert (today.status_code, "钱老师" in today.text) == (200, True)
    assert (read.status_code, read.headers["location"], done.status_code) == (303, "/inbox?said=all_read", 200)
    assert (out.status_code, "/oauth2/end_session" in out.headers["refresh"]) == (200, True)
    assert (again.status_code, again.headers["location"]) == (303, "/sign-in?next=%2Ftoday")
