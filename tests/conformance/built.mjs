// Built: a TypeScript file checked as strictly as can be and made to JavaScript beside it; prints what is wrong with it.
import ts from "typescript";

const [source] = process.argv.slice(2);
const program = ts.createProgram([source], {
  strict: true,
  noUnusedLocals: true,
  noImplicitReturns: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
  types: [],
  skipLibCheck: true,
});
const { diagnostics } = program.emit();
const found = [...ts.getPreEmitDiagnostics(program), ...diagnostics];
console.log(JSON.stringify(found.map((each) => ({ code: each.code, message: ts.flattenDiagnosticMessageText(each.messageText, "\n") }))));
