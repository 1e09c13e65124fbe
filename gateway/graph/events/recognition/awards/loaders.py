"""How certificates are loaded, many in one call."""

from __future__ import annotations

from typing import Any

from gateway.graph.loading import ByIdLoader


class CertificateLoader(ByIdLoader):
    """Loads certificates by their numbers."""

    service = "events"
    method = "certificates_by_number"

    async def batch_load_fn(self, keys: list[str]) -> list[dict[str, Any] | None]:
        by_number = {each["number"]: each for each in await self.ask(numbers=keys)}
        return [by_number.get(key) for key in keys]
