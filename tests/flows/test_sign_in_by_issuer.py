"""A person signs in at a real OpenID Connect issuer, and the gateway knows them by its token."""

from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from kit.settings import SERVICES
from tests.gateway.sign_in.issuer_process import issuer_process, sign_in
from tests.running.processes import RunningHub, running
from tests.servers.ports import free_port

WHO = "{ viewer { id name } }"


@pytest.mark.live
def test_a_token_of_the_issuer_is_the_viewer(tmp_path: Path, amqp_uri: str, new_database: Callable[[], str]) -> None:
    databases = {name: new_database() for name in SERVICES}
    with issuer_process(free_port(), {"sub": "ming", "name": "明"}) as issuer:
        token = sign_in(issuer, "ming", "delta-hub")["id_token"]
        settings = {"HUB_OIDC_ISSUER": issuer, "HUB_OIDC_AUDIENCE": "delta-hub"}
        with running(RunningHub(tmp_path, amqp_uri, databases, **settings)) as hub:
            signed_in = httpx.post(
                hub.url, json={"query": WHO}, timeout=60, headers={"Authorization": f"Bearer {token}"}
            )
            forged = httpx.post(
                hub.url, json={"query": WHO}, timeout=60, headers={"Authorization": f"Bearer {token[:-4]}AAAA"}
            )
            visitor = httpx.post(hub.url, json={"query": WHO}, timeout=60)

    assert signed_in.json()["data"]["viewer"] == {"id": "ming", "name": "明"}
    assert forged.status_code == 401
    assert visitor.json()["data"]["viewer"] is None
