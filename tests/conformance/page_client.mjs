// The client of docs/frontends.md against a running hub with the demo data; prints what it read as JSON.
// Argument: { url, client, tokens: { secretariat, college }, membership } as JSON; `client` is the file that was built from the page.
import { WebSocket } from "ws";
import { within } from "./sockets.mjs";

const { url, client, tokens } = JSON.parse(process.argv[2]);
const open = new Set();
globalThis.WebSocket = class extends WebSocket {
  constructor(...given) {
    super(...given);
    open.add(this);
    this.on("close", () => open.delete(this));
  }
};
const sent = [];
const fetched = globalThis.fetch;
globalThis.fetch = async (address, options = {}) => {
  const response = await fetched(address, options);
  const whole = options.body?.includes('"query"') ?? String(address).includes("?query=");
  sent.push({ method: options.method ?? "GET", whole, status: response.status, cache: response.headers.get("cache-control") });
  return response;
};
const { Hub, Refused } = await import(client);
const ALLIANCES = `query Groups($after: String) {
  alliances(first: 2, after: $after) { nodes { id name } pageInfo { hasNextPage endCursor } } }`;
const MINE = "query Mine { myMemberships(first: 100) { nodes { id status alliance { id } } } }";
const FOUND = `query Found { alliances(kind: VOCATIONAL_GROUP, region: "340000", first: 1) { nodes { id } }
  organizations(name: "衢州职业技术学院", first: 1) { nodes { id } } }`;
const step = (name) => `mutation Step($input: ${name[0].toUpperCase()}${name.slice(1)}Input!) {
  done: ${name}(input: $input) { membership { id } problems { code message } } }`;

const visitor = new Hub(url, undefined, "en");
const first = [];
for await (const each of visitor.all(ALLIANCES, (data) => data.alliances)) first.push(each.name);
const requests = sent.splice(0);
const again = [];
for await (const each of visitor.all(ALLIANCES, (data) => data.alliances)) again.push(each.name);
const cached = sent.splice(0);
const failed = await visitor.ask("query Wrong { noSuchField }").catch((error) => error);

const college = new Hub(url, async () => tokens.college, "en");
const office = new Hub(url, async () => tokens.secretariat, "en");
const found = await college.ask(FOUND);
const pair = { allianceId: found.alliances.nodes[0].id, organizationId: found.organizations.nodes[0].id };

// The college leaves and joins again and again; each admission is a notice.
async function admitted() {
  const applied = await college.ask(step("applyForMembership"), { input: pair });
  const input = { membershipId: applied.done.membership.id };
  await office.ask(step("admitMember"), { input });
  return () => college.ask(step("withdrawMember"), { input: { ...input, reason: "demo" } });
}
const titles = [];
const notices = college.notices();
const heard = async (fits) => {
  for (;;) {
    const { value } = await within("a notice", () => notices.next());
    titles.push(value);
    if (fits.test(value.title)) return value;
  }
};
const pending = heard(/Welcome|欢迎/);
while (![...open].some((socket) => socket.readyState === WebSocket.OPEN)) await new Promise((done) => setTimeout(done, 20));
await new Promise((done) => setTimeout(done, 300)); // the subscription travels behind its socket
let leave = await admitted();
await pending;
// The line breaks while the page goes on reading; what happens meanwhile is not lost.
for (const socket of open) socket.terminate();
await leave();
leave = await admitted();
await heard(/Welcome|欢迎/);
await leave();
const ids = titles.map((each) => each.id);
console.log(JSON.stringify([{
  first, again, requests, cached,
  failed: { refused: failed instanceof Refused, code: failed.code },
  welcomed: titles.filter((each) => /Welcome|欢迎/.test(each.title)).length,
  once: new Set(ids).size === ids.length,
}]));
process.exit(0);
