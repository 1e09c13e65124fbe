"""S3 store: a bucket of an S3-compatible object store; a large object goes there in parts, so that little is held in memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import Any
from urllib.parse import SplitResult, parse_qs

import boto3
from botocore.config import Config
from botocore.configprovider import BOTOCORE_DEFAUT_SESSION_VARIABLES as VARIABLES
from botocore.exceptions import BotoCoreError, ClientError
from botocore.session import Session

from kit.files.store import Draft, Missing, Reader, Store, StoreAway, check_key

PART = 5 * 1024 * 1024
"""Bytes of a part: the least that S3 takes, and what one draft holds in memory."""
REGION = "us-east-1"
_ABSENT = {"404", "NoSuchKey", "NoSuchUpload", "NotFound"}


class S3Store(Store):
    """Objects of one bucket whose names begin with `prefix`."""

    def __init__(self, client: Any, bucket: str, prefix: str = "") -> None:
        self._client = client
        self._bucket = bucket
        self._prefix = prefix

    def draft(self, key: str) -> Draft:
        return _S3Draft(self._client, self._place(key))

    def get(self, key: str) -> Reader:
        with _over_the_wire(key):
            return _S3Reader(self._client.get_object(**self._place(key))["Body"], key)

    def size(self, key: str) -> int | None:
        try:
            with _over_the_wire(key):
                return int(self._client.head_object(**self._place(key))["ContentLength"])
        except Missing:
            return None

    def delete(self, key: str) -> None:
        with _over_the_wire(key):
            self._client.delete_object(**self._place(key))

    def _place(self, key: str) -> dict[str, str]:
        return {"Bucket": self._bucket, "Key": self._prefix + check_key(key)}


class _S3Reader(Reader):
    def __init__(self, body: Any, key: str) -> None:
        self._body = body
        self._key = key

    def read(self, size: int, /) -> bytes:
        with _over_the_wire(self._key):
            return bytes(self._body.read(size))

    def close(self) -> None:
        self._body.close()


class _S3Draft(Draft):
    """Parts are sent as they fill up; what fits into one is sent whole."""

    def __init__(self, client: Any, place: dict[str, str]) -> None:
        self._client = client
        self._place = place
        self._rest = bytearray()
        self._upload: str | None = None
        self._parts: list[dict[str, Any]] = []

    def write(self, chunk: bytes) -> None:
        self._rest += chunk
        while len(self._rest) > PART:
            self._send(bytes(memoryview(self._rest)[:PART]))
            del self._rest[:PART]

    def keep(self) -> None:
        if self._upload is None:
            with self._sending():
                self._client.put_object(**self._place, Body=bytes(self._rest))
            return
        self._send(bytes(self._rest))
        with self._sending():
            self._client.complete_multipart_upload(
                **self._place, UploadId=self._upload, MultipartUpload={"Parts": self._parts}
            )
        self._upload = None

    def discard(self) -> None:
        if self._upload is not None:
            with suppress(Missing), self._sending():
                self._client.abort_multipart_upload(**self._place, UploadId=self._upload)
            self._upload = None

    def _send(self, part: bytes) -> None:
        with self._sending():
            if self._upload is None:
                self._upload = str(self._client.create_multipart_upload(**self._place)["UploadId"])
            number = len(self._parts) + 1
            sent = self._client.upload_part(**self._place, UploadId=self._upload, PartNumber=number, Body=part)
            self._parts.append({"PartNumber": number, "ETag": sent["ETag"]})

    def _sending(self) -> AbstractContextManager[None]:
        return _over_the_wire(self._place["Key"])


def bucket_at(address: SplitResult, key: str, secret: str) -> S3Store:
    """The store at `s3://bucket/prefix?endpoint=https://…&region=…`; without an endpoint it is Amazon's own."""
    query = {name: values[-1] for name, values in parse_qs(address.query).items()}
    session = boto3.session.Session(
        aws_access_key_id=key,
        aws_secret_access_key=secret,
        region_name=query.get("region", REGION),
        botocore_session=Session(session_vars=_of_no_environment()),
    )
    client = session.client("s3", endpoint_url=query.get("endpoint"), verify=True, config=_config())
    folder = address.path.strip("/")
    return S3Store(client, address.netloc, f"{folder}/" if folder else "")


def _config() -> Config:
    """Bounded waiting, no proxy, and only what every S3-compatible store understands."""
    return Config(
        connect_timeout=5,
        read_timeout=20,
        retries={"mode": "standard", "total_max_attempts": 3},
        proxies={},
        max_pool_connections=50,
        ignore_configured_endpoint_urls=True,
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        s3={"addressing_style": "path"},
    )


def _of_no_environment() -> dict[str, tuple[None, None, Any, Any]]:
    """botocore's variables without the AWS_… of the process: the hub's settings are read in one place only."""
    return {name: (None, None, default, convert) for name, (_, _, default, convert) in VARIABLES.items()}


@contextmanager
def _over_the_wire(name: str) -> Iterator[None]:
    """What S3 says, in the words of every store."""
    try:
        yield
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") in _ABSENT:
            raise Missing(name) from None
        raise StoreAway(str(error)) from error
    except BotoCoreError as error:
        raise StoreAway(str(error)) from error
