// Apollo Client and urql, as frontends use them, against a running hub; prints as JSON what came of each check.
// Argument: { url, token } as JSON.
import assert from "node:assert/strict";
import { ApolloClient, ApolloLink, CombinedGraphQLErrors, HttpLink, InMemoryCache, gql } from "@apollo/client";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { Client, cacheExchange, fetchExchange } from "@urql/core";
import { persistedExchange } from "@urql/exchange-persisted";
import { createHash } from "node:crypto";

const { url, token } = JSON.parse(process.argv[2]);
const signedIn = { authorization: `Bearer ${token}` };
const ours = { "graphql-require-preflight": "1", "accept-language": "en" };
const sha256 = async (text) => createHash("sha256").update(text).digest("hex");
const checks = {};

function watched() {
  const sent = [];
  const through = async (address, options = {}) => {
    const response = await fetch(address, options);
    const asked = options.body ? JSON.parse(options.body) : Object.fromEntries(new URL(address).searchParams);
    sent.push({ method: options.method ?? "GET", whole: "query" in asked && Boolean(asked.query), status: response.status });
    return response;
  };
  return { sent, through };
}

function apollo(headers, useGET = false) {
  const { sent, through } = watched();
  const link = ApolloLink.from([
    new PersistedQueryLink({ sha256, useGETForHashedQueries: useGET }),
    new HttpLink({ uri: url, headers: { ...ours, ...headers }, fetch: through }),
  ]);
  return { sent, client: new ApolloClient({ link, cache: new InMemoryCache() }) };
}

function urql(headers) {
  const { sent, through } = watched();
  const exchanges = [cacheExchange, persistedExchange({ preferGetForPersistedQueries: true, enableForMutation: true }), fetchExchange];
  const client = new Client({ url, exchanges, fetch: through, preferGetMethod: false, fetchOptions: { headers: { ...ours, ...headers } } });
  return { sent, client };
}

const named = (name) => `query ${name}($first: Int) { alliances(first: $first) { nodes { id name } pageInfo { endCursor } } }`;

checks["Apollo Client: a query goes whole once, then by its hash"] = async () => {
  const { client, sent } = apollo(signedIn);
  const query = gql(named("ApolloPost"));
  for (let time = 0; time < 2; time++) {
    const { data } = await client.query({ query, variables: { first: 2 }, fetchPolicy: "network-only" });
    assert.equal(data.alliances.nodes.length, 2);
  }
  assert.deepEqual(sent.map((each) => [each.method, each.whole]), [["POST", false], ["POST", true], ["POST", false]]);
};
checks["Apollo Client: hashes go by GET"] = async () => {
  const { client, sent } = apollo({}, true);
  const query = gql(named("ApolloGet"));
  for (let time = 0; time < 2; time++) await client.query({ query, variables: { first: 2 }, fetchPolicy: "network-only" });
  assert.deepEqual(sent.at(-1), { method: "GET", whole: false, status: 200 });
};
checks["Apollo Client: its cache knows things by their ids"] = async () => {
  const { client } = apollo(signedIn);
  const { data } = await client.query({ query: gql(named("Cached")), variables: { first: 1 } });
  const { id } = data.alliances.nodes[0];
  assert.equal(client.cache.extract()[`Alliance:${id}`].id, id);
};
checks["Apollo Client: an error keeps its code"] = async () => {
  const { client } = apollo(signedIn);
  const error = await client.query({ query: gql("query Wrong { noSuchField }") }).catch((each) => each);
  assert.ok(CombinedGraphQLErrors.is(error), String(error));
  assert.equal(error.errors[0].extensions.code, "GRAPHQL_VALIDATION_FAILED");
};
checks["Apollo Client: a command's problems are data"] = async () => {
  const { client } = apollo(signedIn);
  const mutation = gql("mutation Mark($input: MarkNoticeReadInput!) { markNoticeRead(input: $input) { problems { code field } } }");
  const { data } = await client.mutate({ mutation, variables: { input: { noticeId: "bm9uZQ==" } } });
  assert.equal(data.markNoticeRead.problems.length, 1);
};
checks["urql: a query goes whole once, then by its hash over GET"] = async () => {
  const { client, sent } = urql({});
  for (let time = 0; time < 2; time++) {
    const { data, error } = await client.query(named("Urql"), { first: 2 }, { requestPolicy: "network-only" }).toPromise();
    assert.equal(error, undefined);
    assert.equal(data.alliances.nodes.length, 2);
  }
  assert.deepEqual(sent.at(-1), { method: "GET", whole: false, status: 200 });
  assert.equal(sent.filter((each) => each.whole).length, 1);
};
checks["urql: an error keeps its code"] = async () => {
  const { client } = urql(signedIn);
  const { error } = await client.query("query Wrong { noSuchField }", {}).toPromise();
  assert.equal(error.graphQLErrors[0].extensions.code, "GRAPHQL_VALIDATION_FAILED");
};
checks["urql: a command goes by its hash over POST"] = async () => {
  const { client, sent } = urql(signedIn);
  const text = "mutation Mark($input: MarkNoticeReadInput!) { markNoticeRead(input: $input) { problems { code field } } }";
  for (let time = 0; time < 2; time++) {
    const { data } = await client.mutation(text, { input: { noticeId: "bm9uZQ==" } }).toPromise();
    assert.equal(data.markNoticeRead.problems.length, 1);
  }
  assert.deepEqual([sent.at(-1).method, sent.at(-1).whole], ["POST", false]);
};

const results = [];
for (const [name, check] of Object.entries(checks)) {
  try {
    await check();
    results.push({ name, status: "ok" });
  } catch (error) {
    results.push({ name, status: "failed", reason: String(error?.message ?? error) });
  }
}
console.log(JSON.stringify(results));
process.exit(0);
