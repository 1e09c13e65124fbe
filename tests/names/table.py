"""The table of names: what people really bear, what looks like something else, and what nobody can read.

The names of `../shared/cases/inputs` are tried beside these where they lie (the mark `founding`).
"""

from __future__ import annotations

REAL = {
    "plain": "张三",
    "GB 18030, extension B": "王𠮷",
    "extension C": "钱\U0002c386",
    "extension I": "王\U0002ebf0",
    "extension H": "李\U00031350",
    "an ideographic variation": "葛\U000e0100城",
    "with a middle dot": "阿卜杜拉·买买提",
    "Uyghur": "ئابدۇللا",
    "Persian with a non-joiner": "نامه\u200cای",
    "Kazakh": "نۇرسۇلتان",
    "Tibetan": "བཀྲ་ཤིས",
    "Yi": "ꆈꌠ",
    "Mongolian with a selector": "ᠪᠠᠲᠤ\u180b",
    "Thai": "สมชาย",
    "Hebrew": "דוד",
    "Hindi with a joiner": "क्\u200dष",
    "Burmese": "အောင်",
    "Khmer": "សុខា",
    "Vietnamese": "Nguyễn Thị Ánh",
    "Welsh": "Ŵyn Ŷr",
    "Turkish": "Şahin İğdır",
    "Polish": "Łukasz Żak",
    "Russian": "Иван Ёлкин",
    "Greek": "Ευαγγελία",
    "Georgian": "გია",
    "Korean": "김민준",
    "Japanese": "髙橋・ジョン",
    "an apostrophe": "O’Neill",
    "a sign": "=1+1 <b>@#$%",
    "a picture": "🏆冠军",
    "a picture of several": "👩\u200d🔬队",
}
"""Each is kept as it is, by every door."""

PUT_RIGHT = {
    " 张三 ": "张三",
    "\u3000张三\u00a0": "张三",
    "\ufeff张三": "张三",
    "张三\u200b": "张三",
    "张\u200c三": "张三",
    "\u2060张三": "张三",
    "张\u00ad三": "张三",
    "王\u200f小\u200e明": "王小明",
    "Li \t\n Na": "Li Na",
    "Li\u2028Na": "Li Na",
    "Li\r\nNa": "Li Na",
    "Nguye\u0302\u0303n": "Nguyễn",
    "Cafe\u0301学院": "Café学院",
    "⼤学": "大学",
    "A\ufe0f队": "A队",
    "甲\u180b": "甲",
    "👩\u200d": "👩",
}
"""What is written without anybody seeing it, and how it is kept."""

REFUSED = {
    "王\u0007五": ("CHARACTER_NOT_ALLOWED", "U+0007", "2"),
    "\x00": ("CHARACTER_NOT_ALLOWED", "U+0000", "1"),
    "\u202e五王": ("CHARACTER_NOT_ALLOWED", "U+202E", "1"),
    "张\u2066三\u2069": ("CHARACTER_NOT_ALLOWED", "U+2066", "2"),
    "赵\ue863": ("CHARACTER_NOT_ALLOWED", "U+E863", "2"),
    "\U000f0000": ("CHARACTER_NOT_ALLOWED", "U+F0000", "1"),
    "张三\uffff": ("CHARACTER_NOT_ALLOWED", "U+FFFF", "3"),
    "张\ufffd三": ("CHARACTER_NOT_ALLOWED", "U+FFFD", "2"),
    "张\u0378三": ("CHARACTER_NOT_ALLOWED", "U+0378", "2"),
    "\u3164": ("CHARACTER_NOT_ALLOWED", "U+3164", "1"),
    "张\u2800三": ("CHARACTER_NOT_ALLOWED", "U+2800", "2"),
    "🏴\U000e0067\U000e007f": ("CHARACTER_NOT_ALLOWED", "U+E0067", "2"),
    "⻓三⻆": ("RADICAL_FOR_LETTER", "U+2ED3", "1"),
    "甲乙学院⻙": ("RADICAL_FOR_LETTER", "U+2ED9", "5"),
}
"""What nobody could read or find, with what is said: code, character and place."""

BLANK = ("\u200b", " \u3000\t\n", "\ufeff\u2060", "\u00ad")
"""What has nothing left in its normal form."""

ALIKE = (
    ("丙丁大学(合肥)", "丙丁大学（合肥）", "丙丁大学 (合肥)", "丙丁大学\n（合肥）"),
    ("ABC学院", "abc学院", "ＡＢＣ学院", "ＡＢＣ 学院"),
    ("第1中学", "第１中学", "第 1 中学"),
    ("甲队", "甲队\ufe00", "甲\u3000队"),
    ("葛\U000e0100城", "葛城"),
    ("Café学院", "Cafe\u0301学院", "CAFÉ 学院"),
    ("阿卜杜拉·买买提", "阿卜杜拉•买买提", "阿卜杜拉・买买提", "阿卜杜拉‧买买提", "阿卜杜拉･买买提"),
    ("Li Na", "LI  NA", "Ｌｉ　Ｎａ"),
    ("“星火”队", '"星火"队', "＂星火＂队"),
    ("甲—乙队", "甲-乙队", "甲－乙队"),
    ("نامه\u200cای", "نامهای"),
    ("straße", "STRASSE"),
)
"""Names of one row are the same name."""

APART = (
    "Li Na",
    "Lina",
    "甲队",
    "乙队",
    "甲队1",
    "Café",
    "Cafe",
    "王\U0002ebf0",
    "王",
    "😀队",
    "队",
    "甲·乙",
    "甲乙",
    "己",
    "已",
)
"""No two of these are."""
