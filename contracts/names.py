"""Names: the one normal form of every name and text of the hub, and the key by which two names are the same.

Put right in silence, because nobody sees it: how letters are composed (NFC), white space, ends of lines, marks that copying
leaves behind, radicals of KangXi. Refused with its place, because a person must say what is meant: what cannot be seen or
turns letters round, what Unicode has not assigned or leaves to each font, a radical in place of a letter. Joiners and
selectors stay where their script is written with them.
"""

from __future__ import annotations

import re

import unicodedata2 as unicode  # Python 3.11 has Unicode 14, which does not know all letters of names in GB 18030-2022

from contracts.base import Refusal
from contracts.refusals import CharacterNotAllowed, RadicalForLetter

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_MONGOLIAN = "\u1800-\u18af"
_JOINING = (  # scripts in which a joiner shows: Arabic to Sinhala, Myanmar, Khmer, Mongolian, Brahmic ones, Adlam
    "\u0600-\u0dff\u1000-\u109f\u1780-\u18af\u1b00-\u1c4f\ua800-\uabff\ufb50-\ufdff\ufe70-\ufefc"
    "\U00010a00-\U00011fff\U0001e900-\U0001e95f"
)
_PICTURE = "\u203c-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
_IN_PLACE = (
    f"(?<=[{_JOINING}])\u200c(?=[{_JOINING}])",
    f"(?<=[{_JOINING}])\u200d",
    f"(?<=[{_PICTURE}\ufe0f])\u200d(?=[{_PICTURE}])",
    f"(?<=[{_MONGOLIAN}])[\u180b-\u180f]",
    f"(?<=[{_HAN}])[\ufe00-\ufe02\U000e0100-\U000e01ef]",
    f"(?<=[{_PICTURE}#*0-9])[\ufe0e\ufe0f]",
)
_UNSEEN = "\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef"
_OUT_OF_PLACE = re.compile(f"({'|'.join(_IN_PLACE)})|[{_UNSEEN}]")
_ANYWHERE = re.compile(f"[{_UNSEEN}]")
_BREAK = re.compile(r"\r\n|[\n\v\f\r\x85\u2028\u2029]")
_SPACES = re.compile(rf"[ \t\xa0\u1680\u2000-\u200a\u205f\u3000]+|(?<![{_MONGOLIAN}])\u202f|\u202f(?![{_MONGOLIAN}])")
_WHITE = "\t\n\v\f\r\x85"
_CELL_END = "\x07"  # as Word marks it
_UNSAID = {"Cc", "Cf", "Cn", "Co", "Cs"}
_BLANK = "\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffc\ufffd\U0001d159"
"""Letters and signs that show nothing, and the two that stand in place of something lost."""

_RADICALS = (  # from U+2E81 on; each stands for the letter below it (Unicode, EquivalentUnifiedIdeograph)
    "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺"
    "⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳"
)
_LETTERS = (
    "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀"
    "聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
_LETTER_OF = str.maketrans(_RADICALS, _LETTERS)
_KANGXI = {code: unicode.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
_ALIKE = str.maketrans(
    dict.fromkeys("\u2022\u2027\u2219\u22c5\u2e31\u30fb", "·")
    | dict.fromkeys("\u2010\u2012\u2013\u2014\u2015\u2212", "-")
    | dict.fromkeys("\u201c\u201d\u201e\u2033", '"')
    | dict.fromkeys("\u2018\u2019\u02bc\u2032`", "'")
)
"""What keyboards and fonts do not tell apart, beyond what NFKC makes alike."""
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_WIDE_SIGNS = {ord(sign): _WIDE[ord(sign)] for sign in "():,!?"}


def normal(text: str, *, lines: bool = False) -> str:
    """The text in its normal form: a name in one line, or a text of several `lines`, where a radical becomes its letter.

    The same again for a text in that form; may be empty. Raises CharacterNotAllowed or RadicalForLetter.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    check(text.translate(_LETTER_OF) if lines else text)
    return settled(text.translate(_LETTER_OF), lines=lines)


def settled(text: str, *, lines: bool = False) -> str:
    """The text with all put right that is put right in silence, whether or not all of it may stand."""
    whole = _BREAK.sub("\n" if lines else " ", text).translate(_KANGXI)
    plain = _SPACES.sub(" ", unicode.normalize("NFC", _OUT_OF_PLACE.sub(r"\1", whole)))
    return re.sub(" *\n *", "\n", plain).strip()


def document(text: str) -> str:
    """A document from a file or a clipboard with its layout (lines, tabs, spaces), where nothing is refused.

    A radical becomes its letter, what cannot be seen goes, and what nobody can tell the meaning of stands as U+FFFD.
    """
    whole = _BREAK.sub("\n", text.replace(_CELL_END, "\t")).translate(_KANGXI | _LETTER_OF)
    plain = unicode.normalize("NFC", _OUT_OF_PLACE.sub(r"\1", whole))
    seen = (letter for letter in plain if letter in _WHITE or is_unseen(letter) or not _is_control(letter))
    return "".join("\ufffd" if unicode.category(letter) in {"Cn", "Co"} else letter for letter in seen)


def check(text: str) -> None:
    """Go on only with letters that may stand in a name; raises CharacterNotAllowed or RadicalForLetter for the first."""
    wrong = {letter for letter in set(text) if not _is_allowed(letter)}
    if wrong:
        place, letter = next((place, letter) for place, letter in enumerate(text, 1) if letter in wrong)
        raise _refusal(letter, place)


def name_key(name: str) -> str:
    """What names have in common that are the same to a reader, whatever the name holds: compare it, never show it.

    Width, case of letters, spaces beside Chinese letters and signs, what is not seen: none of it makes another name.
    """
    seen = "".join(letter for letter in name if letter in _WHITE or not _is_control(letter))
    plain = unicode.normalize("NFKC", _ANYWHERE.sub("", seen).translate(_LETTER_OF)).casefold()
    text = ""
    for word in unicode.normalize("NFKC", plain).translate(_ALIKE).split():
        text += f" {word}" if text and is_of_words(text[-1]) and is_of_words(word[0]) else word
    return text


def spellings(name: str) -> set[str]:
    """The ways in which keyboards write a name, to look among names that have no key: as given, in half and full width."""
    half = unicode.normalize("NFKC", name)
    return {name, half, half.translate(_WIDE_SIGNS), half.translate(_WIDE)}


def one_line(text: str) -> str:
    """All letters of a text from anywhere in one line, without what turns them round or is not seen."""
    plain = unicode.normalize("NFC", _OUT_OF_PLACE.sub(r"\1", _BREAK.sub(" ", text)))
    shown = (letter for letter in plain if letter == "\t" or is_unseen(letter) or not _is_control(letter))
    return _SPACES.sub(" ", "".join(shown)).strip()


def is_unseen(letter: str) -> bool:
    """Whether it shows nothing by itself: a joiner, a selector, a mark that copying leaves behind."""
    return _ANYWHERE.match(letter) is not None


def is_of_words(letter: str) -> bool:
    """Whether it belongs to a script that parts its words by spaces."""
    return unicode.category(letter)[0] in "LMN" and unicode.east_asian_width(letter) not in {"W", "F"}


def _is_allowed(letter: str) -> bool:
    if letter in _WHITE or is_unseen(letter):
        return True
    return unicode.category(letter) not in _UNSAID and letter not in _BLANK and ord(letter) not in _LETTER_OF


def _is_control(letter: str) -> bool:
    return unicode.category(letter) in {"Cc", "Cf", "Cs"}


def _refusal(letter: str, place: int) -> Refusal:
    character = f"U+{ord(letter):04X}"
    meant = letter.translate(_LETTER_OF)
    if meant != letter:
        return RadicalForLetter(character=character, place=place, letter=meant)
    return CharacterNotAllowed(character=character, place=place)
