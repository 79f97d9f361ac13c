import { writeFileSync } from "node:fs";
import { describe, expect } from "vitest";
import { failed } from "./support/documents.ts";
import { test } from "./support/test.ts";

/** Commands to a terminal in one byte and in two, the end of a line, and a turn of the direction of writing. */
const evil = "\u001bcowned\u009b\u202e";
const misleading = /[^\P{Cc}\n]|[\u2028\u202a-\u202e\u2066-\u2069]/u;

describe("what a file says of itself obeys nobody", () => {
  const jws = (home: string): string => {
    const file = `${home}/evil.jws`;
    writeFileSync(file, `${Buffer.from(`{"alg":${evil}}`).toString("base64url")}.YQ.YQ`);
    return file;
  };

  test("in words, with every detail of why", async ({ home, mynakit }) => {
    const { stdout, stderr } = await mynakit(`verify jws ${jws(home)} --verbose`);
    expect(stderr).toContain("owned");
    expect(`${stdout}${stderr}`).not.toMatch(misleading);
  });

  test("in JSON, which means what it said", async ({ home, mynakit }) => {
    const outcome = await mynakit(`verify jws ${jws(home)} --json`);
    expect(outcome.stdout).not.toMatch(misleading);
    expect(JSON.stringify(failed(outcome, "ERR_VERIFY_MALFORMED").details)).toContain("\u202e");
  });

  test("nor does its name", async ({ home, mynakit }) => {
    const file = `${home}/${"\u001bc\u202e"}fdp.exe`;
    writeFileSync(file, "text");
    const words = `sign cms ${file} -o ${home}/out -r sim:standard --pin-stdin`;
    const { code, stdout, stderr } = await mynakit(words, { input: "TEST1234\n" });
    expect(code).toBe(0);
    expect(`${stdout}${stderr}`).toContain("fdp.exe");
    expect(`${stdout}${stderr}`).not.toMatch(misleading);
  });
});
