import { createHash, verify } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect } from "vitest";
import { recordOf } from "./support/cards.ts";
import { failed, failedInWords, plain, success } from "./support/documents.ts";
import type { Outcome } from "./support/program.ts";
import { test } from "./support/test.ts";

const text = "署名する文書\n";
const input = "TEST1234\n";
const words = "sign raw -r sim:standard --pin-stdin";

/** A file to be signed. */
function written(home: string, content: string | Uint8Array = text): string {
  const file = path.join(home, "report.txt");
  writeFileSync(file, content);
  return file;
}

type Mynakit = (words: string, options?: { input?: string }) => Promise<Outcome>;

/** The certificate of the key, in PEM. */
async function certificateOf(mynakit: Mynakit, key: "sign" | "auth"): Promise<string> {
  const outcome = await mynakit(`cert show ${key} -r sim:standard --pin-stdin --json`, { input });
  return success("cert show", outcome).data.certificate.pem;
}

describe("sign raw", () => {
  test.for(["sha256", "sha384", "sha512"])(
    "by %s is what the certificate's key verifies",
    async (hash, { home, mynakit }) => {
      const outcome = await mynakit(`${words} ${written(home)} --hash ${hash} --json`, { input });
      const { data, warnings } = success("sign raw", outcome);
      const pem = await certificateOf(mynakit, "sign");
      expect(verify(hash, Buffer.from(text), pem, Buffer.from(data.signature, "base64"))).toBe(true);
      const digest = createHash(hash).update(text).digest("hex").toUpperCase();
      expect(data.document).toEqual({ name: path.join(home, "report.txt"), size: 19, hash, digest });
      expect(data).toMatchObject({ key: "sign", pinSent: true, triesBefore: 5, triesAfter: 5 });
      expect(warnings).toEqual([]);
    },
  );

  test("with the authentication key says that this is no signed document", async ({ home, mynakit }) => {
    const outcome = await mynakit(`${words} ${written(home)} --key auth --json`, { input: "1234\n" });
    const { data, warnings } = success("sign raw", outcome);
    const pem = await certificateOf(mynakit, "auth");
    expect(verify("sha256", Buffer.from(text), pem, Buffer.from(data.signature, "base64"))).toBe(true);
    expect(warnings.map(({ code }) => code)).toEqual(["WARN_SIGN_AUTHENTICATION"]);
  });

  test("of a digest is that of the file", async ({ home, mynakit }) => {
    const digest = createHash("sha256").update(text).digest("hex");
    const file = await mynakit(`${words} ${written(home)}`, { input });
    const bare = await mynakit(`${words} --digest ${digest}`, { input });
    expect(bare.stdout).toMatch(/^[A-Za-z0-9+/]{342}==\n$/);
    expect(bare.stdout).toBe(file.stdout);
    expect(bare.stderr).toContain(digest.toUpperCase());
  });

  test("goes into a file whole, for its owner alone, and takes no other file's place unasked", async ({
    home,
    mynakit,
  }) => {
    const out = path.join(home, "report.sig");
    const command = `${words} ${written(home)} -o ${out}`;
    expect((await mynakit(`${command} --lang ja`, { input })).stdout).toContain("書き出しました");
    const signature = readFileSync(out);
    expect(verify("sha256", Buffer.from(text), await certificateOf(mynakit, "sign"), signature)).toBe(true);
    expect(statSync(out).mode & 0o777).toBe(0o600);
    writeFileSync(out, "precious");
    const before = recordOf(home, "standard", "sign").verifies;
    const { exit, pinSent } = failed(await mynakit(`${command} --json`, { input }), "ERR_IO_EXISTS");
    expect([exit, pinSent, readFileSync(out, "utf8")]).toEqual([11, false, "precious"]);
    expect(recordOf(home, "standard", "sign").verifies).toBe(before);
    await mynakit(`${command} --force`, { input });
    expect(readFileSync(out).equals(signature)).toBe(true);
    expect(readdirSync(home).filter((name) => name.includes("draft"))).toEqual([]);
  });

  test("goes through a pipe as bytes", async ({ home, mynakit }) => {
    const { stdoutBytes, stderr } = await mynakit(`${words} ${written(home)} --format binary`, { input });
    expect(stdoutBytes).toHaveLength(256);
    expect(plain(stderr)).toBe(true);
  });

  test("of standard input takes the password from elsewhere", async ({ home, mynakit }) => {
    const pinFile = path.join(home, "pin");
    writeFileSync(pinFile, input, { mode: 0o600 });
    const piped = await mynakit(`sign raw - -r sim:standard --pin-file ${pinFile}`, { input: text });
    const file = await mynakit(`${words} ${written(home)}`, { input });
    expect(piped.stdout).toBe(file.stdout);
    failed(await mynakit(`${words} - --json`, { input }), "ERR_USAGE_OPTION");
    failed(await mynakit("sign raw - -r sim:standard --json", { input: text }), "ERR_USAGE_INPUT_NEEDED");
  });

  test("shows what is to be signed before the password is asked for", async ({ home, terminal }) => {
    const file = written(home);
    const screen = terminal(`sign raw ${file} -r sim:standard`);
    await screen.sees("report.txt (19 bytes), SHA-256 ");
    await screen.sees("to sign");
    screen.type("TEST1234\r");
    expect(await screen.ended()).toBe(0);
  });

  test.for([
    ["neither a file nor a digest", ""],
    ["both", "report.txt --digest 00"],
    ["a digest of another length", `--digest ${"00".repeat(31)}`],
    ["no hexadecimal", `--digest ${"0g".repeat(32)}`],
    ["another hash", "report.txt --hash md5"],
    ["another key", "report.txt --key text"],
  ])("refuses %s before the card is touched", async ([, more], { home, mynakit }) => {
    const { exit } = failed(await mynakit(`${words} ${more} --json`, { input }), "ERR_USAGE_OPTION");
    expect([exit, existsSync(path.join(home, "sim"))]).toEqual([2, false]);
  });

  test("says what went wrong with the card, and what happened to the password", async ({ home, mynakit }) => {
    const file = written(home);
    const wrong = failed(await mynakit(`${words} ${file} --json`, { input: "WRONG123\n" }), "ERR_PIN_WRONG");
    expect(wrong).toMatchObject({ pinSent: true, triesBefore: 5, triesAfter: 4 });
    const expired = await mynakit(`sign raw ${file} -r sim:expired --pin-stdin --json`, { input });
    expect(failed(expired, "ERR_CERT_EXPIRED")).toMatchObject({ exit: 8, pinSent: true });
    const child = await mynakit(`sign raw ${file} -r sim:under-15 --pin-stdin --json`, { input });
    expect(failed(child, "ERR_CERT_ABSENT")).toMatchObject({ exit: 8, pinSent: false });
    failed(await mynakit(`${words} ${file}.missing --json`, { input }), "ERR_IO_READ");
    const nowhere = await mynakit(`${words} ${file} -o ${home}/missing/report.sig --json`, { input });
    expect(failed(nowhere, "ERR_IO_WRITE")).toMatchObject({ pinSent: false });
    failedInWords(await mynakit(`${words} ${file} -o ${file} --lang ja`, { input }), "ERR_USAGE_OPTION");
  });
});
