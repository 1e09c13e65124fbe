"""A plan: who is asked, how often and in which order; what is null because of what; and what is left to graphql-core."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from graphql import GraphQLSchema, OperationDefinitionNode, parse

from gateway.executing.compiler import Compiler
from gateway.executing.execution import Executed, Requested, executed
from gateway.executing.fields import Asked, Uncompiled
from gateway.executing.plans import Plans
from gateway.executing.writing import source_of
from gateway.metrics import EXECUTIONS
from gateway.schema import graphql_schema


class Asker:
    """Asks a schema by one document, whose plans are kept."""

    def __init__(self, schema: GraphQLSchema, text: str, most: int = 8) -> None:
        self._schema, self._node = schema, parse(text)
        [operation] = [each for each in self._node.definitions if isinstance(each, OperationDefinitionNode)]
        self.plans = Plans(schema, operation, {}, most)
        self.seen: list[str] = []

    async def ask(self, thing: Any = None, **variables: Any) -> Executed:
        context = SimpleNamespace(locale="en", thing=thing, seen=self.seen)
        return await executed(Requested(self._schema, self._node, None, context, variables, None, True), self.plans)

    async def data(self, thing: Any = None, **variables: Any) -> Any:
        done = await self.ask(thing, **variables)
        assert done.result.errors is None
        return done.result.data


def counted(by: str) -> float:
    return EXECUTIONS.labels(by)._value.get()


async def test_commands_are_done_one_after_the_other_with_all_that_is_shown_of_them(small: GraphQLSchema) -> None:
    asker = Asker(small, 'mutation { a: do(what: "a") { late { name } } b: do(what: "b") { name } }')

    assert await asker.data() == {"a": {"late": {"name": "late a"}}, "b": {"name": "b"}}
    assert asker.seen == ["begin a", "end a", "late a", "begin b", "end b"]


async def test_after_a_command_that_leaves_no_data_none_is_begun(small: GraphQLSchema) -> None:
    asker = Asker(small, 'mutation { a: do(what: "nothing") { name } b: do(what: "b") { name } }')

    done = await asker.ask()

    assert done.result.data is None
    assert [each.path for each in done.result.errors or []] == [["a"]]
    assert asker.seen == ["begin nothing", "end nothing"]


async def test_nothing_is_done_where_the_arguments_of_a_later_command_cannot_be_had(small: GraphQLSchema) -> None:
    text = 'mutation($what: String = "b") { a: do(what: "a") { name } b: do(what: $what) { name } }'
    asker = Asker(small, text)

    done = await asker.ask(what=None)

    assert done.result.data is None
    assert [each.path for each in done.result.errors or []] == [["b"]]
    assert asker.seen == []


async def test_what_comes_late_and_may_not_be_null_takes_the_nearest_that_may_with_it(small: GraphQLSchema) -> None:
    things = [{"name": "a", "late": {"name": "x"}}, {"name": "b", "late": None}]
    asker = Asker(small, "{ thing { name things { late { name } } } }")

    done = await asker.ask({"name": "t", "things": things})

    assert done.result.data == {"thing": {"name": "t", "things": None}}
    assert [each.path for each in done.result.errors or []] == [["thing", "things", 1, "late"]]


async def test_nobody_is_asked_for_what_lies_in_something_that_is_null_by_now(small: GraphQLSchema) -> None:
    things = [{"name": "a", "late": {"name": "x"}}, {"name": None}]
    asker = Asker(small, "{ thing { things { late { name } name } } }")

    done = await asker.ask({"name": "t", "things": things})

    assert done.result.data == {"thing": {"things": None}}
    assert asker.seen == []


async def test_what_is_late_does_not_hold_up_what_lies_deeper_elsewhere(small: GraphQLSchema) -> None:
    inner = {"name": "b", "late": {"name": "c", "late": {"name": "d"}}}
    asker = Asker(small, "{ thing { later { name } late { late { late { name } } } } }")

    await asker.data({"name": "a", "later": {"name": "x"}, "late": {**inner}})

    assert asker.seen == ["later a", "late a", "late b", "late c"]


async def test_who_leaves_takes_along_what_was_begun(small: GraphQLSchema) -> None:
    asker = Asker(small, "{ waiting }")

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await asker.ask()

    assert asker.seen == ["cancelled"]


async def test_what_is_made_of_a_value_is_wrong_where_it_stands(small: GraphQLSchema) -> None:
    asker = Asker(small, "{ thing { made size } }")

    done = await asker.ask({"name": 7, "size": 2**31})

    assert done.result.data == {"thing": {"made": None, "size": None}}
    assert [each.path for each in done.result.errors or []] == [["thing", "made"], ["thing", "size"]]


async def test_an_operation_is_compiled_once_for_each_way_in_which_its_directives_decide(small: GraphQLSchema) -> None:
    asker = Asker(small, "query($all: Boolean!) { thing { name size @include(if: $all) } }", most=2)
    thing, before = {"name": "a", "size": 1}, counted("variants")

    answers = [await asker.data(thing, all=each) for each in (True, False, True)]

    assert answers == [
        {"thing": {"name": "a", "size": 1}},
        {"thing": {"name": "a"}},
        {"thing": {"name": "a", "size": 1}},
    ]
    assert asker.plans.of({"all": True}, "en") is asker.plans.of({"all": True}, "en")
    with pytest.raises(Uncompiled, match="variants"):
        asker.plans.of({"all": True}, "zh-CN")
    assert counted("variants") == before


async def test_what_is_left_to_graphql_core_is_answered_and_counted(small: GraphQLSchema) -> None:
    asker = Asker(small, "{ __schema { queryType { name } } thing { name } }")
    introspected, compiled = counted("introspection"), counted("compiled")

    assert await asker.data({"name": "a"}) == {"__schema": {"queryType": {"name": "Query"}}, "thing": {"name": "a"}}
    assert (counted("introspection"), counted("compiled")) == (introspected + 1, compiled)


async def test_fields_are_counted_as_they_are_shown(small: GraphQLSchema) -> None:
    asker = Asker(small, "{ thing { name things { name size } } }")

    done = await asker.ask({"name": "a", "things": [{"name": "b"}, {"name": "c"}]})

    assert done.fields == 7


def test_the_function_of_a_type_can_be_read() -> None:
    document = parse("{ alliances { nodes { id name kind members { nodes { id } } } } }")
    compiler = Compiler(Asked(graphql_schema(), {}, {}), "en")
    nodes = document.definitions[0].selection_set.selections[0].selection_set.selections
    fields = Asked(graphql_schema(), {}, {}).of_type(graphql_schema().type_map["Alliance"], list(nodes))

    written = source_of("Alliance", [compiler.row(field) for field in fields])

    assert (
        written
        == """\
def Alliance(source, run, place):
    get = source.get if source.__class__ is dict else reader(source)
    run.fields += 4
    shown = blank.copy()
    v = get('id')
    shown['id'] = show_0(v, source, run, place, shown)
    v = get('name_en')
    shown['name'] = v if v.__class__ is str else show_1(v, source, run, place, shown)
    v = get('kind')
    shown['kind'] = (known_2(v) if v.__class__ is str else None) or show_2(v, source, run, place, shown)
    shown['members'] = show_3(None, source, run, place, shown)
    return shown"""
    )
