import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { commandPages } from "./docs/commands.ts";
import { coverage } from "./docs/coverage.ts";
import type { Document } from "./docs/document.ts";
import { errorPages } from "./docs/errors.ts";
import { manPage } from "./docs/man.ts";
import { notices } from "./docs/notices.ts";
import { protocol } from "./docs/protocol.ts";
import { jsonSchemas } from "./docs/schemas.ts";
import { readmes } from "./transcripts.ts";

/**
 * Writes every document that is made from the program: `npm run docs`.
 * `--check` writes nothing, names the files that are stale, and exits 1 if there are any.
 */
const root = path.dirname(import.meta.dirname);
const check = process.argv.includes("--check");

const documents: readonly Document[] = [
  ...(await commandPages()),
  ...(await errorPages()),
  await manPage(),
  ...jsonSchemas(),
  await notices(),
  protocol(),
  coverage(),
  ...(await readmes()),
];

const read = (file: string): string | undefined =>
  existsSync(path.join(root, file)) ? readFileSync(path.join(root, file), "utf8") : undefined;
const stale = documents.filter(({ path: file, content }) => read(file) !== content);

const schemaFolder = "docs/schemas";
const wanted = new Set(documents.map(({ path: file }) => file));
const leftOver = existsSync(path.join(root, schemaFolder))
  ? readdirSync(path.join(root, schemaFolder))
      .map((file) => `${schemaFolder}/${file}`)
      .filter((file) => !wanted.has(file))
  : [];

if (check) {
  for (const { path: file } of stale) console.error(`${file} is stale: npm run docs`);
  for (const file of leftOver) console.error(`${file} belongs to nothing: npm run docs`);
  process.exitCode = stale.length + leftOver.length === 0 ? 0 : 1;
} else {
  for (const { path: file, content } of stale) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), content);
    console.log(`wrote ${file}`);
  }
  for (const file of leftOver) rmSync(path.join(root, file));
}
