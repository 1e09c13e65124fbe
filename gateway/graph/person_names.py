"""Names of persons: beside the account of a person the graph shows what they are called, asked for many in one call.

No service but alliances keeps names of persons; an account that the viewer sees has a name for whoever is signed in.
"""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from gateway.graph.loading import ServiceLoader
from gateway.graph.names import camel
from gateway.protocol.calling import calls


class PersonNamesLoader(ServiceLoader):
    """Loads the name of a person by (their account, the language)."""

    service = "alliances"
    method = "person_names"

    async def batch_load_fn(self, keys: list[tuple[str, str]]) -> list[str | None]:
        found = {each["account"]: each for each in await self.ask(accounts=sorted({account for account, _ in keys}))}
        return [in_language(found[account], locale) if account in found else None for account, locale in keys]


def name_of(of: str) -> graphene.Field:
    """What the person is called whose account the parent holds under this key; null for a visitor, or if nobody has said."""

    @calls
    def resolve(parent: dict[str, Any], info: GraphQLResolveInfo) -> Any:
        account = parent.get(of)
        return info.context.loader(PersonNamesLoader).load((account, info.context.locale)) if account else None

    words = f"What the person under `{camel(of)}` is called; null for visitors, and where the hub does not know it."
    return graphene.Field(graphene.String, resolver=resolve, description=words)


def in_language(person: dict[str, Any], locale: str) -> str:
    """The name of a person in this language, as far as it is known in it."""
    return str(person["name_en"] if locale == "en" and person["name_en"] else person["name_zh"])
