import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import lock from "../../package-lock.json" with { type: "json" };

const root = path.resolve(import.meta.dirname, "../..");
const { NODE_EXTRA_CA_CERTS: _slowsEveryStart, ...env } = process.env;
const run = (command: string, ...words: string[]): string =>
  execFileSync(command, words, { cwd: root, env, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });

/** What git has or would take, as far as it is there. */
const tracked = run("git", "ls-files", "--cached", "--others", "--exclude-standard", "-z")
  .split("\0")
  .filter((file) => file !== "" && existsSync(path.join(root, file)));
const read = (file: string): string => readFileSync(path.join(root, file), "utf8");

describe("the published package", () => {
  // The scripts would build dist/ anew under the feet of other tests.
  const [packed] = JSON.parse(run("npm", "pack", "--dry-run", "--json", "--ignore-scripts"));
  const files: string[] = packed.files.map((file: { path: string }) => file.path);

  test("holds what a user needs", () => {
    expect(files).toEqual(
      expect.arrayContaining([
        "package.json",
        "LICENSE",
        "README.md",
        "README.ja.md",
        "CHANGELOG.md",
        "SECURITY.md",
        "THIRD-PARTY-NOTICES.md",
        "bin/mynakit",
        "bin/launch.cjs",
        "bin/package.json",
        "dist/cli.cjs",
        "docs/man/mynakit.1",
        "docs/schemas/mynakit.error.1.json",
      ]),
    );
  });

  test("holds nothing else", () => {
    const expected =
      /^(package\.json|LICENSE|[A-Z-]+(\.ja)?\.md|bin\/(mynakit|launch\.cjs|package\.json)|dist\/[\w.-]+\.(cjs|cache|txt)|docs\/man\/mynakit\.1|docs\/schemas\/[\w.-]+\.json)$/;
    expect(files.filter((file) => !expected.test(file))).toEqual([]);
  });

  test("has no sources, tests or fixtures", () => {
    expect(files.filter((file) => /\.(ts|map|test\.\w+)$/.test(file))).toEqual([]);
  });
});

describe("dependencies", () => {
  const code = tracked.filter((file) => /\.(ts|mjs|cjs)$/.test(file)).map(read);
  const commands = Object.values(manifest.scripts).join("\n");
  const importedBy = (name: string): boolean =>
    code.some((text) => [`"${name}"`, `"${name}/`].some((quoted) => text.includes(quoted)));
  const declared = Object.keys({
    ...manifest.dependencies,
    ...manifest.optionalDependencies,
    ...manifest.devDependencies,
  });

  /** The commands that a package brings, by the lock file. */
  const commandsOf = (name: string): string[] => {
    const entry = (lock.packages as Record<string, { bin?: Record<string, string> }>)[`node_modules/${name}`];
    return Object.keys(entry?.bin ?? {});
  };

  /** Packages that work without being named in code: types of one that is, and what a tool loads by an option. */
  const servesAnother = (name: string): boolean => {
    const typed = /^@types\/(.*)$/.exec(name)?.[1];
    return typed === "node" || (typed !== undefined && importedBy(typed)) || name === "@vitest/coverage-v8";
  };

  const runBy = (name: string): boolean =>
    commandsOf(name).some((command) => new RegExp(`\\b${command}\\b`).test(commands));

  test("each is used", () => {
    expect(declared.filter((name) => !importedBy(name) && !runBy(name) && !servesAnother(name))).toEqual([]);
  });

  test("what is left outside of dist/ is installed with the package", () => {
    expect(Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }).sort()).toEqual(
      ["@photostructure/sqlite", "pcsclite", "pg"].sort(),
    );
  });
});

test("no file names the host of a package registry", () => {
  const host = /\b(registry|artifactory|nexus|packages?|mirrors?)\.[a-z0-9-]+\.(com|org|net|io|dev|jp)\b/i;
  const naming = tracked.filter(
    (file) => /\.(ts|mjs|cjs|json|md|npmrc|1)$|^\.|^scripts\//.test(file) && host.test(read(file)),
  );
  expect(naming).toEqual([]);
  expect(read("package-lock.json")).not.toMatch(/"resolved": "http/);
});
