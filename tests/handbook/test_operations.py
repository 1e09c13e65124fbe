"""What was given up on, by the queries of docs/operations.md alone: seen, tried again, put aside, sent again, on record."""

from __future__ import annotations

from typing import Any

import pytest

from tests.handbook.stage import Play
from tests.running import season
from tests.running.processes import RunningHub

OFFICE, READER = "hub-office", "stuck-reader"
ADDRESS = f"{READER}@example.org"


@pytest.mark.timeout(300)
def test_what_is_stuck_is_seen_and_sent_again(embedded_hub: RunningHub) -> None:
    play = Play(embedded_hub, "operations")
    season.register(embedded_hub, READER)
    stuck = a_mail_that_is_stuck(play)
    assert (stuck["service"], stuck["attempts"], stuck["fault"]) == ("notify", 1, "550")
    [mail] = play.ask("Deliveries", OFFICE, state="PARKED")["nodes"]
    assert (mail["recipient"], mail["fault"], mail["id"] is None) == (f"persona:{READER}", "550", False)
    assert play.ask("Jobs", OFFICE)["missing"] == play.ask("Parked", OFFICE)["missing"] == []

    again = {"reference": stuck["reference"]}
    play.do("RetryParked", OFFICE, **again)
    play.until(lambda: parked(play), "it was not given up on again")  # the server refuses it still
    play.do("DiscardParked", OFFICE, **again, reason="邮箱已停用")
    assert play.refused("RetryParked", OFFICE, **again) == ["NOT_PARKED"]
    embedded_hub.mail.behave()
    play.do("ResendDelivery", OFFICE, deliveryId=mail["id"], reason="收件人已换邮箱")

    play.until(lambda: embedded_hub.mail.mails_to(ADDRESS), "it was not sent again")
    settled = play.ask("ParkedSettlements", OFFICE)["nodes"]
    assert [each["settled"] for each in settled] == ["RETRIED", "DISCARDED", "RETRIED"]
    assert {each["actor"] for each in settled} == {f"persona:{OFFICE}"}
    assert play.carried.missing() == []


def a_mail_that_is_stuck(play: Play) -> Any:
    """Somebody is told of a role that they were given; the mail server refuses to take it to them, for good."""
    play.hub.mail.refuse(550)
    granted = {"person": f"persona:{READER}", "role": "PROVINCE_OFFICE", "scopeType": "PROVINCE", "scopeId": "340000"}
    play.client(OFFICE).do("grantRole", **granted)
    [stuck] = play.until(lambda: parked(play), "nothing is stuck")
    return stuck


def parked(play: Play) -> Any:
    return play.ask("Parked", OFFICE, kind="DELIVERY")["nodes"]
