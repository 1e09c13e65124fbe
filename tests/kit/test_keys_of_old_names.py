"""Keys of old names: what was entered before names had keys gets them, and what is the same is neither lost nor in the way."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError

from kit.ids import new_id
from kit.process.migrate import migrate

BEFORE = "0007"
NAMES = ("丙丁大学(合肥)", "丙丁大学（合肥）", "ＡＢＣ学院", "丙丁大学 (合肥)", "\u200b")


def test_of_old_names_that_are_the_same_the_first_has_the_key_and_the_others_are_told_by_it(empty_url: str) -> None:
    migrate("alliances", empty_url, BEFORE)
    ids = [new_id().replace("-", "") if empty_url.startswith("sqlite") else new_id() for _ in NAMES]
    engine = create_engine(empty_url)
    entering = text(
        "INSERT INTO organizations (id, created_at, version, kind, region, name_zh, name_en) "
        "VALUES (:id, '2026-01-01', 1, 'other', '340000', :name, 'X')"
    )
    with engine.begin() as connection:
        connection.execute(entering, [{"id": id_, "name": name} for id_, name in zip(ids, NAMES, strict=True)])

    migrate("alliances", empty_url)

    with engine.connect() as connection:
        keys = {row.id: row.name_key for row in connection.execute(text("SELECT id, name_key FROM organizations"))}
    told = {str(id_): key for id_, key in keys.items()}
    first = "丙丁大学(合肥)"
    assert [told[id_] for id_ in ids] == [first, f"{first}\n{ids[1]}", "abc学院", f"{first}\n{ids[3]}", ""]
    copied = text("UPDATE organizations SET name_key = :key WHERE id = :id")
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(copied, {"key": first, "id": ids[2]})
    engine.dispose()
