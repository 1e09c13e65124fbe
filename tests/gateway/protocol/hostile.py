"""Hostile: documents made to cost a server dearly, by what they flood it with."""


def inline_fragments(outer: int, inner: int) -> str:
    """Fields of the same name in many inline fragments, twice over: the classic cost of field merging."""
    leaves = " ".join("... on Query { hello }" for _ in range(inner))
    return "{" + " ".join("... on Query { self {" + leaves + "} }" for _ in range(outer)) + "}"


def chain(length: int, body: str, last: str = "hello") -> str:
    """Fragments that each spread the next one, `body` holding the spread as NEXT."""
    links = [f"fragment F{n} on Query {{ {body.replace('NEXT', f'...F{n + 1}')} }}" for n in range(length)]
    return " ".join(["{ ...F0 }", *links, f"fragment F{length} on Query {{ {last} }}"])


def cycle(length: int) -> str:
    links = [f"fragment F{n} on Query {{ self {{ ...F{(n + 1) % length} }} }}" for n in range(length)]
    return " ".join(["{ ...F0 }", *links])


def flood(times: int, what: str) -> str:
    return "{" + " ".join(what.replace("N", str(n)) for n in range(times)) + "}"


def nested(times: int, opening: str, inside: str = "hello") -> str:
    return "{" + opening * times + inside + "}" * times + "}"


INTROSPECTION_LOOP = (
    "{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }"
)

HOSTILE = {
    **{f"{n} x {m} inline fragments": inline_fragments(n, m) for n, m in ((20, 20), (40, 40), (100, 50), (200, 100))},
    "12 x 12 inline fragments": inline_fragments(12, 12),
    "inline fragments in one another": nested(100, "... {"),
    "fields in one another": nested(13, "self {"),
    "fields in one another, 190 deep": nested(190, "self {"),
    "fields in one another, 5000 deep": nested(5000, "self {"),
    "5000 x __typename": flood(5000, "__typename"),
    "900 x __typename": flood(900, "__typename"),
    "200 aliases": flood(200, "aN: hello"),
    "31 aliases": flood(31, "aN: hello"),
    "11 root fields": "{ self { hello } " + " ".join(["hello"] * 10) + "}",
    "400 directives on one field": "{ hello " + "@skip(if: false) " * 120 + "}",
    "900 unknown directives": "{ hello " + "@a " * 450 + "}",
    "21 directives": flood(21, "hello @skip(if: false)"),
    "900 unknown fields": flood(900, "feldN"),
    "190 unknown types": "query(" + " ".join(f"$v{n}: Tipe{n}" for n in range(190)) + ") { hello }",
    "240 unused variables": "query(" + " ".join(f"$v{n}: Int" for n in range(240)) + ") { hello }",
    "240 arguments of one name": "{ hello(" + " ".join(f'name: "{n}"' for n in range(240)) + ") }",
    "a fragment in itself": "{ ...F } fragment F on Query { self { ...F } }",
    "a cycle of 2 fragments": cycle(2),
    "a cycle of 60 fragments": cycle(60),
    "a cycle that nothing spreads": "{ hello } fragment F on Query { ...G } fragment G on Query { ...F }",
    "fragments that double 2^50 times": chain(50, "self { NEXT } s: self { NEXT }"),
    "fragments that double without depth": chain(80, "NEXT NEXT"),
    "a chain of 90 fragments": chain(90, "hello NEXT"),
    "a chain of 30 with merging": chain(30, "self { NEXT NEXT self { NEXT } } self { NEXT }"),
    "80 operations": " ".join(f"query Q{n} {{ hello }}" for n in range(80)),
    "21 operations": " ".join(f"query Q{n} {{ hello }}" for n in range(21)),
    "operations times fragments": " ".join(f"query Q{n} {{ ...F0 }}" for n in range(20))
    + chain(30, "self { NEXT }")[9:],
    "9000 comments": "{ hello }" + "#\n" * 9000,
    "a comment of 100 000 characters": "{ hello } #" + "x" * 100_000,
    "a string of 18 000 characters": '{ day(of: "' + "a" * 18_000 + '") }',
    "a block string of 18 000 lines": '{ day(of: """' + "a\n" * 9_000 + '""") }',
    "a list in a list, 400 times": "{ byIds(ids: " + "[" * 400 + "]" * 400 + ") { name } }",
    "an object in an object, 300 times": "{ byIds(ids: " + "{a: " * 300 + "1" + "}" * 300 + ") { name } }",
    "a name of 19 000 characters": "{" + "a" * 19_000 + "}",
    "a number of 5 000 digits": "{ members(first: " + "9" * 5000 + ") { edges { node { name } } } }",
    "a number beyond 32 bits": "{ members(first: 99999999999) { edges { node { name } } } }",
    "introspection in a loop": INTROSPECTION_LOOP,
    "introspection three times": flood(3, "aN: __schema { types { name } }"),
    "an alias of its own for each of 100 objects": flood(100, "aN: self { hello }"),
    "deep lists": "{ allMembers { " + "friends { " * 12 + "name" + " }" * 14,
    "a directive that is not closed": "{ hello @skip(if: " + "[" * 500,
    "a variable that holds itself": "query($a: Int = $a) { members(first: $a) { edges { node { name } } } }",
    "only opening braces": "{" * 2000,
    "only closing braces": "}" * 2000,
    "null bytes": "\0" * 1000,
    "a byte order mark flood": "\ufeff" * 19_000,
    "commas": "{" + "," * 19_000 + "hello",
    "surrogates": '{ hello(name: "\\uD800") }',
    "nothing": "",
    "a type definition": "type Query { a: Int }",
    "an extension": "{ hello } extend type Query { a: Int }",
    "a subscription with two roots": "subscription { count(to: 1) forever }",
    "two anonymous operations": "{ hello } { hello }",
    "a fragment on a scalar": "{ ...F } fragment F on String { length }",
    "a spread of nothing": "{ ...Nowhere }",
    "a spread where it cannot be": "{ ...F } fragment F on Member { name }",
}
