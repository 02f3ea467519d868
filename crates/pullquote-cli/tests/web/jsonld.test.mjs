// The JSON-LD against the vocabulary of schema.org, as Google's `schema-dts` holds it: the TypeScript compiler
// refuses an unknown type, an unknown property, and a value of a type that a property does not take.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const here = fileURLToPath(new URL("./", import.meta.url));
const pullquote = process.env.PULLQUOTE ?? `${root}target/release/pullquote`;

const folder = `${root}examples/articles/`;
const files = readdirSync(folder).map((name) => folder + name);
files.push(`${here}../pages/harbour.html`);
const objects = execFileSync(pullquote, ["--format", "jsonld", ...files], { encoding: "utf8" }).trim().split("\n");

const changes = {
  "an unknown property": (o) => { o.surprise = 1; },
  "an unknown type": (o) => { o["@type"] = "NewsPaper"; },
  "a creator that cannot create": (o) => { o.hasPart[0].creator = { "@type": "Duration", name: "Ada" }; },
  "an unknown property of a quotation": (o) => { o.hasPart[0].speaker = "Ada"; },
};
const wrong = Object.values(changes).map((change) => {
  const object = JSON.parse(objects[0]);
  change(object);
  return JSON.stringify(object);
});

// What the compiler has against each object, taken as a news article; all at once, as reading the vocabulary is
// what takes long.
const found = (() => {
  const all = [...objects, ...wrong];
  const name = `${here}checked.ts`;
  const lines = all.map((object, n) => `export const a${n}: WithContext<NewsArticle> = ${object};`);
  const text = `import type { NewsArticle, WithContext } from "schema-dts";\n${lines.join("\n")}\n`;
  const options = { strict: true, noEmit: true, skipLibCheck: true, types: [], module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler, target: ts.ScriptTarget.ES2022 };
  const host = ts.createCompilerHost(options);
  const [read, exists] = [host.getSourceFile, host.fileExists];
  host.fileExists = (file) => file === name || exists.call(host, file);
  host.getSourceFile = (file, version, ...more) =>
    file === name ? ts.createSourceFile(file, text, version) : read.call(host, file, version, ...more);
  const problems = all.map(() => []);
  for (const d of ts.getPreEmitDiagnostics(ts.createProgram([name], options, host))) {
    const message = ts.flattenDiagnosticMessageText(d.messageText, "\n");
    assert.equal(d.file?.fileName, name, message);
    const line = d.file.getLineAndCharacterOfPosition(d.start).line;
    assert.ok(line > 0, message);
    problems[line - 1].push(message);
  }
  return problems;
})();

test("every article is a NewsArticle of schema.org", () => {
  assert.equal(objects.length, files.length);
  objects.forEach((object, n) => assert.deepEqual(found[n], [], object));
});

for (const [n, what] of Object.keys(changes).entries())
  test(`the check refuses ${what}`, () => assert.ok(found[objects.length + n].length > 0));
