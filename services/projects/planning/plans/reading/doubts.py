"""Doubts: what the reader is not sure of, each with its place and with words for people in zh-CN and en."""

from dataclasses import dataclass
from enum import StrEnum

MAX_FRAGMENT = 80


class DoubtCode(StrEnum):
    """Why a person should look at a place in the document before it is imported."""

    NOT_A_PLAN = "not_a_plan"
    NO_ITEMS = "no_items"
    NO_PLAN_WORDING = "no_plan_wording"
    TEXT_TOO_LONG = "text_too_long"
    TITLE_MISSING = "title_missing"
    EMPTY_SECTION = "empty_section"
    ITEM_WITHOUT_NUMBER = "item_without_number"
    NUMBER_SKIPPED = "number_skipped"
    NUMBER_REPEATED = "number_repeated"
    PARAGRAPH_JOINED = "paragraph_joined"
    LINES_JOINED = "lines_joined"
    SENTENCE_UNFINISHED = "sentence_unfinished"
    LINE_LEFT_OUT = "line_left_out"
    ROW_UNCLEAR = "row_unclear"
    NO_RESPONSIBLE_UNIT = "no_responsible_unit"
    NO_UNITS_IN_DOCUMENT = "no_units_in_document"
    UNITS_NOT_CLOSED = "units_not_closed"
    UNITS_WITHOUT_SEPARATOR = "units_without_separator"
    CONTRACTED_UNITS = "contracted_units"
    UNITS_BELOW_PARTS = "units_below_parts"
    ROLE_UNCLEAR = "role_unclear"
    CLAUSE_NOT_READ = "clause_not_read"
    DEADLINE_NOT_READ = "deadline_not_read"
    PERSONS_LEFT_OUT = "persons_left_out"
    COMPARATOR_INFERRED = "comparator_inferred"
    FIGURE_NOT_READ = "figure_not_read"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One doubt; `item` is an item's key, `line` a source line from 1, `fragment` the words concerned."""

    code: DoubtCode
    item: str | None = None
    line: int | None = None
    fragment: str = ""


_TEXTS: dict[DoubtCode, dict[str, str]] = {
    DoubtCode.NOT_A_PLAN: {
        "zh-CN": "这份文件看起来不是规划、要点或行动方案，未读取任何条目。",
        "en": "This does not look like a plan, work points or an action plan; no item was read.",
    },
    DoubtCode.NO_ITEMS: {
        "zh-CN": "编号的标题和条目（如“一、”“（一）”“1.”“①”）不足三个。",
        "en": "There are fewer than three numbered headings and items (such as “一、”, “(一)”, “1.” or “①”).",
    },
    DoubtCode.NO_PLAN_WORDING: {
        "zh-CN": "没有规划类标题（“工作要点”“行动方案”等）、责任单位，也没有“制定本方案”之类的说明。",
        "en": "No plan title (工作要点, 行动方案 …), no responsible unit and no phrase such as 制定本方案 was found.",
    },
    DoubtCode.TEXT_TOO_LONG: {
        "zh-CN": "文件太长，只能读取一部分，因此没有采用：{fragment}。",
        "en": "The document is too long to be read whole, so none of it was taken: {fragment}.",
    },
    DoubtCode.TITLE_MISSING: {
        "zh-CN": "正文之前没有标题，请补充。",
        "en": "No title stands before the text; please add one.",
    },
    DoubtCode.EMPTY_SECTION: {
        "zh-CN": "第 {line} 行的标题“{fragment}”之下没有内容。",
        "en": "Nothing stands under the heading “{fragment}” on line {line}.",
    },
    DoubtCode.ITEM_WITHOUT_NUMBER: {
        "zh-CN": "第 {line} 行的条目没有编号，按位置读作 {item}：“{fragment}”。",
        "en": "The item on line {line} has no number; by its place it was read as {item}: “{fragment}”.",
    },
    DoubtCode.NUMBER_SKIPPED: {
        "zh-CN": "第 {line} 行的编号“{fragment}”之前有缺号。",
        "en": "A number is missing before “{fragment}” on line {line}.",
    },
    DoubtCode.NUMBER_REPEATED: {
        "zh-CN": "第 {line} 行的编号“{fragment}”重复或次序颠倒。",
        "en": "The number “{fragment}” on line {line} is repeated or out of order.",
    },
    DoubtCode.PARAGRAPH_JOINED: {
        "zh-CN": "第 {line} 行接在上一段之后，原文在此断开：“{fragment}”。",
        "en": "Line {line} was joined to the paragraph before it, which the source breaks off: “{fragment}”.",
    },
    DoubtCode.LINES_JOINED: {
        "zh-CN": "原文按版面换行，从第 {line} 行起共有 {fragment} 处已接成整段，请通读。",
        "en": "The source is broken into lines as printed; from line {line} on {fragment} of them were joined. Please read "
        "the text through.",
    },
    DoubtCode.SENTENCE_UNFINISHED: {
        "zh-CN": "条目 {item}（第 {line} 行）末尾没有句号，可能不完整：“{fragment}”。",
        "en": "Item {item} (line {line}) has no full stop at its end and may be incomplete: “{fragment}”.",
    },
    DoubtCode.LINE_LEFT_OUT: {
        "zh-CN": "第 {line} 行既不是条目也不是完整的句子，未读取：“{fragment}”。",
        "en": "Line {line} is neither an item nor a sentence and was left out: “{fragment}”.",
    },
    DoubtCode.ROW_UNCLEAR: {
        "zh-CN": "第 {line} 行的表格行与表头对不上，请核对：“{fragment}”。",
        "en": "The row of a table on line {line} does not fit its headings: “{fragment}”.",
    },
    DoubtCode.NO_RESPONSIBLE_UNIT: {
        "zh-CN": "条目 {item}（第 {line} 行）没有责任单位：“{fragment}”。",
        "en": "Item {item} (line {line}) names no responsible unit: “{fragment}”.",
    },
    DoubtCode.NO_UNITS_IN_DOCUMENT: {
        "zh-CN": "整份文件没有列出责任单位。",
        "en": "The whole document lists no responsible units.",
    },
    DoubtCode.UNITS_NOT_CLOSED: {
        "zh-CN": "条目 {item}（第 {line} 行）的责任单位缺少右括号：“{fragment}”。",
        "en": "The unit list of item {item} (line {line}) lacks its closing bracket: “{fragment}”.",
    },
    DoubtCode.UNITS_WITHOUT_SEPARATOR: {
        "zh-CN": "条目 {item}（第 {line} 行）的责任单位之间缺少分隔符，已拆开：“{fragment}”。",
        "en": "A separator is missing between units of item {item} (line {line}); they were parted: “{fragment}”.",
    },
    DoubtCode.CONTRACTED_UNITS: {
        "zh-CN": "条目 {item}（第 {line} 行）的责任单位是合写，已展开：“{fragment}”。",
        "en": "Units of item {item} (line {line}) are contracted and were written out: “{fragment}”.",
    },
    DoubtCode.UNITS_BELOW_PARTS: {
        "zh-CN": "条目 {item}（第 {line} 行）的责任单位和时限列在各分项之后，读作整个条目的：“{fragment}”。",
        "en": "Units and dates of item {item} (line {line}) stand below its parts and were read as those of the whole "
        "item: “{fragment}”.",
    },
    DoubtCode.ROLE_UNCLEAR: {
        "zh-CN": "条目 {item}（第 {line} 行）的几个单位共用一个“牵头”，都读作牵头单位，请核对：“{fragment}”。",
        "en": "Several units of item {item} (line {line}) share one word for leading; all were read as leading: "
        "“{fragment}”.",
    },
    DoubtCode.CLAUSE_NOT_READ: {
        "zh-CN": "条目 {item}（第 {line} 行）有一处说明未读取：“{fragment}”。",
        "en": "A clause of item {item} (line {line}) was not read: “{fragment}”.",
    },
    DoubtCode.DEADLINE_NOT_READ: {
        "zh-CN": "条目 {item}（第 {line} 行）的完成时限无法换算成日期，保留原文：“{fragment}”。",
        "en": "A deadline of item {item} (line {line}) gives no date and was kept in its words: “{fragment}”.",
    },
    DoubtCode.PERSONS_LEFT_OUT: {
        "zh-CN": "条目 {item}（第 {line} 行）写有个人姓名或联系方式，未读取：“{fragment}”。",
        "en": "Item {item} (line {line}) gives names or numbers of persons, which were left out: “{fragment}”.",
    },
    DoubtCode.FIGURE_NOT_READ: {
        "zh-CN": "条目 {item}（第 {line} 行）的一个数字未读作指标，请核对：“{fragment}”。",
        "en": "A figure of item {item} (line {line}) was not read as a target: “{fragment}”.",
    },
    DoubtCode.COMPARATOR_INFERRED: {
        "zh-CN": "条目 {item}（第 {line} 行）的指标只有数字，读作“不低于”：“{fragment}”。",
        "en": "A target of item {item} (line {line}) is a bare figure and was read as “at least”: “{fragment}”.",
    },
}


def describe(doubt: Doubt, locale: str = "zh-CN") -> str:
    """The doubt in words; a locale other than `en` gives Chinese."""
    template = _TEXTS[doubt.code]["en" if locale == "en" else "zh-CN"]
    return template.format(item=doubt.item, line=doubt.line, fragment=doubt.fragment)


def fragment(text: str) -> str:
    """The beginning of `text`, short enough for a doubt."""
    return text if len(text) <= MAX_FRAGMENT else text[: MAX_FRAGMENT - 1] + "…"
