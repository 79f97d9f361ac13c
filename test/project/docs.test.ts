import { spawnSync } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");

test("every generated document is what the program says today", { timeout: 120_000 }, () => {
  const { NODE_EXTRA_CA_CERTS: _slowsEveryStart, ...env } = process.env;
  const tsx = path.join(root, "node_modules/.bin/tsx");
  const { status, stderr } = spawnSync(tsx, ["scripts/docs.ts", "--check"], { cwd: root, env, encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});
