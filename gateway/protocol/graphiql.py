"""GraphiQL: the page on which a person tries queries, of the project's own files only, shut to outside addresses."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from string import Template

from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from gateway.locale import Locale
from gateway.protocol.media import locale_of

FILES = "/graphiql"
FOLDER = Path(__file__).parent / "static" / "graphiql"
EXAMPLE = '{"Authorization": "Bearer TOKEN"}'

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",  # CodeMirror places its lines by inline styles
        "img-src 'self' data:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)


@dataclass(frozen=True, slots=True)
class Wording:
    """The texts of the page in one language."""

    title: str
    sign_in: str
    hint: str
    loading: str


WORDING: dict[Locale, Wording] = {
    "zh-CN": Wording(
        title="长三角教育协作枢纽 · GraphiQL",
        sign_in="登录：在下方 Headers 中填写令牌；订阅使用同一令牌。",
        hint="在此编写查询，按 Ctrl-Enter 运行，按 Ctrl-空格 补全。\n左侧的书是接口文档；未登录时只能读取公开内容。",
        loading="正在加载……",
    ),
    "en": Wording(
        title="Delta Hub · GraphiQL",
        sign_in="To sign in, put your token under Headers below; subscriptions use the same one.",
        hint=(
            "Write a query here, Ctrl-Enter runs it, Ctrl-Space completes it.\n"
            "The book on the left is the documentation; without a token only what is public can be read."
        ),
        loading="Loading…",
    ),
}


def graphiql_page(request: Request) -> Response:
    """The page, in the language of the request."""
    headers = {
        "content-security-policy": POLICY,
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "cache-control": "no-cache",
        "vary": "Accept, Accept-Language",
    }
    return HTMLResponse(_html(locale_of(request)), headers=headers)


def graphiql_files() -> Mount:
    """The route that serves the page's scripts and styles, to a third of their length by gzip: nothing in them is secret."""
    return Mount(FILES, GZipMiddleware(StaticFiles(directory=FOLDER)), name="graphiql")


@cache
def _html(locale: Locale) -> str:
    words = WORDING[locale]
    page = Template((Path(__file__).parent / "graphiql.html").read_text("utf-8"))
    return page.substitute(
        lang=locale,
        files=FILES,
        title=escape(words.title),
        sign_in=escape(words.sign_in),
        hint=escape(words.hint),
        example=escape(EXAMPLE),
        loading=escape(words.loading),
    )
