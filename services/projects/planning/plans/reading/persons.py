"""Persons: names and telephone numbers in a plan, which are taken out before anything else is read."""

import re

from services.projects.planning.plans.reading.labels import KNOWN, PERSON, PERSONAL
from services.projects.planning.plans.reading.source import halfwidth

_TELEPHONE = r"(?<!\d)(?:\(0\d{2,3}\) ?\d{7,8}|0\d{2,3}[- ]\d{7,8}|1[3-9]\d{9}|(?<=[一-鿿] )\d{7,8})(?!\d)"
_SURNAME = (
    "[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范"
    "金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤]"
)
_NO_BODY = "(?![^,;。、()]{0,3}[厅局处院馆办部室会委校科])"
_END = r"(?=[;,。、)〕】]|$)"
_MORE_NAMES = rf"(?:,{_NO_BODY}[一-鿿·]{{2,4}}{_END})*"
_WORDS = rf"[^;,。:()〔〕【】]*?(?= {KNOWN} ?:|[;,。:()〔〕【】]|$)"
_FOUND = re.compile(
    rf"[;,、 ]?(?:(?P<label>{PERSONAL}) ?: ?(?:{_TELEPHONE}|{_WORDS}{_MORE_NAMES})|(?P<loose>{PERSON}) (?={_SURNAME}){_WORDS}"
    rf"|(?P<both>\([一-鿿]{{2,4}} ?\d{{7,11}}\))|(?P<phone>{_TELEPHONE})"
    rf"|(?<=[厅局处院馆办部室科] )(?P<name>{_NO_BODY}{_SURNAME}[一-鿿]{{1,2}}{_END}))(?:,{_TELEPHONE})?"
)
_CALLED = {"both": "姓名和电话", "phone": "电话", "name": "姓名"}
_EMPTY = re.compile(r"[(（〔【\[] ?[;；,，、]? ?[)）〕】\]]")


def without_persons(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without names and numbers of persons, and what they were: the labels that they stood behind, or words."""
    plain = halfwidth(text)
    found = list(_FOUND.finditer(plain))
    if not found:
        return text, ()
    kept, place = [], 0
    for personal in found:
        kept.append(text[place : personal.start()])
        place = personal.end()
        if kept[-1].endswith(("(", "（", "〔", "【", "[")) and plain[place : place + 1] in (";", ",", "、", " "):
            place += 1
    called = (next((name for name in _CALLED if each[name]), "") for each in found)
    labels = (_CALLED.get(name) or _printed(each) for name, each in zip(called, found, strict=True))
    return _EMPTY.sub("", "".join([*kept, text[place:]])), tuple(dict.fromkeys(labels))


def _printed(found: re.Match[str]) -> str:
    return (found["label"] or found["loose"]).partition("(")[0][:20]
