import { writeFileSync } from "node:fs";
import path from "node:path";
import { compactVerify, importX509 } from "jose";
import { describe, expect } from "vitest";
import { answer, failed, failedInWords, success } from "./support/documents.ts";
import type { Outcome } from "./support/program.ts";
import { test } from "./support/test.ts";

const text = '{"署名する":"内容"}';
const passwords = { sign: "TEST1234\n", auth: "1234\n" } as const;

function written(home: string): string {
  const file = path.join(home, "claims.json");
  writeFileSync(file, text);
  return file;
}

describe("sign jws", () => {
  test.for([
    ["sign", "RS256", "sha256", "WARN_SIGN_DISCLOSES"],
    ["sign", "RS384", "sha384", "WARN_SIGN_DISCLOSES"],
    ["sign", "RS512", "sha512", "WARN_SIGN_DISCLOSES"],
    ["auth", "RS256", "sha256", "WARN_SIGN_AUTHENTICATION"],
  ] as const)(
    "with the key %s by %s is good for a JOSE library and for verify jws",
    async ([key, algorithm, hash, warning], { home, mynakit }) => {
      const file = written(home);
      const words = `sign jws ${file} --key ${key} --hash ${hash} -r sim:standard --pin-stdin --json`;
      const { data, warnings } = success("sign jws", await mynakit(words, { input: passwords[key] }));
      expect(data).toMatchObject({ key, algorithm, detached: false, pinSent: true });
      expect(warnings.map(({ code }) => code)).toEqual([warning]);
      const shown = await mynakit(`cert show ${key} -r sim:standard --pin-stdin --json`, { input: passwords[key] });
      const { certificate } = success("cert show", shown).data;
      const { payload } = await compactVerify(data.jws ?? "", await importX509(certificate.pem, algorithm));
      expect(Buffer.from(payload).toString()).toBe(text);
      const outcome = await mynakit("verify jws - --simulated --json", { input: `${data.jws}\n` });
      const verified = success("verify jws", outcome);
      expect(verified.data).toMatchObject({ verdict: "incomplete", signers: [{ hash, certificate: { kind: key } }] });
      expect(verified.warnings.map(({ code }) => code)).toContain("WARN_SIGNATURE_SIMULATED");
    },
  );

  test("leaves the content out where that is asked for, and is good with it alone", async ({ home, mynakit }) => {
    const file = written(home);
    const out = path.join(home, "claims.jws");
    const words = `sign jws ${file} --detached -o ${out} -r sim:standard --pin-stdin`;
    expect((await mynakit(words, { input: passwords.sign })).stdout).toBe(`Written to ${out}\n`);
    const { data } = success("verify jws", await mynakit(`verify jws ${out} --simulated --content ${file} --json`));
    expect(data).toMatchObject({ verdict: "incomplete", detached: true, content: file });
    const alone = await mynakit(`verify jws ${out} --simulated --json`);
    expect([alone.code, answer("verify jws", alone).data.verdict]).toEqual([1, "failed"]);
    const remarks = (outcome: Outcome) =>
      answer("verify jws", outcome).data.signers[0]?.checks.filter(({ name }) =>
        ["content", "signature"].includes(name),
      );
    expect(remarks(alone)).toEqual([
      { name: "content", result: "failed", detail: "content-missing" },
      { name: "signature", result: "not-checked", detail: "content-missing" },
    ]);
    const other = path.join(home, "other.json");
    writeFileSync(other, "{}");
    const unfit = `verify jws ${out} --simulated --content ${other}`;
    expect(remarks(await mynakit(`${unfit} --json`))).toEqual([
      { name: "content", result: "not-checked", detail: "signature-unfit" },
      { name: "signature", result: "failed", detail: "signature-unfit" },
    ]);
    expect((await mynakit(`${unfit} --lang en`)).stdout).toContain("it does not fit this content");
    expect((await mynakit(`${unfit} --lang ja`)).stdout).toContain("指定された内容に対する署名ではないか");
    const expired = await mynakit(`verify jws ${out} --simulated --content ${file} --at 2099-01-01T00:00:00Z --json`);
    expect(answer("verify jws", expired).data.verdict).toBe("failed");
    expect(expired.code).toBe(1);
    failed(await mynakit(`${words} --json`, { input: passwords.sign }), "ERR_IO_EXISTS");
  });

  test("prints the JWS and nothing else, and what is no JWS is refused in words", async ({ home, mynakit }) => {
    const file = written(home);
    const { stdout } = await mynakit(`sign jws ${file} -r sim:standard --pin-stdin`, { input: passwords.sign });
    expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    expect(failedInWords(await mynakit(`verify jws ${file} --lang ja`), "ERR_VERIFY_MALFORMED")).toContain("JWS");
    expect(failed(await mynakit(`verify jws ${file} --json`), "ERR_VERIFY_MALFORMED").exit).toBe(1);
  });
});
