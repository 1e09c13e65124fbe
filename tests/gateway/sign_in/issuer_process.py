"""Issuer process: a real OpenID Connect issuer on this machine, and the sign-in of a person at it."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from random import SystemRandom
from socket import AF_INET, SOCK_STREAM, socket
from urllib.parse import parse_qs, urlsplit

import httpx

REDIRECT = "http://127.0.0.1/signed-in"


def free_port() -> int:
    """A port below the range from which the system takes its own, so that nobody connects to itself."""
    while True:
        port = SystemRandom().randrange(20_000, 32_000)
        with socket(AF_INET, SOCK_STREAM) as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port


@contextmanager
def issuer_process(port: int, *people: dict[str, object]) -> Iterator[str]:
    """The issuer's address while it runs; each start makes a new signing key."""
    arguments = [text for person in people for text in ("--user-claims", json.dumps(person))]
    process = subprocess.Popen(
        [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_until_it_answers(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(60)


def sign_in(issuer: str, person: str, client: str) -> dict[str, str]:
    """The issuer's token response at the end of its authorization-code flow, `client` being the audience."""
    with httpx.Client(trust_env=False, timeout=60) as browser:
        discovery = browser.get(f"{issuer}/.well-known/openid-configuration").json()
        request = {"client_id": client, "redirect_uri": REDIRECT, "response_type": "code"}
        consent = browser.post(
            discovery["authorization_endpoint"],
            params={**request, "scope": "openid profile email", "state": "s"},
            data={"sub": person},
        )
        code = parse_qs(urlsplit(consent.headers["location"]).query)["code"][0]
        answer = browser.post(
            discovery["token_endpoint"],
            auth=(client, "any secret"),
            data={"grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT},
        )
        return answer.raise_for_status().json()


def _wait_until_it_answers(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    with httpx.Client(trust_env=False) as client:
        while time.monotonic() < deadline:
            assert process.poll() is None, "the issuer ended"
            try:
                client.get(f"{address}/jwks")
            except httpx.ConnectError:
                time.sleep(0.05)
            else:
                return
    raise AssertionError("the issuer does not answer")
