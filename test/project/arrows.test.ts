import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
const config = ".dependency-cruiser.cjs";

interface Cruise {
  readonly totalCruised: number;
  readonly violations: readonly { readonly rule: { readonly name: string }; readonly from: string }[];
}

function cruise(folder: string): Cruise {
  const depcruise = path.join(root, "node_modules/.bin/depcruise");
  const { stdout, stderr } = spawnSync(depcruise, ["--config", config, "--output-type", "json", "src"], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
  });
  if (!stdout) throw new Error(stderr);
  return JSON.parse(stdout).summary;
}

test("src keeps to the arrows", () => {
  const { totalCruised, violations } = cruise(root);
  expect(violations.map(({ rule, from }) => `${rule.name}: ${from}`)).toEqual([]);
  expect(totalCruised).toBeGreaterThan(100);
});

const imports = (...from: string[]): string => from.map((module) => `import "${module}";\n`).join("");

/** For each rule the files that break it and nothing else; the first holds the forbidden import. */
const offences: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "apdu-stands-alone": { "apdu/a.ts": imports("../jpki/a.ts"), "jpki/a.ts": "" },
  "jpki-on-apdu": { "jpki/a.ts": imports("../login/a.ts"), "login/a.ts": "" },
  "login-on-jpki": { "login/a.ts": imports("../mykey/a.ts"), "mykey/a.ts": "" },
  "mykey-on-login": { "mykey/a.ts": imports("../portal/a.ts"), "portal/a.ts": "" },
  "portal-on-login": { "portal/a.ts": imports("../mykey/a.ts"), "mykey/a.ts": "" },
  "simulator-shares-constants": { "simulator/a.ts": imports("../jpki/guard.ts"), "jpki/guard.ts": "" },
  "sandbox-shares-the-wire": { "sandbox/a.ts": imports("../mykey/client.ts"), "mykey/client.ts": "" },
  "ui-on-commands": { "ui/a.ts": imports("../apdu/a.ts"), "apdu/a.ts": "" },
  "nobody-on-commands": { "jpki/a.ts": imports("../commands/a.ts"), "commands/a.ts": "" },
  "one-door-to-native-cards": { "main.ts": imports("pcsclite") },
  "one-door-to-databases": { "main.ts": imports("kysely") },
  "no-circles": { "a.ts": imports("./b.ts"), "b.ts": imports("./a.ts") },
  "no-orphans": { "alone.ts": "export {};\n" },
};

describe("each rule can fail", () => {
  const { forbidden } = createRequire(import.meta.url)(path.join(root, config)) as { forbidden: { name: string }[] };
  const folders: string[] = [];
  let base = "";
  beforeAll(() => {
    base = mkdtempSync(path.join(tmpdir(), "mynakit-arrows-"));
  });
  afterAll(() => rmSync(base, { recursive: true, force: true }));

  test("there is an offence for every rule", () => {
    expect(Object.keys(offences)).toEqual(forbidden.map(({ name }) => name));
  });

  test.each(Object.entries(offences))("%s", (rule, files) => {
    const folder = path.join(base, rule);
    folders.push(folder);
    mkdirSync(folder);
    for (const file of [config, "tsconfig.json"]) cpSync(path.join(root, file), path.join(folder, file));
    symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
    for (const [file, content] of Object.entries(files)) {
      const target = path.join(folder, "src", file);
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, content);
    }
    const broken = cruise(folder).violations.filter(({ rule: { name } }) => name === rule);
    expect(broken.map(({ from }) => from)).toContain(`src/${Object.keys(files)[0]}`);
  });
});
