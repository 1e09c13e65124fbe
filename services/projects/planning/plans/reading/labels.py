"""Labels: the words before a colon or in brackets that say what stands behind them: units, a deadline, a person, a number."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from contracts.projects.planning.plans import UnitRole


class Said(Enum):
    """What a clause says."""

    UNITS = auto()
    DEADLINE = auto()
    PERSONAL = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Label:
    """A label as printed, with what it announces; its units have the role, if it names one.

    `is_verb`: it stands behind them and says what they do (`牵头`).
    """

    printed: str
    says: Said
    role: UnitRole | None = None
    is_verb: bool = False


_WHICH = "(?:主要|第一|第二|共同|具体|直接|[省市县区校院]级)"
_DUTY = "(?:责任|主责|牵头|配合|参与|协同|协作|协助|支持|主办|协办|承办|落实|实施|完成|主管|负责|会同|分管)"
_BODY = "(?:单位|部门|处室|科室|主体|机构|处|科)"
_UNITS = (
    rf"{_WHICH}?{_DUTY}{{1,2}}{_BODY}(?:[、和及或(]{_DUTY}?{_BODY}\)?){{0,2}}|{_WHICH}?(?:牵头|主办|承办|协办|配合)"
)
_DEADLINE = "(?:计划|预计|要求|办结|完成|整改|推进|工作)?(?:时限|期限|时间|进度)(?:要求|安排|节点|进度)?"
PERSON = (
    "(?:(?:主要|直接|第一|具体|项目|分管|牵头|单位|部门)?(?:责任人|负责人|联系人|联络人|联络员|经办人|承办人|填报人))"
    "|(?:分管|责任|牵头|包联|联系|挂帅|主管)(?:[省市县区厅局校院委]?领导|领导干部|校长|局长)"
)
_NUMBER = (
    "(?:联系|办公|咨询|手机|值班)?(?:电话|手机|座机)(?:号码)?|手机号|联系方式|传真|(?:电子)?邮箱|电子邮件|微信号?|QQ号?"
)
_REMARK = r"(?: ?\([^()]{0,40}\))?"
_COLON = r" ?:"

PERSONAL = rf"(?:{PERSON}|{_NUMBER}){_REMARK}"
KNOWN = rf"(?:{_UNITS}|{_DEADLINE}|{PERSON}|{_NUMBER})"
_BOX = r"(?:[〔\[【]|(?<![一-鿿])\()"  # in round brackets behind a name it says what that unit does: `省教育厅(牵头)`
LABEL = re.compile(rf"(?:{_BOX} ?(?P<boxed>{KNOWN}) ?[)〕\]】]{_COLON}?|(?P<plain>{KNOWN}){_REMARK}{_COLON}) ?")
"""A label with its colon, or alone in brackets, in half-width text."""
OTHER = re.compile(rf"(?:^|(?<=[;,。 ]))(?P<plain>[^\s\d,;:、。()]{{2,10}}){_COLON} ?")
"""A label of any other words, where a clause begins."""

_SAYS: tuple[tuple[Said, re.Pattern[str]], ...] = (
    (Said.PERSONAL, re.compile(rf"{PERSON}|{_NUMBER}")),
    (Said.UNITS, re.compile(_UNITS)),
    (Said.DEADLINE, re.compile(_DEADLINE)),
)
_ROLES: tuple[tuple[UnitRole, re.Pattern[str]], ...] = (
    (UnitRole.SUPPORTING, re.compile("支持|协助")),
    (UnitRole.PARTICIPATING, re.compile("配合|参与|协同|协作|协办|会同|第二|按.{0,6}(?:职责|分工)")),
    (UnitRole.LEAD, re.compile("牵头|主责|主要|主办|承办|第一")),
)


def label_of(printed: str) -> Label:
    """What a label of these words announces."""
    says = next((said for said, words in _SAYS if words.fullmatch(printed)), Said.OTHER)
    return Label(printed, says, role_of(printed) if says is Said.UNITS else None)


def role_of(words: str) -> UnitRole | None:
    """The role that words such as 牵头单位 or 按职责分工负责 give; None where they name none, as 责任单位 does."""
    return next((role for role, named in _ROLES if named.search(words)), None)
