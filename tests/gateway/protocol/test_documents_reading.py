"""Documents: what is read, remembered, priced and said of a document."""

import pytest
from graphql import DocumentNode, GraphQLError, OperationType, get_introspection_query

from gateway.protocol.documents import Document, Documents
from gateway.protocol.faults import Fault
from gateway.protocol.limits import Limits
from tests.gateway.protocol.tiny_gateway import tiny_schema

SCHEMA = tiny_schema()


def read(text: str, **settings) -> Document | list[GraphQLError]:
    return Documents(SCHEMA, **settings).read(text)


def cost(text: str, variables: dict | None = None, name: str | None = None, limits: Limits | None = None) -> float:
    document = read(text, limits=limits)
    assert isinstance(document, Document), document
    return document.operation(name).cost(variables, (limits or Limits()).page)


def test_a_valid_document_is_read_with_its_operations():
    document = read('query A { hello } mutation B { rename(name: "x") { name } } subscription C { forever }')

    assert isinstance(document.node, DocumentNode)
    assert {name: each.kind for name, each in document.operations.items()} == {
        "A": OperationType.QUERY,
        "B": OperationType.MUTATION,
        "C": OperationType.SUBSCRIPTION,
    }


def test_the_lone_operation_is_meant_where_no_name_is_given():
    assert read("query A { hello }").operation(None).kind is OperationType.QUERY
    assert read("{ hello }").operation(None).kind is OperationType.QUERY
    assert read("{ hello }").operation("A") is None
    assert read("query A { hello } query B { hello }").operation(None) is None


def test_a_document_is_parsed_and_validated_once():
    documents = Documents(SCHEMA)

    first, again = documents.read("{ hello }"), documents.read("{ hello }")
    refused, refused_again = documents.read("{ hallo }"), documents.read("{ hallo }")

    assert first is again
    assert refused is refused_again


def test_no_more_documents_are_remembered_than_the_limit_says():
    documents = Documents(SCHEMA, Limits(cached=2))
    first = documents.read("{ hello }")

    documents.read("{ viewer }")
    documents.read("{ broken }")

    assert documents.read("{ hello }") is not first


def test_what_is_remembered_of_a_refused_document_holds_no_part_of_it():
    [error] = read("{ hallo }")

    assert error.nodes is None
    assert error.__traceback__ is None
    assert error.formatted == {
        "message": "Cannot query field 'hallo' on type 'Query'. Did you mean 'hello'?",
        "locations": [{"line": 1, "column": 3}],
        "extensions": {"code": "GRAPHQL_VALIDATION_FAILED"},
    }


def test_a_syntax_error_is_told_with_its_place():
    [error] = read("{ hello")

    assert error.formatted == {
        "message": "Syntax Error: Expected Name, found <EOF>.",
        "locations": [{"line": 1, "column": 8}],
        "extensions": {"code": "GRAPHQL_PARSE_FAILED"},
    }


@pytest.mark.parametrize("text", ["{ hallo }", "{ hello(nam: 1) }", "{ ...F } fragment F on Quer { hello }"])
def test_suggestions_can_be_switched_off(text):
    assert "Did you mean" in read(text)[0].message
    assert "Did you mean" not in read(text, suggestions=False)[0].message


def test_the_introspection_of_graphiql_passes():
    assert isinstance(read(get_introspection_query(input_value_deprecation=True)), Document)
    assert isinstance(read(get_introspection_query(descriptions=False, directive_is_repeatable=True)), Document)


def test_introspection_can_be_switched_off():
    errors = read("{ __schema { types { name } } __typename }", introspection=False)

    assert "introspection has been disabled" in errors[0].message
    assert isinstance(read("{ __typename }", introspection=False), Document)


def test_limits_are_told_in_both_languages():
    [fault] = read("{ self { self { hello } } }", limits=Limits(depth=2))

    assert isinstance(fault, Fault)
    assert fault.extensions == {"code": "QUERY_TOO_LARGE", "limit": "depth", "found": 3, "allowed": 2}
    assert fault.text("zh-CN") == "查询过大：depth 为 3，上限 2"
    assert fault.text("en") == "The query is too large: depth is 3, at most 2"


@pytest.mark.parametrize(
    ("limit", "text", "found"),
    [
        ("characters", "{ hello }", 9),
        ("operations", "query A { hello } query B { hello }", 2),
        ("depth", "{ self { ...F } } fragment F on Query { self { hello } }", 3),
        ("fields", "{ hello ...F } fragment F on Query { self { ...G ...G } } fragment G on Query { viewer }", 4),
        ("root_fields", "{ ... { hello } ...F } fragment F on Query { viewer }", 2),
        ("aliases", "{ a: hello self { b: hello ...F } } fragment F on Query { c: hello }", 3),
        ("directives", "{ hello @skip(if: false) ... @include(if: true) { viewer } }", 2),
        ("introspections", '{ __schema { __typename } __type(name: "Query") { name } }', 2),
    ],
)
def test_each_limit_counts_what_it_names_with_fragments_written_out(limit, text, found):
    assert isinstance(read(text, limits=Limits(**{limit: found})), Document)

    [fault] = read(text, limits=Limits(**{limit: found - 1}))
    assert fault.extensions == {"code": "QUERY_TOO_LARGE", "limit": limit, "found": found, "allowed": found - 1}


def test_the_cost_is_the_number_of_fields_in_the_answer():
    assert cost("{ hello viewer }") == 2
    assert cost("{ members(first: 50) { edges { node { name } } } }") == 1 + 50 * 3
    assert cost("{ members(last: 7) { edges { node { name } } } }") == 1 + 7 * 3
    assert cost("{ members(first: 50) { edges { node { friends { name } } } } }") == 1 + 50 * (3 + 5)
    assert cost('{ byIds(ids: ["a", "b", "c"]) { name } }') == 1 + 3
    assert cost("{ allMembers { name } }") == 1 + 5
    assert cost("{ __schema { types { name } } }") == 1


def test_a_connection_without_a_page_size_costs_a_page():
    text = "query($n: Int) { members(first: $n) { edges { node { name } } } }"

    assert cost("{ members { edges { node { name } } } }", limits=Limits(page=30)) == 1 + 30 * 3
    assert cost("{ members(first: null) { edges { node { name } } } }", limits=Limits(page=30)) == 1 + 30 * 3
    assert cost(text, limits=Limits(page=30)) == 1 + 30 * 3


def test_the_cost_follows_the_variables():
    text = "query($n: Int = 10, $m: [ID]) { members(first: $n) { edges { node { name } } } byIds(ids: $m) { name } }"

    assert cost(text, {"m": ["a", "b"]}) == (1 + 10 * 3) + (1 + 2)
    assert cost(text, {"n": 100, "m": ["a"]}) == (1 + 100 * 3) + (1 + 1)
    assert cost(text, {"n": 100.0, "m": "a"}) == (1 + 100 * 3) + (1 + 20)
    assert cost(text, {"n": -5, "m": []}) == (1 + 3) + (1 + 1)


def test_page_sizes_within_one_another_multiply():
    text = """
        query($n: Int, $m: Int) {
          self { members(first: $n) { edges { node { ...Circle } } } }
          circle: members(first: $m) { edges { node { name } } }
        }
        fragment Circle on Member { circle(first: $m) { edges { node { name friends { name } } } } }
    """

    nested = 10 * (2 + 1 + 7 * (3 + 1 + 5))
    assert cost(text, {"n": 10, "m": 7}) == (1 + 1 + nested) + (1 + 7 * 3)


def test_each_operation_of_a_document_has_its_own_cost():
    text = "query Small { hello } query Large { members(first: 100) { edges { node { name } } } }"

    assert cost(text, name="Small") == 1
    assert cost(text, name="Large") == 301
