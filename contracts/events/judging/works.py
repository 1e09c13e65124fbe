"""What events says and refuses about works: the files of an entry, sent in pieces and judged without a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from contracts.base import Message, Named, Refusal

PIECE_TICKET: Final = "works.piece"
"""What the ticket in the address of an upload is for: {upload, person, size, piece_size}."""
FILE_TICKET: Final = "works.file"
"""What the ticket in the address of a file is for: {version}, or for judges {stage, code, place} and nothing else."""
PIECES: Final = "/works/pieces"
FILES: Final = "/works/files"
"""Where the gateway serves them; the ticket follows."""


def piece_key(upload_id: str, number: int) -> str:
    """Where the piece of this number (from 1) lies in the store."""
    return f"pieces/{upload_id}.{number}"


def length_of(number: int, *, size: int, piece_size: int) -> int:
    """How many bytes the piece of this number has to have; 0 or less where the file has no such piece."""
    return min(piece_size, size - (number - 1) * piece_size) if number > 0 else 0


@dataclass(frozen=True, kw_only=True)
class WorkSubmitted(Message, type="events.work_submitted"):
    """A version of a work (作品) arrived whole: `number` counts the versions of this work, from 1.

    Neither the file's name nor its checksum is said: what is known of a work to many must not find it again among the
    works that judges see.
    """

    work_id: str
    number: int
    entry_id: str
    stage_id: str
    competition: Named
    track: Named
    organization: Named
    province: str
    edition: int
    series_id: str


class WorksNotOpen(Refusal):
    code = "WORKS_NOT_OPEN"
    zh = "当前不在作品提交时间内。"
    en = "Works are not taken now."


class NotCompeting(Refusal):
    """The entry takes part in no stage whose works could be handed in."""

    code = "NOT_COMPETING"
    zh = "该报名不在参赛之列。"
    en = "This entry does not compete."


class MediaTypeNotTaken(Refusal):
    code = "MEDIA_TYPE_NOT_TAKEN"
    zh = "不接受这种文件类型，可接受：{choices}。"
    en = "This type of file is not taken; taken are: {choices}."


class FileTooLarge(Refusal):
    code = "FILE_TOO_LARGE"
    zh = "文件最大 {max} 字节。"
    en = "A file has at most {max} bytes."


class TooManyWorks(Refusal):
    code = "TOO_MANY_WORKS"
    zh = "每个报名最多提交 {max} 件作品；请提交已有作品的新版本。"
    en = "An entry has at most {max} works; send a new version of one of them."


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
    code = "PIECE_TOO_SLOW"
    zh = "分片未能及时送达。"
    en = "The piece did not arrive in time."


class EncodingNotTaken(Refusal):
    code = "ENCODING_NOT_TAKEN"
    zh = "分片不得压缩传输。"
    en = "A piece must not be compressed."


class GatewayBusy(Refusal):
    """So many pieces arrive at once that one more would not fit into memory."""

    code = "GATEWAY_BUSY"
    zh = "上传人数较多，请稍后再试。"
    en = "Many are uploading at the moment; please try again later."
