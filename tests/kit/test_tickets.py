"""Tickets: believed when this hub signed them for the very purpose and their time has not come."""

from __future__ import annotations

import base64
import stat
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.files.tickets import BadTicket, Tickets, tickets_of
from kit.own_secret import UnusableSecret
from kit.settings import read_settings

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
SOON = NOW + timedelta(minutes=5)
TICKETS = Tickets("s" * 32)


def test_a_ticket_says_what_it_was_given_until_just_before_its_end() -> None:
    ticket = TICKETS.sign("piece", {"upload": "u", "size": 7}, until=SOON)

    claims = TICKETS.verify(ticket, "piece", now=SOON - timedelta(microseconds=1))

    assert claims == {"upload": "u", "size": 7, "aud": "piece", "exp": int(SOON.timestamp())}


@pytest.mark.parametrize("now", [SOON, SOON + timedelta(days=400)])
def test_an_expired_ticket_is_bad(now: datetime) -> None:
    ticket = TICKETS.sign("piece", {}, until=SOON)

    with pytest.raises(BadTicket):
        TICKETS.verify(ticket, "piece", now=now)


def test_a_ticket_for_something_else_or_of_another_hub_is_bad() -> None:
    for ticket in (
        TICKETS.sign("file", {}, until=SOON),
        Tickets("t" * 32).sign("piece", {}, until=SOON),
        jwt.encode({"aud": ["piece", "file"], "exp": int(SOON.timestamp())}, "s" * 32, "HS256"),
        jwt.encode({"aud": "piece", "exp": int(SOON.timestamp())}, "s" * 64, "HS512"),
        jwt.encode({"aud": "piece", "exp": int(SOON.timestamp())}, None, "none"),
        jwt.encode({"aud": "piece"}, "s" * 32, "HS256"),
        jwt.encode({"exp": int(SOON.timestamp())}, "s" * 32, "HS256"),
        jwt.encode({"aud": "piece", "exp": 1e300}, "s" * 32, "HS256"),
        "",
        "a.b.c",
    ):
        with pytest.raises(BadTicket):
            TICKETS.verify(ticket, "piece", now=NOW)


@given(place=st.integers(0, 10_000), change=st.integers(1, 255))
def test_a_ticket_of_which_any_byte_was_changed_is_bad(place: int, change: int) -> None:
    parts = TICKETS.sign("piece", {"upload": "u", "size": 7}, until=SOON).split(".")
    part = place % 3
    raw = bytearray(base64.urlsafe_b64decode(parts[part] + "=="))
    raw[place % len(raw)] ^= change
    parts[part] = base64.urlsafe_b64encode(raw).decode().rstrip("=")

    with pytest.raises(BadTicket):
        TICKETS.verify(".".join(parts), "piece", now=NOW)


@given(ticket=st.text())
def test_no_text_is_a_ticket_by_chance(ticket: str) -> None:
    with pytest.raises(BadTicket):
        TICKETS.verify(ticket, "piece", now=NOW)


def test_the_secret_of_the_settings_is_shared_by_processes(tmp_path: Path) -> None:
    here, there = (replace(read_settings(), home=tmp_path / name, ticket_secret="z" * 32) for name in ("a", "b"))
    ticket = tickets_of(here).sign("piece", {}, until=SOON)

    assert tickets_of(there).verify(ticket, "piece", now=NOW)
    assert list(tmp_path.iterdir()) == []


def test_without_one_a_secret_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    settings = replace(read_settings(), home=tmp_path)
    ticket = tickets_of(settings).sign("piece", {}, until=SOON)

    [file] = tmp_path.iterdir()
    assert (len(file.read_text()), stat.S_IMODE(file.stat().st_mode)) == (64, 0o600)
    assert Tickets(file.read_text()).verify(ticket, "piece", now=NOW)


def test_a_secret_that_others_can_read_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "ticket-secret").write_text("x" * 64)

    with pytest.raises(UnusableSecret, match="chmod 600"):
        tickets_of(replace(read_settings(), home=tmp_path))
