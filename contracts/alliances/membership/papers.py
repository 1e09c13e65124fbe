"""What is refused of the papers that an organisation adds to its application."""

from __future__ import annotations

from typing import Final

from contracts.base import Refusal

PAPER_TICKET: Final = "papers.file"
"""What the ticket in the address of a paper is for: {paper}."""
PAPERS: Final = "/papers/files"
"""Where the gateway gives papers out; the ticket follows."""


class ApplicationPapersMissing(Refusal):
    code = "APPLICATION_PAPERS_MISSING"
    zh = "缺少章程要求的申请材料：{papers_zh}。请上传后再提交申请。"
    en = "The charter asks for papers that are missing: {papers}. Send them first, then apply."


class PaperKindUnknown(Refusal):
    code = "PAPER_KIND_UNKNOWN"
    zh = "章程没有这种申请材料，可选：{kinds}；其他材料不填种类。"
    en = "The charter knows no such kind of paper; there are: {kinds}. Leave the kind out for any other paper."


class TooManyApplicationPapers(Refusal):
    code = "TOO_MANY_APPLICATION_PAPERS"
    zh = "一份申请最多附{max}份材料；请先删除不需要的，或用同一种类替换。"
    en = "An application has at most {max} papers; remove one, or replace one of the same kind."


class OrganizationStorageFull(Refusal):
    """As StorageFull, for the papers of an organisation; `used`, `left` and `max` are bytes."""

    code = "ORGANIZATION_STORAGE_FULL"
    zh = "本单位各项申请的材料已占用 {used} 字节，上限 {max} 字节，剩余 {left} 字节，放不下这个文件。请先删除不需要的材料。"
    en = (
        "The papers of this organisation's applications take up {used} of {max} bytes; {left} are left, and this file has "
        "more. Remove papers that are not needed."
    )


class PapersStorageFull(Refusal):
    """As StorageFull, for the papers of all organisations of the hub."""

    code = "PAPERS_STORAGE_FULL"
    zh = (
        "全枢纽的申请材料已占用 {used} 字节，上限 {max} 字节，剩余 {left} 字节，放不下这个文件。"
        "请联系枢纽办公室扩容；已决定的申请，其材料到期删除后也会腾出空间。"
    )
    en = (
        "The application papers of the whole hub take up {used} of {max} bytes; {left} are left, and this file has more. "
        "Ask the hub office for more room; papers of decided applications also give theirs back when they are deleted."
    )
