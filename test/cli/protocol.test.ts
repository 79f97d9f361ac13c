import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { expect } from "vitest";
import { environment, program } from "./support/program.ts";
import { test } from "./support/test.ts";

const run = promisify(execFile);
const page = readFileSync(path.resolve(import.meta.dirname, "../../docs/protocol.md"), "utf8");
const steps = [...page.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, lines = ""]) => lines);

test("the steps of docs/protocol.md, line by line with curl and OpenSSL, log a card in, issue one ID, let a service read one thing, and log it out [row 154]", async ({
  home,
}) => {
  const bin = path.join(home, "bin");
  mkdirSync(bin);
  symlinkSync(program, path.join(bin, "mynakit"));
  const env = { ...environment(home), PATH: `${bin}:${process.env.PATH}` };
  const { stdout } = await run("sh", ["-euc", steps.join("\necho\n")], { cwd: home, env });
  expect(steps.length).toBe(8);
  expect(stdout).toContain("Verified OK");
  const answers = stdout.match(/\{.*?\}(?=\{|\n|$)/g)?.filter((line) => line.includes('"sandbox"')) ?? [];
  const bodies = answers.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(bodies).toMatchObject([
    { subject: expect.stringMatching(/^[0-9a-f]{32}$/), certificate: { revocation: "good" } },
    { created: true, mykeyId: expect.stringMatching(/^[A-HJ-NP-Z2-9]{8}$/) },
    bodies[1],
    { of: "vaccinations" },
    { reason: "scope-missing" },
    { reason: "session-expired" },
  ]);
});
