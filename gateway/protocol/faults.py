"""Faults: what is wrong with a request itself, said in the caller's language, and the safe report of every error."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from graphql import GraphQLError

from gateway.locale import DEFAULT, Locale
from kit.telemetry.logs import log

Report = Callable[[GraphQLError, Any], dict[str, Any]]
"""Turns one error and the execution context (`None` before there is one) into the map that the caller sees."""

_WORDING = {
    "BAD_PARAMETER": (
        "参数 {parameter} 的类型必须是 {expected}",
        "The parameter {parameter} must be of type {expected}",
    ),
    "BATCHING_REFUSED": ("每个请求只能有一个操作，不接受数组", "One operation a request: an array is not accepted"),
    "BODY_TOO_LARGE": ("请求正文超过 {allowed} 字节", "The body is larger than {allowed} bytes"),
    "BODY_TOO_SLOW": ("请求正文未能及时送达", "The body did not arrive in time"),
    "BUDGET_SPENT": (
        "请求额度已用完（需要 {requested}，剩余 {left}）；请在 {retryAfter} 秒后重试",
        "Your budget is spent (needed {requested}, left {left}); please try again in {retryAfter} seconds",
    ),
    "FELL_BEHIND": (
        "部分通知未能送达；请重新订阅（不带 since），并查询 notices 补看",
        "You have missed some notices; subscribe again, without `since`, and ask for `notices`",
    ),
    "FOREIGN_PAGE": (
        "拒绝其他网站页面的直接请求；请附加 GraphQL-Require-Preflight 请求头",
        "A page of another site asked without a preflight; add the header GraphQL-Require-Preflight",
    ),
    "FRAGMENT_CYCLE": ("片段 {fragment} 包含自身", "The fragment {fragment} contains itself"),
    "INTERNAL": ("系统内部错误，事件编号 {incident}", "Something went wrong here; incident {incident}"),
    "MALFORMED_JSON": ("{parameter} 不是合法的 JSON", "{parameter} is not valid JSON"),
    "METHOD_NOT_ALLOWED": ("不支持 {method} 方法", "The method {method} is not supported"),
    "MISDIRECTED": (
        "本站不以此名称提供服务，请使用公布的地址",
        "The hub does not answer under this name; use the address that is published",
    ),
    "MUTATION_OVER_GET": ("变更操作必须使用 POST", "A mutation needs POST"),
    "NOT_ACCEPTABLE": (
        "只能返回 application/graphql-response+json 或 application/json",
        "Only application/graphql-response+json and application/json can be returned",
    ),
    "ONE_HOST": ("请求必须有且只有一个 Host 请求头", "A request needs one Host header and no more"),
    "PERSISTED_QUERY_MISMATCH": (
        "sha256Hash 与所附查询不符；请发送查询文本的 SHA-256",
        "The sha256Hash is not that of the query; send the SHA-256 of the very text",
    ),
    "PERSISTED_QUERY_NOT_FOUND": ("PersistedQueryNotFound", "PersistedQueryNotFound"),  # clients look for these words
    "PERSISTED_QUERY_NOT_SUPPORTED": ("PersistedQueryNotSupported", "PersistedQueryNotSupported"),
    "QUERY_TOO_LARGE": (
        "查询过大：{limit} 为 {found}，上限 {allowed}",
        "The query is too large: {limit} is {found}, at most {allowed}",
    ),
    "SUBSCRIPTION_OVER_HTTP": (
        "订阅请使用 WebSocket（graphql-transport-ws）",
        "Subscriptions travel over WebSocket (graphql-transport-ws)",
    ),
    "TIMEOUT": ("操作未能在 {seconds} 秒内完成", "The operation did not finish within {seconds} seconds"),
    "TOO_BUSY": ("同时处理的请求过多，请稍后再试", "Too many requests at once; please try again in a moment"),
    "TOO_MANY_CALLS": (
        "此操作需要的内部查询超过 {allowed} 次；请减少一次查询的内容，分多次进行",
        "The operation needs more than {allowed} questions to the services; ask for less at a time",
    ),
    "TOO_MANY_OPERATIONS": (
        "同一连接上最多 {allowed} 个进行中的操作",
        "At most {allowed} operations at a time on one socket",
    ),
    "TOO_MANY_SOCKETS": (
        "您同时打开的连接已达 {allowed} 个；请关闭不用的页面后重试",
        "You have {allowed} sockets open, the most there may be; close pages that you do not need",
    ),
    "TOO_MANY_SUBSCRIPTIONS": (
        "您的订阅已达 {allowed} 个；请关闭不用的页面后重试",
        "You have {allowed} subscriptions, the most there may be; close pages that you do not need",
    ),
    "UNAUTHENTICATED": ("令牌无效或已过期", "The token is not valid, or no longer"),
    "UNAVAILABLE": ("服务暂时不可用，请稍后再试", "Not available at the moment; please try again later"),
    "UNSUPPORTED_ENCODING": ("请求正文不得压缩", "The body must not be compressed"),
    "UNSUPPORTED_MEDIA_TYPE": (
        "请求正文必须是 UTF-8 编码的 application/json",
        "The body must be application/json in UTF-8",
    ),
    "URI_TOO_LONG": (
        "查询串超过 {allowed} 字节；请使用 POST",
        "The query string is larger than {allowed} bytes; use POST",
    ),
}


def wording(code: str) -> tuple[str, str]:
    """What a fault says in Chinese and in English."""
    return _WORDING[code]


def codes() -> frozenset[str]:
    """What a fault can be called."""
    return frozenset(_WORDING)


class Fault(GraphQLError):  # noqa: N818 - an answer to the caller, like a refusal
    """A request that breaks the protocol or its limits.

    `code` is a key of the wording, `figures` are the numbers and names in it; the caller gets both as extensions.
    `status` is the HTTP status under `application/graphql-response+json`.
    """

    def __init__(self, code: str, *, status: int = 400, headers: dict[str, str] | None = None, **figures: Any) -> None:
        self.code, self.status, self.headers, self.figures = code, status, headers or {}, figures
        super().__init__(self.text(DEFAULT), extensions={"code": code, **figures})

    def text(self, locale: Locale) -> str:
        chinese, english = _WORDING[self.code]
        return (english if locale == "en" else chinese).format_map(self.figures)


def incident_of(error: BaseException) -> Fault:
    """Logs an unexpected error, once, and answers what its caller may know: an incident id."""
    incident = uuid4().hex
    log(__name__).error("incident", incident=incident, exc_info=error)
    return Fault("INTERNAL", status=500, incident=incident)


def report_safely(error: GraphQLError, context: Any) -> dict[str, Any]:
    """The default report: what GraphQL itself says passes, an exception of a resolver becomes an incident."""
    if error.original_error is None or isinstance(error.original_error, GraphQLError):
        return dict(error.formatted)
    incident = incident_of(error.original_error)
    message = incident.text(getattr(context, "locale", DEFAULT))
    return {**error.formatted, "message": message, "extensions": incident.extensions}


def shown(error: GraphQLError, context: Any, report: Report, locale: Locale) -> dict[str, Any]:
    """One error as the caller sees it: a fault in the language of the context (or `locale`), any other by `report`."""
    fault = error if isinstance(error, Fault) else error.original_error
    if isinstance(fault, Fault):
        return {**error.formatted, "message": fault.text(getattr(context, "locale", locale))}
    return report(error, context)
