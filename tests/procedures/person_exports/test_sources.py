"""Sources: no column that names a person by their account is forgotten, in any service."""

from __future__ import annotations

import pytest
from sqlalchemy import String, inspect
from sqlalchemy.orm import DeclarativeBase

from hub.services import all_services
from kit.data.db import KitTable
from procedures.person_exports.sources import OF_EVERY_SERVICE, Source

NAMES = {"person", "account", "actor", "recipient", "viewer"}
NOT_SHOWN = {
    ("inbox", "actor"): "a copy of another service's history",
    ("answers", "viewer"): "first answers to repeated calls, gone in a day",
    ("person_parts", "asked_by"): "a copy of exports_asked_for",
    ("score_records", "forfeited_by"): "a side, no person",
    ("awards", "recipient"): "a printed name, no account",
    ("persons", "account"): "shown with the records, which are known by their ids",
}


def accounts(base: type[DeclarativeBase]) -> set[tuple[str, str]]:
    """Every column of these tables that, by its name, holds the account of a person."""
    return {
        (str(mapper.local_table.name), column.key)
        for mapper in base.registry.mappers
        for column in mapper.local_table.columns
        if isinstance(column.type, String) and (column.key in NAMES or column.key.endswith("_by"))
    }


@pytest.mark.parametrize("service", all_services(), ids=lambda service: service.name)
def test_every_column_with_an_account_is_given_out_or_said_not_to_be(service: type) -> None:
    base = next(each for each in DeclarativeBase.__subclasses__() if getattr(each, "metadata", None) is service.tables)
    shown = {place(source) for source in (*service.personal, *OF_EVERY_SERVICE)}

    assert accounts(base) | accounts(KitTable) <= shown | NOT_SHOWN.keys()


@pytest.mark.parametrize("service", all_services(), ids=lambda service: service.name)
def test_a_source_shows_columns_that_are_there_and_no_secret(service: type) -> None:
    sources = (*service.personal, *OF_EVERY_SERVICE)

    assert len({source.name for source in sources}) == len(sources)
    for source in sources:
        assert source.columns and not source.columns.keys() & {
            "secret",
            "code",
            "nonce",
            "unsubscribe_token",
            "person_key",
        }


def test_what_there_is_much_of_is_found_by_an_index_and_not_walked_through() -> None:
    sources = {source.name: source for service in all_services() for source in service.personal}

    assert all(sources[name].by_index for name in ("records", "affiliations", "entries", "judge_seats", "notices"))
    walked = {name for name, source in sources.items() if not source.by_index}
    assert {"sheets", "invitations_accepted", "results_signed"} <= walked, (
        "joined, without an index, or by a part of one"
    )


def place(source: Source) -> tuple[str, str]:
    table = inspect(source.through[0] if source.through else source.table).local_table
    return str(table.name), source.owner.key
