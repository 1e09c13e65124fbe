"""Message size: every broker that we set up takes bodies as large as the kit sends, and none that is larger."""

from __future__ import annotations

from pathlib import Path

import pytest

from kit.settings import read_settings
from kit.wire.request import MOST_BYTES

DEPLOY = Path(__file__).parents[2] / "deploy"


@pytest.mark.parametrize("file", ["compose/rabbitmq.conf", "k8s/components/rabbitmq/cluster.yaml"])
def test_every_broker_takes_what_the_kit_sends_and_nothing_larger(file: str) -> None:
    lines = [line.strip() for line in (DEPLOY / file).read_text().splitlines()]

    assert [line for line in lines if line.startswith("max_message_size")] == [f"max_message_size = {MOST_BYTES}"]


def test_a_message_is_smaller_than_what_a_broker_takes() -> None:
    assert read_settings().message_bytes < MOST_BYTES
