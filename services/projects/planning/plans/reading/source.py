"""The source: cuts a plain text into numbered lines and drops what a web page or a printer put around it."""

import re
from dataclasses import dataclass

from contracts.names import document
from contracts.projects.planning.plans_forms import MAX_TEXT

BARE_LENGTH = 25
"""Below this many characters a line without a closing mark is a label or a heading, above it a broken sentence."""

_HALFWIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_SENTENCE_END = tuple("。;!?:…)”】〕》")

_BOLD = re.compile(r"\*\*([^*]{1,200})\*\*")
_DATE = (
    r"(?:\d{4} ?[-年/.] ?\d{1,2} ?[-月/.] ?\d{1,2} ?日?(?: ?\d{1,2}:\d{2}(?::\d{2})?)?"
    r"|[二〇零○一九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)"
)
_DATE_LINE = re.compile(_DATE)
_FURNITURE = re.compile(
    rf"{_DATE}"
    r"|[-—―– ]{0,8}\d{1,4}[-—―– ]{0,8}|第 ?\d{1,4} ?页.{0,20}"
    r"|(?:发布|成文|发文|印发|更新)?(?:日期|时间) ?:.{0,120}"
    r"|(?:信息来源|来源|浏览量|浏览次数|阅读量?|点击[量数]?|字体|字号|作者|编辑|索引号|当前位置) ?:.{0,120}"
    r"|(?:首页|详情|正文|目 {0,4}录|分享到?|打印|关闭|收藏|返回(?:顶部)?|下载|视力保护色) ?:?"
    r"|.{0,40}\d{4} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日(?:印发|发布)"
    r"|\(此件.{0,12}公开.{0,6}\)"
    r"|.{1,200}\.(?:pdf|docx?|xlsx?|wps|ofd|zip|rar)"
    r"|.{1,120}(?:\.{4,}|…{2,}|·{4,}) ?\d{1,4}",
    re.IGNORECASE,
)
_PAGE_END = re.compile(
    r"版权(?:声明|所有|归)|责任编辑 ?:|[上下]一[篇条]|扫一扫|打印本页|关闭窗口|全部评论|友情链接|抄送 ?:"
    r"|网站(?:标识码|地图)|(?:相关|推荐)(?:内容|阅读|文章|链接|新闻|视频|稿件) ?:?$"
    r"|-END-|copyright|©|.{0,12}ICP备|.{0,12}公网安备",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, without the white space around it; `number` counts the source's lines from 1.

    `is_row`: it was a row of a table, whose cells end without a full stop.
    """

    number: int
    text: str
    is_row: bool = False


def halfwidth(text: str) -> str:
    """The text with half-width punctuation and digits, character for character: places in it are places in `text`."""
    return text.translate(_HALFWIDTH)


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines of the first MAX_TEXT characters, with the letters that the document means (contracts.names)."""
    lines = document(text[:MAX_TEXT]).split("\n")
    stripped = ((number, _stripped(line)) for number, line in enumerate(lines, start=1))
    return tuple(Line(number, line) for number, line in stripped if line)


def _stripped(line: str) -> str:
    """The line without the white space around it and the marks of bold type; cells that are left empty stay."""
    cells = line.split("\t")
    if sum(1 for cell in cells if cell.strip()) > 1:
        return "\t".join(cell.strip() for cell in cells)
    return _BOLD.sub(r"\1", line.strip())


def is_date(line: Line) -> bool:
    """Whether the line is a date and nothing else."""
    return _DATE_LINE.fullmatch(halfwidth(line.text)) is not None


def is_furniture(line: Line) -> bool:
    """Whether the line is page furniture wherever it stands: a page number, a bare date, a label of the web page."""
    return _FURNITURE.fullmatch(halfwidth(line.text)) is not None


def ends_page(line: Line) -> bool:
    """Whether everything from this line on belongs to the web page and not to the document."""
    return _PAGE_END.match(halfwidth(line.text)) is not None


def ends_sentence(text: str) -> bool:
    """Whether the text closes with a mark that can end a paragraph."""
    return halfwidth(text[-1:]).endswith(_SENTENCE_END)


def is_bare(text: str) -> bool:
    """Whether the text is short and closes no sentence, as menu entries, signatures and unnumbered headings do."""
    return len(text) < BARE_LENGTH and not ends_sentence(text)
