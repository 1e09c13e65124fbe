// Checks an address against graphql-transport-ws, and prints as JSON what came of each check.
// Argument: { url, streaming, events, refusedPayload } as JSON, where `streaming` is a subscription that goes on by itself.
import assert from "node:assert/strict";
import { createClient } from "graphql-ws";
import { WebSocket } from "ws";
import { PROTOCOL, Socket, within } from "./sockets.mjs";

const target = JSON.parse(process.argv[2]);
const { url } = target;
const subscribe = (id, query, more = {}) => ({ id, type: "subscribe", payload: { query, ...more } });
const checks = {};

async function closesWith(code, reason, socket) {
  const ended = await socket.end();
  assert.equal(ended.code, code);
  if (reason) assert.equal(ended.reason, reason);
}

// --- the connection

checks["the server takes our protocol out of several"] = async () => {
  const socket = await Socket.open(url, ["graphql-ws", PROTOCOL]);
  assert.equal(socket.raw.protocol, PROTOCOL);
  await socket.leave();
};
checks["no protocol at all is closed with 4406"] = async () =>
  closesWith(4406, "Subprotocol not acceptable", await Socket.open(url, null));
checks["another protocol is not taken"] = async () => {
  await assert.rejects(Socket.open(url, "graphql-ws"), /no subprotocol/);
};
checks["connection_init is acknowledged once"] = async () => {
  const socket = await Socket.open(url);
  socket.send({ type: "connection_init" });
  assert.deepEqual(await socket.message(), { type: "connection_ack" });
  assert.deepEqual(await socket.settled(), []);
  await socket.leave();
};
checks["connection_init takes a payload"] = async () => (await Socket.acknowledged(url, {})).leave();
checks["silence is closed with 4408"] = async () =>
  closesWith(4408, "Connection initialisation timeout", await Socket.open(url));
checks["a second connection_init is closed with 4429"] = async () => {
  const socket = await Socket.acknowledged(url);
  socket.send({ type: "connection_init" });
  await closesWith(4429, "Too many initialisation requests", socket);
};
checks["two connection_init at once are closed with 4429"] = async () => {
  const socket = await Socket.open(url);
  socket.send({ type: "connection_init" });
  socket.send({ type: "connection_init" });
  await closesWith(4429, "Too many initialisation requests", socket);
};
checks["an operation before the acknowledgement is closed with 4401"] = async () => {
  const socket = await Socket.open(url);
  socket.send(subscribe("1", "{ __typename }"));
  await closesWith(4401, "Unauthorized", socket);
};
checks["credentials that are not valid are closed with 4403"] = async () => {
  const socket = await Socket.open(url);
  socket.send({ type: "connection_init", payload: target.refusedPayload });
  await closesWith(4403, "Forbidden", socket);
};

// --- what is no message of the protocol

const malformed = {
  "no JSON": "{",
  "an array": [],
  "a number": "7",
  "null": "null",
  "no type": { id: "1" },
  "a type that is no string": { type: 1 },
  "an unknown type": { type: "start", id: "1" },
  "next from the client": { type: "next", id: "1", payload: {} },
  "error from the client": { type: "error", id: "1", payload: [] },
  "connection_ack from the client": { type: "connection_ack" },
  "subscribe without id": { type: "subscribe", payload: { query: "{ __typename }" } },
  "subscribe with an empty id": subscribe("", "{ __typename }"),
  "subscribe with a number as id": subscribe(1, "{ __typename }"),
  "subscribe without payload": { type: "subscribe", id: "1" },
  "subscribe without query": { type: "subscribe", id: "1", payload: {} },
  "a query that is no string": subscribe("1", { obj: "ect" }),
  "variables that are no object": subscribe("1", "{ __typename }", { variables: [] }),
  "an operationName that is no string": subscribe("1", "{ __typename }", { operationName: 1 }),
  "extensions that are no object": subscribe("1", "{ __typename }", { extensions: "x" }),
  "complete without id": { type: "complete" },
  "ping with a payload that is no object": { type: "ping", payload: "x" },
  "pong with a payload that is no object": { type: "pong", payload: "x" },
  "a binary frame": Buffer.from('{"type":"ping"}'),
};
for (const [what, message] of Object.entries(malformed)) {
  checks[`${what} is closed with 4400`] = async () => {
    const socket = await Socket.acknowledged(url);
    socket.send(message);
    await closesWith(4400, null, socket);
  };
}
checks["connection_init with a payload that is no object is closed with 4400"] = async () => {
  const socket = await Socket.open(url);
  socket.send({ type: "connection_init", payload: "x" });
  await closesWith(4400, null, socket);
};

// --- ping and pong

checks["ping is answered before the acknowledgement too"] = async () => {
  const socket = await Socket.open(url);
  socket.send({ type: "ping" });
  assert.deepEqual(await socket.message(), { type: "pong" });
  await socket.leave();
};
checks["pong carries the payload of its ping"] = async () => {
  const socket = await Socket.acknowledged(url);
  socket.send({ type: "ping", payload: { sent: "上海" } });
  assert.deepEqual(await socket.message(), { type: "pong", payload: { sent: "上海" } });
  await socket.leave();
};
checks["a pong that nobody asked for is let pass"] = async () => {
  const socket = await Socket.acknowledged(url);
  socket.send({ type: "pong" });
  socket.send({ type: "pong", payload: {} });
  assert.deepEqual(await socket.settled(), []);
  await socket.leave();
};

// --- operations

checks["a query is answered with next and complete"] = async () => {
  const socket = await Socket.acknowledged(url);
  socket.send(subscribe("q", "{ __typename }"));
  const next = await socket.message();
  assert.deepEqual(next, { id: "q", type: "next", payload: { data: { __typename: next.payload.data.__typename } } });
  assert.deepEqual(await socket.message(), { id: "q", type: "complete" });
  await socket.leave();
};
checks["variables, operationName and extensions are read"] = async () => {
  const socket = await Socket.acknowledged(url);
  const query = "query A($name: String!) { __type(name: $name) { name } } query B { __typename }";
  socket.send(
    subscribe("q", query, { operationName: "A", variables: { name: "String" }, extensions: { some: "value" } }),
  );
  assert.deepEqual((await socket.message()).payload, { data: { __type: { name: "String" } } });
  await socket.leave();
};
checks["null in place of variables, operationName and extensions is nothing"] = async () => {
  const socket = await Socket.acknowledged(url);
  socket.send(subscribe("q", "{ __typename }", { variables: null, operationName: null, extensions: null }));
  assert.equal((await socket.message()).type, "next");
  await socket.leave();
};
const refused = {
  "a syntax error": subscribe("q", "{"),
  "an unknown field": subscribe("q", "{ noSuchField }"),
  "a variable of the wrong type": subscribe("q", "query($a: String!) { __type(name: $a) { name } }", { variables: {} }),
  "an unknown operation": subscribe("q", "query A { __typename }", { operationName: "B" }),
};
for (const [what, message] of Object.entries(refused)) {
  checks[`${what} is answered with error, without complete, and the id is free again`] = async () => {
    const socket = await Socket.acknowledged(url);
    socket.send(message);
    const error = await socket.message();
    assert.deepEqual([error.id, error.type], ["q", "error"]);
    assert.equal(typeof error.payload[0].message, "string");
    assert.deepEqual(await socket.settled(), []);
    socket.send(subscribe("q", "{ __typename }"));
    assert.equal((await socket.message()).type, "next");
    await socket.leave();
  };
}
checks["a subscription goes on until the client completes it, and then is silent"] = async () => {
  const socket = await Socket.acknowledged(url);
  socket.send(subscribe("s", target.streaming));
  for (let event = 0; event < target.events; event++) {
    const { id, type, payload } = await socket.message();
    assert.deepEqual([id, type, payload.errors], ["s", "next", undefined]);
  }
  socket.send({ id: "s", type: "complete" });
  await socket.settled();
  assert.deepEqual(await socket.settled(), []);
  await socket.leave();
};
checks["an id that is in use is closed with 4409"] = async () => {
  const socket = await Socket.acknowledged(url);
  socket.send(subscribe("s", target.streaming));
  await socket.message();
  socket.send(subscribe("s", target.streaming));
  await closesWith(4409, "Subscriber for s already exists", socket);
};
checks["an id is free after complete"] = async () => {
  const socket = await Socket.acknowledged(url);
  for (let round = 0; round < 3; round++) {
    socket.send(subscribe("s", target.streaming));
    assert.equal((await socket.message()).type, "next");
    socket.send({ id: "s", type: "complete" });
    await socket.settled();
  }
  await socket.leave();
};
checks["complete for an operation that is not there is let pass"] = async () => {
  const socket = await Socket.acknowledged(url);
  socket.send({ id: "never", type: "complete" });
  assert.deepEqual(await socket.settled(), []);
  await socket.leave();
};
checks["operations on one socket do not disturb one another"] = async () => {
  const socket = await Socket.acknowledged(url);
  socket.send(subscribe("a", target.streaming));
  socket.send(subscribe("b", target.streaming));
  await socket.message((each) => each.id === "a");
  await socket.message((each) => each.id === "b");
  socket.send({ id: "a", type: "complete" });
  await socket.settled();
  socket.send(subscribe("q", "{ __typename }"));
  assert.equal((await socket.message((each) => each.id === "q")).type, "next");
  assert.equal((await socket.message((each) => each.id === "b")).type, "next");
  await socket.leave();
};
checks["a client that leaves is let go with 1000"] = async () => {
  const socket = await Socket.acknowledged(url);
  assert.equal((await socket.leave()).code, 1000);
};

// --- the graphql-ws client

const client = (more = {}) => createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0, ...more });

checks["graphql-ws: a query gives its result and completes"] = async () => {
  const ours = client();
  const results = [];
  await within("the result", async () => {
    for await (const result of ours.iterate({ query: "{ __typename }" })) results.push(result);
  });
  assert.equal(results.length, 1);
  assert.equal(typeof results[0].data.__typename, "string");
  await ours.dispose();
};
checks["graphql-ws: a subscription gives events until it is left"] = async () => {
  const ours = client();
  let events = 0;
  await within("the events", async () => {
    for await (const result of ours.iterate({ query: target.streaming })) {
      assert.ok(result.data);
      if (++events === target.events) break;
    }
  });
  assert.equal(events, target.events);
  await ours.dispose();
};
checks["graphql-ws: a document that is not valid reaches the error sink"] = async () => {
  const ours = client();
  const errors = await within("the error", () => failure(ours, "{ noSuchField }"));
  assert.equal(typeof errors[0].message, "string");
  await ours.dispose();
};
checks["graphql-ws: refused credentials reach the error sink as a close with 4403"] = async () => {
  const ours = client({ connectionParams: target.refusedPayload });
  const closed = await within("the close", () => failure(ours, "{ __typename }"));
  assert.deepEqual([closed.code, closed.reason], [4403, "Forbidden"]);
};
checks["graphql-ws: its keep-alive pings are answered"] = async () => {
  let ours;
  await within("a pong", () => new Promise((resolve) => {
    ours = client({ lazy: false, keepAlive: 50, on: { pong: (received) => received && resolve() } });
  }));
  await ours.dispose();
};

function failure(ours, query) {
  return new Promise((resolve, reject) =>
    ours.subscribe({ query }, { next: reject, error: resolve, complete: () => reject(new Error("completed")) }),
  );
}

const results = await Promise.all(
  Object.entries(checks).map(async ([name, check]) => {
    try {
      await check();
      return { name, status: "ok" };
    } catch (error) {
      return { name, status: "failed", reason: String(error?.message ?? error) };
    }
  }),
);
console.log(JSON.stringify(results));
process.exit(0);
