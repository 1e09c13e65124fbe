"""S3: a private object store that speaks Amazon's protocol (moto's server), with a bucket for each test that asks."""

from __future__ import annotations

import itertools
import sys

import httpx

from tests.servers.server import Server

_numbers = itertools.count(1)


class ObjectStore(Server):
    """Keeps objects in memory: unlike the other servers it forgets them when it ends."""

    name = "s3"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def bucket(self) -> str:
        """The address of an empty bucket, as HUB_STORE takes it."""
        name = f"bucket-{next(_numbers)}"
        httpx.put(f"{self.url}/{name}", headers=_SIGNED).raise_for_status()
        return f"s3://{name}/some/folder?endpoint={self.url}"

    def unfinished(self, address: str) -> int:
        """How many multipart uploads were begun in the bucket at this address and neither completed nor aborted."""
        name = address.removeprefix("s3://").partition("/")[0]
        return (
            httpx.get(f"{self.url}/{name}?uploads", headers=_SIGNED, timeout=60)
            .raise_for_status()
            .text.count("<Upload>")
        )

    def _command(self) -> list[str]:
        return [sys.executable, "-W", "ignore", "-m", "moto.server", "-H", "127.0.0.1", "-p", str(self.port)]

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/moto-api/data.json", timeout=2).is_success
        except httpx.TransportError:
            return False

    def _prepare(self) -> None:
        """Nothing: it has no data of its own."""


_SIGNED = {
    "authorization": "AWS4-HMAC-SHA256 Credential=key/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0"
}
"""Which service is meant; moto does not check the signature."""
