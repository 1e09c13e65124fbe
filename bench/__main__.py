"""Bench: asks each question of bench/ on private servers, prints one table and writes it as JSON."""

from __future__ import annotations

import json
import platform
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import broadcast, costs, entries, notice, page, rpc, telemetry
from tests.servers.postgres import PostgreSQL
from tests.servers.rabbitmq import RabbitMQ

RESULTS = Path(__file__).parent / "results"
QUESTIONS: dict[str, Callable[[RabbitMQ, PostgreSQL], list[dict[str, Any]]]] = {
    "rpc": rpc.measure,
    "page": page.measure,
    "notice": notice.measure,
    "entries": entries.measure,
    "telemetry": telemetry.measure,
    "costs": costs.measure,
    "broadcast": broadcast.measure,
}


def main() -> None:
    """Run every benchmark in one run, so that its figures can be compared."""
    broker, database = RabbitMQ(), PostgreSQL(durable=True)
    broker.start()
    database.start()
    try:
        results = {name: measure(broker, database) for name, measure in QUESTIONS.items()}
    finally:
        database.remove()
        broker.remove()
    for name, rows in results.items():
        print(f"\n{name}")
        for row in rows:
            print("  " + "  ".join(f"{key}={_short(value)}" for key, value in row.items()))
    RESULTS.mkdir(exist_ok=True)
    report = {"at": datetime.now(UTC).isoformat(), "machine": platform.platform(), "results": results}
    path = RESULTS / "latest.json"
    path.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(f"\nwritten to {path}")


def _short(value: Any) -> str:
    return f"{value:.2f}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    main()
