"""Transfers: why a file does not travel now, either way."""

from __future__ import annotations

from contracts.base import Refusal


class GatewayBusy(Refusal):
    """So many files travel at once that one more would be too much for memory or the cores."""

    code = "GATEWAY_BUSY"
    zh = "当前传输文件的人较多，请稍后再试。"
    en = "Many files are being transferred at the moment; please try again later."


class TooManyTransfers(Refusal):
    """`max` is what one person, or the visitors of one address, may have at once."""

    code = "TOO_MANY_TRANSFERS"
    zh = "您同时传输的文件已达上限 {max} 个，请待其中一个完成后再试。"
    en = "You have as many files under way as you may at once, {max}; try again when one of them has arrived."
