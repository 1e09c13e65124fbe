"""Refusals: how a connection is turned away before it has become a request, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

import orjson

RETRY_AFTER = 5  # seconds


@dataclass(frozen=True, slots=True)
class Refused:
    """A status, the code that programs read, and what people are told to do."""

    status: HTTPStatus
    code: str
    zh: str
    en: str

    def answer(self) -> bytes:
        """The whole response, after which the connection ends."""
        body = orjson.dumps({"errors": [{"message": f"{self.zh} · {self.en}", "extensions": {"code": self.code}}]})
        retry = f"retry-after: {RETRY_AFTER}\r\n" if self.status == HTTPStatus.SERVICE_UNAVAILABLE else ""
        head = (
            f"HTTP/1.1 {self.status.value} {self.status.phrase}\r\n"
            "content-type: application/json; charset=utf-8\r\n"
            f"content-length: {len(body)}\r\n"
            f"x-content-type-options: nosniff\r\ncache-control: no-store\r\n{retry}connection: close\r\n\r\n"
        )
        return head.encode("ascii") + body


NOT_HTTP = Refused(HTTPStatus.BAD_REQUEST, "NOT_HTTP", "请求不符合 HTTP 规范", "This is no request as HTTP has it")
TOO_LARGE = Refused(
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    "HEADERS_TOO_LARGE",
    "请求头过多或过长，请清除本站 Cookie 后重试",
    "There are too many headers, or they are too long: clear the cookies of this site and try again",
)
ADDRESS_TOO_LONG = Refused(
    HTTPStatus.REQUEST_URI_TOO_LONG, "URI_TOO_LONG", "请求地址过长，请使用 POST", "The address is too long: use POST"
)
TOO_SLOW = Refused(
    HTTPStatus.REQUEST_TIMEOUT, "HEADERS_TOO_SLOW", "请求头未能及时送达", "The headers did not arrive in time"
)
FULL = Refused(
    HTTPStatus.SERVICE_UNAVAILABLE,
    "TOO_MANY_CONNECTIONS",
    "连接过多，请稍后再试",
    "There are too many connections; please try again later",
)
IMPATIENT = Refused(
    HTTPStatus.SERVICE_UNAVAILABLE,
    "TOO_MANY_AT_ONCE",
    "同一连接上排队的请求过多，请逐个发送",
    "Too many requests wait on this connection: send one after the other",
)
