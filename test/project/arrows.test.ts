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

/** For each rule a file that breaks it, by what it imports. */
const offences: Readonly<Record<string, { readonly file: string; readonly imports?: string }>> = {
  "apdu-stands-alone": { file: "apdu/offence.ts", imports: "../jpki/target.ts" },
  "jpki-on-apdu": { file: "jpki/offence.ts", imports: "../login/target.ts" },
  "pdf-stands-alone": { file: "pdf/offence.ts", imports: "../jpki/target.ts" },
  "login-on-jpki": { file: "login/offence.ts", imports: "../mykey/target.ts" },
  "mykey-on-login": { file: "mykey/offence.ts", imports: "../portal/target.ts" },
  "portal-on-login": { file: "portal/offence.ts", imports: "../mykey/target.ts" },
  "simulator-shares-constants": { file: "simulator/offence.ts", imports: "../jpki/target.ts" },
  "sandbox-shares-the-wire": { file: "sandbox/offence.ts", imports: "../mykey/target.ts" },
  "ui-on-commands": { file: "ui/offence.ts", imports: "../apdu/target.ts" },
  "nobody-on-commands": { file: "jpki/upwards.ts", imports: "../commands/target.ts" },
  "one-door-to-native-cards": { file: "native.ts", imports: "pcsclite" },
  "one-door-to-databases": { file: "database.ts", imports: "kysely" },
  "no-circles": { file: "circle.ts", imports: "./circle.ts" },
  "no-orphans": { file: "alone.ts" },
};

describe("each rule can fail", () => {
  const { forbidden } = createRequire(import.meta.url)(path.join(root, config)) as { forbidden: { name: string }[] };
  let folder = "";
  let violations: Cruise["violations"] = [];

  const write = (file: string, content: string): void => {
    const target = path.join(folder, "src", file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, content);
  };

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "mynakit-arrows-"));
    for (const file of [config, "tsconfig.json"]) cpSync(path.join(root, file), path.join(folder, file));
    symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
    for (const ring of ["apdu", "jpki", "login", "mykey", "portal", "commands"])
      write(`${ring}/target.ts`, "export {};\n");
    for (const { file, imports } of Object.values(offences))
      write(file, imports ? `import "${imports}";\n` : "export {};\n");
    write("jpki/permitted.ts", 'import "../apdu/target.ts";\n');
    violations = cruise(folder).violations;
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("there is an offence for every rule", () => {
    expect(Object.keys(offences)).toEqual(forbidden.map(({ name }) => name));
  });

  test.each(Object.entries(offences))("%s", (rule, { file }) => {
    expect(violations.filter(({ from }) => from === `src/${file}`).map(({ rule: { name } }) => name)).toContain(rule);
  });

  test("and an import that is allowed breaks none", () => {
    expect(violations.filter(({ from }) => from === "src/jpki/permitted.ts")).toEqual([]);
  });
});
