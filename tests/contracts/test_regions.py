"""Regions by GB/T 2260 code: what a code names, where it lies, and that the table holds together."""

import csv
import dataclasses
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

import contracts.regions
from contracts.regions import Region, path, provinces, region, within


def rows() -> list[dict[str, str]]:
    table = Path(contracts.regions.__file__).with_name("regions.csv")
    with table.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def names(code: str, locale: str = "zh-CN") -> list[str]:
    return [step.name(locale) for step in path(code)]


def test_region_of_a_known_code() -> None:
    assert region("341500") == Region(
        code="341500", parent="340000", level="prefecture", name_zh="六安市", name_en="Lu'an"
    )


@pytest.mark.parametrize("code", ["", "330115", "33", "341500 ", "３４１５００", "province"])
def test_region_of_an_unknown_code_is_none(code: str) -> None:
    assert region(code) is None
    assert path(code) == ()


def test_path_runs_from_the_province_down_in_both_languages() -> None:
    assert names("330802") == ["浙江省", "衢州市", "柯城区"]
    assert names("330802", "en") == ["Zhejiang", "Quzhou", "Kecheng District"]


def test_path_of_a_district_of_a_municipality_has_no_empty_step() -> None:
    assert names("310115") == ["上海市", "浦东新区"]
    assert names("429004") == ["湖北省", "仙桃市"]


def test_within_counts_the_region_itself_and_every_region_around_it() -> None:
    assert within("340000", "340000")
    assert within("341500", "340000")
    assert within("330113", "330000")


def test_within_is_false_for_a_neighbour_for_a_descendant_and_for_the_unknown() -> None:
    assert not within("341500", "320000")
    assert not within("340000", "341500")
    assert not within("999999", "999999")
    assert not within("341500", "")


def test_provinces_are_34_with_the_four_of_the_delta_among_them() -> None:
    names_by_code = {province.code: (province.name_zh, province.name_en) for province in provinces()}

    assert len(names_by_code) == 34
    assert {code: names_by_code[code] for code in ("310000", "320000", "330000", "340000")} == {
        "310000": ("上海市", "Shanghai"),
        "320000": ("江苏省", "Jiangsu"),
        "330000": ("浙江省", "Zhejiang"),
        "340000": ("安徽省", "Anhui"),
    }


@pytest.mark.parametrize(
    ("code", "name_zh", "name_en"),
    [
        ("330113", "临平区", "Linping District"),
        ("330114", "钱塘区", "Qiantang District"),
        ("340210", "湾沚区", "Wanzhi District"),
        ("341621", "涡阳县", "Guoyang County"),
        ("331000", "台州市", "Taizhou"),
        ("659012", "白杨市", "Baiyang City"),
        ("653228", "和康县", "Hekang County"),
        ("500157", "两江新区", "Liangjiang New Area"),
    ],
)
def test_recent_changes_and_difficult_readings_are_in_the_table(code: str, name_zh: str, name_en: str) -> None:
    found = region(code)

    assert found is not None
    assert (found.name_zh, found.name_en) == (name_zh, name_en)


@pytest.mark.parametrize("code", ["330103", "330104", "330115", "340208", "500105", "460321"])
def test_abolished_codes_are_not_in_the_table(code: str) -> None:
    assert region(code) is None


def test_prefectures_of_the_delta_are_complete() -> None:
    prefectures = Counter(row["parent"] for row in rows() if row["level"] == "prefecture")

    assert [prefectures[code] for code in ("310000", "320000", "330000", "340000")] == [0, 13, 11, 16]


def test_every_row_has_a_code_of_its_own_both_names_and_a_parent_of_a_higher_level() -> None:
    rank = {"province": 0, "prefecture": 1, "county": 2}
    table = {row["code"]: row for row in rows()}

    assert len(table) == len(rows())
    assert list(table) == sorted(table)
    for code, row in table.items():
        assert len(code) == 6 and code.isascii() and code.isdigit(), code
        assert row["name_zh"] and row["name_en"].replace("ü", "u").isascii() and row["name_en"], code
        if row["level"] == "province":
            assert (row["parent"], code[2:]) == ("", "0000")
        else:
            assert rank[table[row["parent"]]["level"]] < rank[row["level"]], code
            assert row["parent"] in {f"{code[:2]}0000", f"{code[:4]}00"}, code


def test_regions_cannot_be_changed() -> None:
    shanghai = region("310000")

    assert shanghai is not None
    with pytest.raises(dataclasses.FrozenInstanceError):
        shanghai.name_zh = "申城"  # type: ignore[misc]


def test_importing_the_module_reads_no_table() -> None:
    script = (
        "import sys\n"
        "opened = []\n"
        "sys.addaudithook(lambda name, args: opened.append(str(args[0])) if name == 'open' else None)\n"
        "import contracts.regions\n"
        "before = [each for each in opened if each.endswith('regions.csv')]\n"
        "contracts.regions.region('310000')\n"
        "after = [each for each in opened if each.endswith('regions.csv')]\n"
        "sys.exit(0 if (len(before), len(after)) == (0, 1) else 1)\n"
    )

    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
