// Custom resources: holds objects (JSON, by standard input) against the types that were generated from their definitions, and
// prints what does not fit as JSON. The compiler finds fields that do not exist, the models find values that may not be.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const PACKAGES = {
  "cert-manager.io": "cert-manager",
  "gateway.networking.k8s.io": "gateway-api",
  "keda.sh": "keda",
  "monitoring.coreos.com": "prometheus-operator",
  "postgresql.cnpg.io": "cloudnative-pg",
};

const objects = JSON.parse(readFileSync(0, "utf8"));
const module = ({ apiVersion }) => `@kubernetes-models/${PACKAGES[apiVersion.split("/")[0]]}/${apiVersion}`;
const name = ({ kind, metadata }) => `${kind}/${metadata.name}`;

// One line an object, so that the line of a fault names its object.
const source = objects
  .map((object) => `(${JSON.stringify(object)}) satisfies import("${module(object)}").I${object.kind};`)
  .join("\n");

const file = join(import.meta.dirname, "manifests.ts");
const options = { noEmit: true, strict: true, skipLibCheck: true, types: [], target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler };
const host = ts.createCompilerHost(options);
const { getSourceFile, fileExists } = host;
host.getSourceFile = (path, ...more) => (path === file ? ts.createSourceFile(path, source, options.target) : getSourceFile(path, ...more));
host.fileExists = (path) => path === file || fileExists(path);
const program = ts.createProgram([file], options, host);

const unknown = ts.getPreEmitDiagnostics(program).map((fault) => {
  const text = ts.flattenDiagnosticMessageText(fault.messageText, " ");
  return fault.file?.fileName === file ? `${name(objects[fault.file.getLineAndCharacterOfPosition(fault.start).line])}: ${text}` : text;
});

const wrong = [];
for (const object of objects) {
  try {
    new (await import(module(object)))[object.kind](object).validate();
  } catch (fault) {
    wrong.push(`${name(object)}: ${fault.message}`);
  }
}
console.log(JSON.stringify([...unknown, ...wrong]));
