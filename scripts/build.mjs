import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

// Compiles src/ into dist/: CommonJS chunks, one for each thing that is loaded late, libraries included;
// native packages stay outside. docs/adr/0002 tells why.
const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const dist = path.join(root, "dist");
// Made beside the last one, which can be run meanwhile.
const fresh = path.join(root, `dist.${process.pid}`);
const old = `${fresh}.old`;

/**
 * Libraries carry the list of all media types there are, and reading it takes as long as starting Node.js; those that a
 * sandbox sends or takes are left.
 */
const mediaTypes = {
  name: "media-types",
  transform(code, id) {
    if (!/mime-db\/db\.json$/.test(id)) return null;
    const used =
      /^(application\/(javascript|json|jwt|octet-stream|x-www-form-urlencoded|xml)|text\/(css|html|plain)|image\/\w+)$/;
    return JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(code)).filter(([type]) => used.test(type))));
  },
};

const bundle = await rolldown({
  input: { cli: path.join(root, "src/cli.ts"), prepared: path.join(root, "src/prepared.ts") },
  cwd: root,
  platform: "node",
  external: ["@photostructure/sqlite", "pcsclite", "pg", "pg-native"],
  transform: { target: "node20" },
  resolve: {
    // Its index only adds a warning about Node.js 20 on the user's terminal; the provider itself runs there (tested).
    alias: { "oidc-provider": path.join(root, "scripts/oidc-provider.mjs") },
  },
  plugins: [mediaTypes],
  checks: { eval: false },
});
try {
  await bundle.write({
    dir: fresh,
    format: "cjs",
    // `require` for native packages, too: Node.js warns on the user's terminal when a chunk that it did not load itself calls `import`.
    dynamicImportInCjs: false,
    // oidc-provider finds its models by the names of their classes.
    keepNames: true,
    minify: { mangle: { keepNames: true }, compress: { keepNames: { function: true, class: true } }, codegen: true },
    entryFileNames: "[name].cjs",
    chunkFileNames: "[name]-[hash].cjs",
    // Plain ASCII: V8 keeps the source in one byte a character, and the launcher reads it as such.
    charset: "ascii",
  });
  await bundle.close();
  for (const file of readdirSync(fresh)) {
    if (/[^\0-\x7f]/.test(readFileSync(path.join(fresh, file), "latin1"))) throw new Error(`${file} is not ASCII`);
  }
  const warmUp = spawnSync(process.execPath, [path.join(root, "scripts/code-cache.cjs"), fresh], { stdio: "inherit" });
  if (warmUp.status !== 0) throw new Error("the program did not warm up");
  replace();
} finally {
  for (const folder of [fresh, old]) rmSync(folder, { recursive: true, force: true });
}

/** Puts the new program into the place of the last one. */
function replace() {
  try {
    renameSync(dist, old);
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
  renameSync(fresh, dist);
}
