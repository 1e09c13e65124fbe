"""Uploads: a file that comes in pieces: where its pieces lie in the store, and why one or all of them are not taken."""

from __future__ import annotations

from typing import Final

from contracts.base import Refusal

LARGEST: Final = 2**31 - 1
"""The most bytes that a file can have: what fits into an Int of GraphQL."""
PIECES: Final = "/works/pieces"
"""Where the gateway takes in the pieces of every file, named after the first that came in pieces; the ticket follows."""
PIECE_TICKET: Final = "works.piece"
"""What the ticket in that address is for: {upload, person, size, piece_size}."""


def piece_key(upload_id: str, number: int) -> str:
    """Where the piece of this number (from 1) lies in the store."""
    return f"pieces/{upload_id}.{number}"


LONGEST_PIECE = 480
"""Seconds that a piece may take to arrive, whatever its length: less than those after which an upload is swept away."""


def length_of(number: int, *, size: int, piece_size: int) -> int:
    """How many bytes the piece of this number has to have; 0 or less where the file has no such piece."""
    return min(piece_size, size - (number - 1) * piece_size) if number > 0 else 0


class MediaTypeNotTaken(Refusal):
    code = "MEDIA_TYPE_NOT_TAKEN"
    zh = "不接受这种文件类型，可接受：{choices}。"
    en = "This type of file is not accepted; accepted types: {choices}."


class MediaTypeRuns(Refusal):
    code = "MEDIA_TYPE_RUNS"
    zh = "{type} 类文件会在浏览器中执行，不能作为可接受的类型；请改用 PDF 或压缩包（zip）。"
    en = "Browsers run files of type {type}, so it cannot be accepted; take PDF or a zip archive instead."


class FileTooLarge(Refusal):
    code = "FILE_TOO_LARGE"
    zh = "文件最大 {max} 字节。"
    en = "A file has at most {max} bytes."


class StorageFull(Refusal):
    """The file has no room beside what the viewer has there; `used`, `left` and `max` are bytes."""

    code = "STORAGE_FULL"
    zh = "您的文件已占用 {used} 字节，上限 {max} 字节，剩余 {left} 字节，放不下这个文件。未完成的上传过期后会释放空间。"
    en = (
        "Your files take up {used} of {max} bytes; {left} are left, and this file has more. "
        "Uploads that are not completed give their room back when they expire."
    )


class EditionStorageFull(Refusal):
    """As StorageFull, for all files of an edition."""

    code = "EDITION_STORAGE_FULL"
    zh = "本届赛事的文件已占用 {used} 字节，上限 {max} 字节，剩余 {left} 字节，放不下这个文件。请联系主办方。"
    en = (
        "The files of this edition take up {used} of {max} bytes; {left} are left, and this file has more. "
        "Please tell its organisers."
    )


class HubStorageFull(Refusal):
    """As StorageFull, for all files of the hub."""

    code = "HUB_STORAGE_FULL"
    zh = "枢纽的文件已占用 {used} 字节，上限 {max} 字节，剩余 {left} 字节，放不下这个文件。请联系枢纽办公室。"
    en = (
        "The files of the hub take up {used} of {max} bytes; {left} are left, and this file has more. "
        "Please tell the hub office."
    )


class TooManyUploads(Refusal):
    """Uploads count until they are swept away, some time after their ticket has expired."""

    code = "TOO_MANY_UPLOADS"
    zh = "短时间内最多上传 {max} 次，请稍后再试。"
    en = "At most {max} uploads at a time; please try again later."


class UploadExpired(Refusal):
    code = "UPLOAD_EXPIRED"
    zh = "本次上传已过期，请重新开始。"
    en = "This upload has expired; please begin again."


class PiecesMissing(Refusal):
    """`pieces` lists the numbers of the first that have not arrived."""

    code = "PIECES_MISSING"
    zh = "以下分片尚未收到：{pieces}。"
    en = "These pieces have not arrived: {pieces}."


class ChecksumWrong(Refusal):
    """The pieces are there, but together they are not the file that was announced."""

    code = "CHECKSUM_WRONG"
    zh = "文件校验和不符，请重新上传。"
    en = "The file does not have the checksum that was announced; please send it again."


class NotThatType(Refusal):
    code = "NOT_THAT_TYPE"
    zh = "文件内容与声明的类型 {type} 不符。"
    en = "The file is not what it was announced as, {type}."


class TicketInvalid(Refusal):
    """The address was changed, is meant for something else or somebody else, or has expired."""

    code = "TICKET_INVALID"
    zh = "链接无效或已过期。"
    en = "The link is not valid, or no longer."


class PieceOutOfRange(Refusal):
    code = "PIECE_OUT_OF_RANGE"
    zh = "分片编号须在 1 到 {pieces} 之间。"
    en = "The number of a piece must lie between 1 and {pieces}."


class PieceTooLarge(Refusal):
    code = "PIECE_TOO_LARGE"
    zh = "该分片须为 {length} 字节，收到的更多。"
    en = "This piece must have {length} bytes, and more arrived."


class PieceTooSmall(Refusal):
    code = "PIECE_TOO_SMALL"
    zh = "该分片须为 {length} 字节，收到的更少。"
    en = "This piece must have {length} bytes, and fewer arrived."


class DigestRequired(Refusal):
    code = "DIGEST_REQUIRED"
    zh = "请求须带 Content-Digest 或 Repr-Digest 头，含 sha-256（RFC 9530）。"
    en = "The request needs a Content-Digest or Repr-Digest with a sha-256 (RFC 9530)."


class DigestWrong(Refusal):
    code = "DIGEST_WRONG"
    zh = "分片内容与其校验和不符。"
    en = "The piece does not have the digest that came with it."


class PieceTooSlow(Refusal):
    """`rate` is the least rate, in bytes a second."""

    code = "PIECE_TOO_SLOW"
    zh = "分片传输过慢，每秒至少须送达 {rate} 字节，请重新发送。"
    en = "The piece came too slowly: at least {rate} bytes a second must arrive. Please send it again."


class PieceUnderWay(Refusal):
    """Whoever sends it again after a broken connection may have to wait until that has been noticed."""

    code = "PIECE_UNDER_WAY"
    zh = "该分片正在接收中，请稍后再试。"
    en = "This piece is arriving already; try again in a moment."


class EncodingNotTaken(Refusal):
    code = "ENCODING_NOT_TAKEN"
    zh = "分片不得压缩传输。"
    en = "A piece must not be compressed."
