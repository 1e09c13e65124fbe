"""Routes: the link in every e-mail by which its reader ends them: a page with one button, and what the button does (RFC 8058)."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from gateway.context import Context
from gateway.protocol.media import locale_of
from gateway.works.answers import answering

UNSUBSCRIBE = "/mail/unsubscribe/{token}"
_PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title></head><body><main><h1>{title}</h1><p>{text}</p>{form}</main></body></html>
"""
_FORM = '<form method="post"><button type="submit">{}</button></form>'
_SAFE = {
    "content-security-policy": "default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex",
    "cache-control": "no-store",
    "vary": "Accept-Language",
}
_ASK = {
    "zh-CN": ("退订邮件", "确认后，枢纽不再向您发送邮件；通知仍可登录查看。", "不再接收邮件"),
    "en": ("No more e-mails", "The hub sends you no more e-mails; your notices stay on the hub.", "End the e-mails"),
}
_DONE = {
    "zh-CN": ("已退订", "枢纽不再向您发送邮件。如需恢复，请登录后在联系方式中开启。"),
    "en": ("Done", "The hub sends you no more e-mails. To have them again, sign in and change your contact."),
}


def mail_routes(visit: Callable[[HTTPConnection], Context]) -> list[BaseRoute]:
    """Nothing is ended by opening the link: programs that look at e-mails for their readers do so too."""

    async def ask(request: Request) -> Response:
        title, text, button = _ASK[locale_of(request)]
        return _page(request, title, text, _FORM.format(escape(button)))

    async def end(request: Request) -> Response:
        rpc = visit(request).rpc
        await rpc.command("notify", "unsubscribe", {"token": request.path_params["token"]})
        return _page(request, *_DONE[locale_of(request)])

    return [
        Route(UNSUBSCRIBE, ask, methods=["GET"]),
        Route(UNSUBSCRIBE, answering(end), methods=["POST"]),
    ]


def _page(request: Request, title: str, text: str, form: str = "") -> Response:
    page = _PAGE.format(language=locale_of(request), title=escape(title), text=escape(text), form=form)
    return HTMLResponse(page, headers=_SAFE)
