"""The first hour: what a newcomer is told when they install, start, start twice, sign in and look around."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner, Result

from hub.cli import cli
from hub.flow import OPEN, Walker
from hub.home import alone_in
from hub.installing import packages, progress
from hub.settings import read_settings
from hub.web.server import listening
from tests.running.processes import ROOT, RunningHub
from tests.servers.ports import free_port

PATIENCE = 60
MINE = "query { myMemberships(first: 100) { nodes { status } } }"


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """What a `hub` command of this process says to the end, in a folder and with settings of its own."""

    def run(home: Path, *arguments: str, **settings: str) -> Result:
        environ = {"HUB_HOME": str(home), "HUB_PORT": str(free_port()), **settings}
        return CliRunner().invoke(cli, arguments, env=environ)

    for name in [name for name in os.environ if name.startswith("HUB_")]:
        monkeypatch.delenv(name)
    return run


def test_it_says_that_it_is_up_once_it_answers(demo_hub: RunningHub) -> None:
    log = demo_hub.log("hub")

    assert f"the Delta Hub is up:  {demo_hub.url.removesuffix('/graphql')}\n" in log
    assert f"for developers:  {demo_hub.url}" in log
    assert f"its folder: {demo_hub.home}" in log
    assert "hub-office, secretariat" in log


def test_a_persona_signs_in_to_the_pages_by_a_button(demo_hub: RunningHub) -> None:
    origin = demo_hub.url.removesuffix("/graphql")
    with httpx.Client(base_url=origin, headers={"origin": origin}, timeout=PATIENCE) as browser:
        assert 'value="secretariat"' in browser.get("/sign-in").text
        assert browser.get("/today").status_code == 303
        browser.post("/sign-in", data={"persona": "secretariat"})
        assert browser.get("/today").status_code == 200


def test_a_second_hub_in_one_folder_is_told_of_the_first(demo_hub: RunningHub, said: Callable[..., Result]) -> None:
    second = said(demo_hub.home, "run")

    assert second.exit_code == 1
    assert f"another hub (process {demo_hub.pid('hub')}) runs on {demo_hub.home}" in second.stderr


def test_a_port_that_is_taken_is_said_before_anything_is_done(
    demo_hub: RunningHub, said: Callable[..., Result], tmp_path: Path
) -> None:
    second = said(tmp_path, "run", HUB_PORT=str(demo_hub.port))

    assert second.exit_code == 1
    assert f"port {demo_hub.port} is taken by another program" in second.stderr
    assert f"HUB_PORT={demo_hub.port + 1}" in second.stderr
    assert not (tmp_path / "alliances.sqlite3").exists()


def test_a_host_that_is_not_this_machine_is_said_too(said: Callable[..., Result], tmp_path: Path) -> None:
    refused = said(tmp_path, "run", HUB_HOST="192.0.2.1")

    assert (refused.exit_code, "cannot listen on 192.0.2.1" in refused.stderr) == (1, True)


def test_who_connects_before_it_serves_waits_and_is_not_refused() -> None:
    with listening(replace(read_settings(), host="127.0.0.1", port=0)) as listener:
        socket.create_connection(listener.getsockname(), timeout=PATIENCE).close()


def test_no_part_of_an_answer_waits_for_the_one_before_to_be_confirmed() -> None:
    """Else each answer of two writes comes 40 ms late: asyncio sets this itself only where the protocol is named."""
    with (
        listening(replace(read_settings(), host="127.0.0.1", port=0)) as listener,
        socket.create_connection(listener.getsockname(), timeout=PATIENCE),
        listener.accept()[0] as taken,
    ):
        assert taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_folder_is_free_again_when_its_hub_has_ended(tmp_path: Path) -> None:
    for _ in range(2):
        with alone_in(tmp_path):
            pass


def test_a_token_is_all_that_is_printed_and_its_home_is_named_beside_it(
    demo_hub: RunningHub, said: Callable[..., Result], tmp_path: Path
) -> None:
    ours = said(demo_hub.home, "token", "--as", "secretariat")
    other = said(tmp_path, "token", "--as", "secretariat")

    assert ours.stdout.count(".") == 2 and ours.stdout.count("\n") == 1
    assert str(demo_hub.home) in ours.stderr and "no hub of one process" not in ours.stderr
    assert str(tmp_path) in other.stderr and "no hub of one process" in other.stderr


def test_the_doctor_names_the_home_that_it_looks_at(demo_hub: RunningHub, said: Callable[..., Result]) -> None:
    assert str(demo_hub.home) in said(demo_hub.home, "doctor").stdout.splitlines()[0]


def test_that_nothing_is_parked_is_said_and_so_is_that_there_is_no_hub(
    demo_hub: RunningHub, said: Callable[..., Result], tmp_path: Path
) -> None:
    none = said(demo_hub.home, "parked", "list")
    nowhere = said(tmp_path, "parked", "list")

    assert (none.exit_code, none.stdout) == (0, "")
    assert "nothing is parked" in none.stderr
    assert nowhere.exit_code == 1
    assert "no hub has run here yet" in nowhere.stderr


def test_the_flow_leaves_the_membership_as_it_was(demo_hub: RunningHub, said: Callable[..., Result]) -> None:
    for step in (None, "applyForMembership", "admitMember"):
        if step:
            take(demo_hub, step)
        before = standing(demo_hub)
        flow = said(demo_hub.home, "flow", "--url", demo_hub.url)

        assert flow.exit_code == 0, flow.stderr
        assert "GraphQL admitMember is sent to the gateway" in flow.stdout
        assert standing(demo_hub) == before
    leave(demo_hub)


def standing(hub: RunningHub) -> list[str]:
    """How the demo college stands with the demo group, where it stands at all."""
    return [one["status"] for one in asked(hub, MINE)["myMemberships"]["nodes"] if one["status"] in OPEN]


def take(hub: RunningHub, step: str) -> None:
    settings = replace(read_settings(), home=hub.home)
    walker = Walker(settings, hub.url)
    if step == "applyForMembership":
        walker.apply(None)
    else:
        walker.step("secretariat", step, membershipId=walker.apply(walker.standing()))


def leave(hub: RunningHub) -> None:
    walker = Walker(replace(read_settings(), home=hub.home), hub.url)
    walker.restore(walker.standing()["id"], None)


def asked(hub: RunningHub, document: str) -> Any:
    headers = {"authorization": f"Bearer {hub.token('quzhou-college')}"}
    return hub.http.post(hub.url, json={"query": document}, headers=headers).json()["data"]


PIP = """\
Collecting alembic==1.18.1 (from -r requirements.lock (line 7))
  Using cached alembic-1.18.1-py3-none-any.whl (263 kB)
Requirement already satisfied: amqp==5.3.1 in ./.venv/lib (from -r requirements.lock (line 11)) (5.3.1)
Ignoring colorama: markers 'sys_platform == "win32"' don't match your environment
Installing collected packages: alembic
Successfully installed alembic-1.18.1
"""


def test_installing_says_how_far_it_is() -> None:
    assert list(progress(PIP.splitlines(), 4)) == [(1, "alembic"), (2, "amqp"), (3, "colorama"), (4, "…")]


def test_a_lock_file_says_how_many_packages_it_names() -> None:
    lock = "# by uv\nalembic==1.18.1 \\\n    --hash=sha256:00\n    # via delta-hub\namqp==5.3.1 ; x == 'y' \\\n"

    assert packages(lock) == 2
    assert packages((ROOT / "requirements.lock").read_text(encoding="utf-8")) > 50
