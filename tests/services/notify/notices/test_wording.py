"""Wording: every rule speaks both languages, says what it was given, and cannot be misused by a hostile name."""

from html.parser import HTMLParser
from itertools import product
from pathlib import Path

import jinja2
import pytest

import services.notify.notices.wording as wording_module
from contracts.authority import Role
from contracts.base import LANGUAGES
from services.notify.notices.rules import RULES
from services.notify.notices.wording import FACTS, NEEDS, Wording, render, render_email, why

TEMPLATES = Path(wording_module.__file__).parents[1] / "wording"

NAMES = {
    "zh-CN": {
        "alliance": "长三角高校技术转移联盟",
        "organization": "黄山学院",
        "competition": "长三角地区中小学班主任基本功大赛",
        "edition": "第十四届",
        "track": "小学组",
        "plan": "枢纽年度工作要点",
        "item": "开展一次对接活动",
        "project": "共享实训课程",
        "reason": "材料尚需补充",
        "deadline": "2026年5月1日18:00",
        "by": "秘书处",
        "certificates": "12",
        "prize": "一等奖",
        "ground": "成绩更正",
        "round": "决赛",
        "fixtures": "16",
        "starts": "2026年5月1日9:00",
        "venue": "1号场",
        "home": "黄山学院",
        "away": "衢州学院",
        "game": "7",
        "version": "3",
        "judges": "2",
        "missing": "4",
        "candidates": "40",
        "seats": "24",
        "works": "240",
        "least": "30",
        "most": "31",
        "moved": "3",
        "closes": "2026年5月6日18:00",
        "next_round": "总决赛",
        "decision": "异议成立",
        "phase": "评审",
        "opens": "2026年5月1日08:00",
    },
    "en": {
        "alliance": "YRD University Technology Transfer Alliance",
        "organization": "Huangshan University",
        "competition": "YRD Class-Teacher Skills Contest",
        "edition": "14th edition",
        "track": "Primary schools",
        "plan": "Work points of the hub",
        "item": "Hold a liaison activity",
        "project": "Shared training courses",
        "reason": "papers are missing",
        "deadline": "1 May 2026, 18:00",
        "by": "the secretariat",
        "certificates": "12",
        "prize": "First Prize",
        "ground": "the result was corrected",
        "round": "Final",
        "fixtures": "16",
        "starts": "1 May 2026, 09:00",
        "venue": "Pitch 1",
        "home": "Huangshan University",
        "away": "Quzhou University",
        "game": "7",
        "version": "3",
        "judges": "2",
        "missing": "4",
        "candidates": "40",
        "seats": "24",
        "works": "240",
        "least": "30",
        "most": "31",
        "moved": "3",
        "closes": "6 May 2026, 18:00",
        "next_round": "Grand final",
        "decision": "upheld",
        "phase": "judging",
        "opens": "1 May 2026, 08:00",
    },
}

EVERY_WORDING = tuple(product(NEEDS, LANGUAGES))

HOSTILE = "<script>alert('x')</script>\r\nBcc: all@example.org\u202e {{ 7 * 7 }} {% raw %}\u2028&amp;"


def full(locale: str) -> dict[str, str]:
    return dict(NAMES[locale])


def minimal(rule: str, locale: str) -> dict[str, str]:
    return {name: NAMES[locale][name] for name in NEEDS[rule]}


def test_templates_are_one_per_rule_and_two_layouts_in_each_language() -> None:
    expected = {f"{rule}.txt" for rule in NEEDS} | {"email.html", "email.txt"}

    assert {folder.name for folder in TEMPLATES.iterdir()} == set(LANGUAGES)
    for language in LANGUAGES:
        assert {file.name for file in (TEMPLATES / language).iterdir()} == expected


def test_wordings_are_those_of_the_rules_and_need_only_known_facts() -> None:
    assert list(NEEDS) == [rule.name for rule in RULES]
    assert all(required <= FACTS for required in NEEDS.values())


@pytest.mark.parametrize(("rule", "locale"), EVERY_WORDING)
def test_every_rule_renders_with_full_and_with_minimal_facts(rule: str, locale: str) -> None:
    for facts in (full(locale), minimal(rule, locale)):
        said = render(rule, locale, facts)

        assert said.title and "\n" not in said.title and len(said.title) <= 80
        assert said.body == said.body.strip() and "\n\n\n" not in said.body
        assert not any(mark in said.title + said.body for mark in ("{", "}", "None", "Undefined", "  ", " \n"))
        assert all(NAMES[locale][name] in said.title + said.body for name in NEEDS[rule])


@pytest.mark.parametrize("rule", NEEDS)
def test_a_chinese_wording_is_chinese_and_an_english_one_is_english(rule: str) -> None:
    chinese, english = render(rule, "zh-CN", full("zh-CN")), render(rule, "en", full("en"))

    assert not any("a" <= letter.lower() <= "z" for letter in chinese.title + chinese.body)
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in english.title + english.body)


@pytest.mark.parametrize(("rule", "locale"), EVERY_WORDING)
def test_languages_of_a_rule_use_the_same_facts(rule: str, locale: str) -> None:
    marks = {name: f"#{name}#" for name in FACTS}
    said, other = render(rule, locale, marks), render(rule, "zh-CN", marks)

    used = {name for name, mark in marks.items() if mark in said.title + said.body}

    assert used >= NEEDS[rule]
    assert used == {name for name, mark in marks.items() if mark in other.title + other.body}


def test_render_says_what_was_decided_word_for_word() -> None:
    facts = {"alliance": "长三角高校技术转移联盟", "organization": "黄山学院", "reason": "材料尚需补充"}

    assert render("membership_declined", "zh-CN", facts) == Wording(
        title="入盟申请未获接纳：长三角高校技术转移联盟",
        body=(
            "黄山学院加入长三角高校技术转移联盟的申请此次未获接纳。\n\n"
            "原因：材料尚需补充\n\n"
            "感谢黄山学院的关注与支持。条件成熟时，欢迎再次申请；如需了解详情，请与秘书处联系。"
        ),
    )


@pytest.mark.parametrize("locale", ["", "fr", "zh-TW", "../en", "EN"])
def test_an_unknown_locale_reads_chinese(locale: str) -> None:
    assert render("member_admitted", locale, full("zh-CN")) == render("member_admitted", "zh-CN", full("zh-CN"))


@pytest.mark.parametrize("rule", NEEDS)
def test_a_missing_required_fact_is_an_error_and_no_notice_with_a_hole(rule: str) -> None:
    for missing in NEEDS[rule]:
        facts = {name: text for name, text in full("en").items() if name != missing}

        with pytest.raises(jinja2.UndefinedError, match=missing):
            render(rule, "en", facts)


def test_an_unknown_rule_is_an_error() -> None:
    with pytest.raises(KeyError):
        render("../en/member_admitted", "zh-CN", full("zh-CN"))


@pytest.mark.parametrize(("rule", "locale"), EVERY_WORDING)
def test_a_hostile_name_adds_neither_line_nor_code(rule: str, locale: str) -> None:
    tame = render(rule, locale, dict.fromkeys(FACTS, "name"))

    said = render(rule, locale, dict.fromkeys(FACTS, HOSTILE))

    assert said.title.isprintable() and len(said.title) == 80
    assert said.body.count("\n") == tame.body.count("\n")
    assert "\u202e" not in said.body and "\r" not in said.body
    assert "{{ 7 * 7 }}" in said.body and "49" not in said.body


@pytest.mark.parametrize("role", Role)
def test_the_reason_is_told_for_every_role_in_both_languages(role: Role) -> None:
    chinese, english = why(role, "zh-CN"), why(role, "en")

    assert chinese.endswith("。") and not chinese.isascii()
    assert english.endswith(".") and english.isascii()


class Page(HTMLParser):
    """Collects the tags, the addresses and the language of an HTML e-mail."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str | None] = []
        self.lang: str | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        values = dict(attrs)
        self.addresses += [values[name] for name in ("href", "src", "background", "action") if name in values]
        self.lang = values.get("lang", self.lang)


@pytest.mark.parametrize("locale", LANGUAGES)
def test_email_names_the_news_the_link_and_the_reason_in_both_forms(locale: str) -> None:
    said = render("member_admitted", locale, full(locale))

    text, html = render_email(said, locale, why="#why#", link="https://hub.example.org/notices/1?a=1&b=2")

    assert text.startswith(f"{said.title}\n\n{said.body}\n\n")
    assert "https://hub.example.org/notices/1?a=1&b=2" in text and "#why#" in text
    assert all(paragraph.replace("'", "&#39;") in html for paragraph in said.body.split("\n\n"))
    assert "#why#" in html
    page = Page(html)
    assert page.lang == locale
    assert page.addresses == ["https://hub.example.org/notices/1?a=1&b=2"] * 2
    assert page.tags.count("h1") == 1 and page.tags.count("p") >= 5
    assert not {"img", "link", "script", "style", "iframe"} & set(page.tags)
    assert "url(" not in html and "@import" not in html


@pytest.mark.parametrize("locale", LANGUAGES)
def test_email_without_a_link_has_no_button(locale: str) -> None:
    text, html = render_email(Wording("title", "body"), locale, why="why", link="")

    assert "http" not in text and Page(html).addresses == []
    assert "\n\n\n" not in text


@pytest.mark.parametrize("locale", LANGUAGES)
def test_email_escapes_hostile_names_in_every_place(locale: str) -> None:
    said = render("item_assigned", locale, dict.fromkeys(FACTS, HOSTILE))
    plain = render("item_assigned", locale, dict.fromkeys(FACTS, "name"))

    _, html = render_email(said, locale, why=HOSTILE, link="https://hub.example.org/\"><script>alert('x')</script>")
    _, tame = render_email(plain, locale, why="why", link="https://hub.example.org/")

    assert "<script" not in html and "&lt;script&gt;" in html
    assert Page(html).tags == Page(tame).tags
