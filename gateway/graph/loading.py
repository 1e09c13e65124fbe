"""Loading: many loads of one turn of the loop become one call to a service."""

from __future__ import annotations

from typing import Any, ClassVar

from aiodataloader import DataLoader

from gateway.rpc import Rpc


class ByIdLoader(DataLoader[str, Any]):
    """Loads things by id; a subclass names the service and its method, which takes `ids` and leaves out what it has not."""

    service: ClassVar[str]
    method: ClassVar[str]
    max_batch_size = 100

    def __init__(self, rpc: Rpc) -> None:
        super().__init__()
        self._rpc = rpc

    async def batch_load_fn(self, keys: list[str]) -> list[Any]:
        found = await self._rpc.query(self.service, self.method, ids=keys)
        by_id = {each["id"]: each for each in found}
        return [by_id.get(key) for key in keys]
