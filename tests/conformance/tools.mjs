// GraphQL Code Generator, Relay's compiler, GraphQL-ESLint and GraphQL Inspector on our schema and the queries of our pages.
// Argument: { schema, released, documents: { page: { name: text } }, folder, told } as JSON, `told` being rules of
// GraphQL-ESLint with options of our own; prints what each has to say.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { generate } from "@graphql-codegen/cli";
import { CriticalityLevel, diff } from "@graphql-inspector/core";
import graphqlPlugin from "@graphql-eslint/eslint-plugin";
import { ESLint } from "eslint";
import { buildSchema } from "graphql";

const { schema, released, documents, folder, told } = JSON.parse(process.argv[2]);
const require = createRequire(import.meta.url);

function written(name, texts) {
  const into = join(folder, name);
  mkdirSync(into, { recursive: true });
  for (const [file, text] of Object.entries(texts)) writeFileSync(join(into, file), text);
  return into;
}

// A page at a time: two pages may call their queries alike.
async function codegen() {
  const scalars = { Date: "string", DateTime: "string", Document: "Record<string, unknown>", Points: "string" };
  const generates = {};
  for (const [page, queries] of Object.entries(documents)) {
    const into = written(join("codegen", page), Object.fromEntries(Object.entries(queries).map(([name, text]) => [`${name}.graphql`, text])));
    generates[join(into, "generated.ts")] = {
      documents: `${into}/*.graphql`,
      plugins: ["typescript", "typescript-operations"],
      config: { strictScalars: true, scalars },
    };
  }
  await generate({ schema, generates, silent: true }, true);
  return Object.keys(generates);
}

// Relay wants an operation called as its file, a fragment as its component; connections by @connection, nodes by refetch.
function relay() {
  const into = written("relay", {
    "Groups.js": `import { graphql } from "relay-runtime";
graphql\`query GroupsQuery { ...Groups_list }\`;
graphql\`fragment Groups_list on Query
  @refetchable(queryName: "GroupsPaginationQuery")
  @argumentDefinitions(first: { type: "Int", defaultValue: 5 }, after: { type: "String" }) {
  alliances(first: $first, after: $after) @connection(key: "Groups_alliances") { edges { node { id ...Groups_one } } }
}\`;
graphql\`fragment Groups_one on Alliance @refetchable(queryName: "GroupsOneRefetchQuery") { name region { name } }\`;
graphql\`mutation GroupsMutation($input: MarkNoticeReadInput!) { markNoticeRead(input: $input) { notice { id readAt } problems { code } } }\`;
graphql\`subscription GroupsSubscription($since: ID) { noticeReceived(since: $since) { id title } }\`;
`,
  });
  mkdirSync(join(into, "__generated__"), { recursive: true });
  writeFileSync(join(into, "package.json"), "{}");
  writeFileSync(join(into, "schema.graphql"), readFileSync(schema));
  const config = { src: ".", schema: "./schema.graphql", language: "typescript", artifactDirectory: "./__generated__", eagerEsModules: true };
  writeFileSync(join(into, "relay.config.json"), JSON.stringify(config));
  const compiler = require("relay-compiler");
  try {
    const told = execFileSync(compiler, ["relay.config.json"], { cwd: into, encoding: "utf8", stdio: "pipe" });
    return { ok: true, told };
  } catch (error) {
    return { ok: false, told: `${error.stdout}${error.stderr}${error.message}` };
  }
}

async function lint() {
  const rules = {
    ...graphqlPlugin.configs["flat/schema-recommended"].rules,
    ...graphqlPlugin.configs["flat/schema-relay"].rules,
    ...told,
  };
  const eslint = new ESLint({
    cwd: folder,
    overrideConfigFile: true,
    overrideConfig: [{
      files: ["**/*.graphql"],
      languageOptions: { parser: graphqlPlugin.parser, parserOptions: { graphQLConfig: { schema } } },
      plugins: { "@graphql-eslint": graphqlPlugin },
      rules,
    }],
  });
  const [result] = await eslint.lintText(readFileSync(schema, "utf8"), { filePath: join(folder, "schema.graphql") });
  return { rules: Object.keys(rules).length, findings: result.messages.map(({ ruleId, message, line }) => ({ ruleId, message, line })) };
}

async function inspected() {
  const changes = await diff(buildSchema(readFileSync(released, "utf8")), buildSchema(readFileSync(schema, "utf8")));
  const breaking = changes.filter((change) => change.criticality.level === CriticalityLevel.Breaking);
  return { changes: changes.length, breaking: breaking.map((change) => change.message) };
}

console.log(JSON.stringify([{ codegen: await codegen(), relay: relay(), lint: await lint(), inspected: await inspected() }]));
