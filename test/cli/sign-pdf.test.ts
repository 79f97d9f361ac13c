import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect } from "vitest";
import { Bench, document } from "../pdf/support/samples.ts";
import { recordOf } from "./support/cards.ts";
import { failed, failedInWords, plain, success } from "./support/documents.ts";
import { test } from "./support/test.ts";

const bench = new Bench();
afterAll(() => bench.close());

const input = "TEST1234\n";
const card = "-r sim:standard --pin-stdin";
const original = { table: await document(false), streams: await document(true) };

const put = (home: string, content: Uint8Array, name = "report.pdf"): string => {
  const file = path.join(home, name);
  writeFileSync(file, content);
  return file;
};
const read = (file: string): Uint8Array => new Uint8Array(readFileSync(file));

describe("sign pdf", () => {
  test.for(["table", "streams"] as const)(
    "signs a file with %s by every hash, again and again; Poppler, qpdf and verify pdf agree",
    async (form, { home, mynakit }) => {
      const file = put(home, original[form]);
      let last = file;
      for (const [count, hash] of ["sha256", "sha384", "sha512"].entries()) {
        const outcome = await mynakit(`sign pdf ${last} --hash ${hash} ${card} --json`, { input });
        const { data, warnings } = success("sign pdf", outcome);
        expect(data).toMatchObject({ field: `Signature${count + 1}`, key: "sign", document: { name: last, hash } });
        expect(warnings.map(({ code }) => code)).toEqual(["WARN_SIGN_DISCLOSES"]);
        const [before, after] = [read(last), read(data.file ?? "")];
        expect(Buffer.compare(after.subarray(0, before.length), before)).toBe(0);
        last = data.file ?? "";
      }
      expect(last).toBe(path.join(home, "report.signed.signed.signed.pdf"));
      const said = bench.pdfsig(read(last));
      expect(said.match(/Signature is Valid/g)).toHaveLength(3);
      expect(bench.faults(read(last))).toBe("");
      const { data } = success("verify pdf", await mynakit(`verify pdf ${last} --simulated --json`));
      expect(data.verdict).toBe("incomplete");
      expect(data.signatures).toMatchObject([
        { field: "Signature1", hash: "sha256", coversFile: false, laterChanges: "signatures" },
        { field: "Signature2", hash: "sha384", coversFile: false, laterChanges: "signatures" },
        { field: "Signature3", hash: "sha512", coversFile: true, laterChanges: "none" },
      ]);
      expect(recordOf(home, "standard", "sign")).toMatchObject({ verifies: 3 });
    },
  );

  test("makes a CMS that OpenSSL verifies over the bytes of its range, without a time of its own", async ({
    home,
    mynakit,
  }) => {
    const file = put(home, original.table);
    const authority = path.join(home, "authority.pem");
    await mynakit(`cert show sign-ca -r sim:standard -o ${authority}`);
    await mynakit(`sign pdf ${file} -o ${home}/out.pdf ${card}`, { input });
    const signed = readFileSync(`${home}/out.pdf`);
    const [, start = 0, end = 0] = /\[0 +(\d+) +(\d+) +\d+\]/.exec(signed.toString("latin1"))?.map(Number) ?? [];
    writeFileSync(`${home}/content`, Buffer.concat([signed.subarray(0, start), signed.subarray(end)]));
    writeFileSync(`${home}/cms`, Buffer.from(signed.subarray(start + 1, end - 1).toString("latin1"), "hex"));
    const words = ["cms", "-verify", "-binary", "-cades", "-purpose", "any", "-inform", "DER", "-in", `${home}/cms`];
    const judged = spawnSync("openssl", [...words, "-content", `${home}/content`, "-CAfile", authority]);
    expect(judged.status).toBe(0);
    const shown = execFileSync("openssl", ["cms", "-cmsout", "-print", "-inform", "DER", "-in", `${home}/cms`]);
    expect(shown.toString()).toContain("signingCertificateV2");
    expect(shown.toString()).not.toContain("signingTime");
  });

  test("shows what it signs before it asks, and writes where it says", async ({ home, mynakit }) => {
    const file = put(home, original.table, "契約.PDF");
    const { stdout, stderr, code } = await mynakit(`sign pdf ${file} ${card} --lang ja`, { input });
    expect([code, stdout]).toEqual([0, `${path.join(home, "契約.signed.pdf")} に書き出しました\n`]);
    expect(stderr).toContain(`署名するもの: ${file}`);
    expect(stderr.match(/氏名・住所・生年月日・性別/g)).toHaveLength(1);
    expect(plain(stderr)).toBe(true);
  });

  test("draws a mark, and tells what it is to those who cannot see it", async ({ home, mynakit }) => {
    const file = put(home, original.table);
    const mark = "--visible 2:10,20.5,150,40 --reason 承認 --location 東京";
    const { data } = success("sign pdf", await mynakit(`sign pdf ${file} ${mark} ${card} --json`, { input }));
    expect(data.mark).toEqual({ page: 2, x: 10, y: 20.5, width: 150, height: 40 });
    const shown = execFileSync("pdftotext", ["-f", "2", "-l", "2", data.file ?? "", "-"], { encoding: "utf8" });
    expect(shown).toContain("Digitally signed");
    expect(shown).toMatch(/\d{4}-\d\d-\d\d \d\d:\d\d JST/);
    const verified = success("verify pdf", await mynakit(`verify pdf ${data.file} --simulated --json`));
    expect(verified.data.signatures).toMatchObject([{ reason: "承認", location: "東京" }]);
  });

  test("goes through pipes", async ({ home, mynakit }) => {
    const pin = path.join(home, "pin");
    writeFileSync(pin, input, { mode: 0o600 });
    const words = `sign pdf - -o - -r sim:standard --pin-file ${pin}`;
    const signed = await mynakit(words, { input: original.streams });
    expect(signed.code).toBe(0);
    const { code } = await mynakit("verify pdf - --simulated", { input: signed.stdoutBytes });
    expect(code).toBe(0);
  });

  test("gives the same file at the same time", async ({ home, mynakit }) => {
    const file = put(home, original.table);
    const env = { MYNAKIT_NOW: "2026-06-01T12:00:00Z" };
    const words = `sign pdf ${file} --force ${card} --json`;
    const one = success("sign pdf", await mynakit(words, { input, env })).data.file ?? "";
    const content = read(one);
    success("sign pdf", await mynakit(words, { input, env }));
    expect(Buffer.compare(read(one), content)).toBe(0);
    const { data } = success(
      "verify pdf",
      await mynakit(`verify pdf ${one} --simulated --at 2026-06-02T00:00:00Z --json`),
    );
    expect(data.signatures).toMatchObject([{ claimedTime: "2026-06-01T12:00:00.000Z" }]);
  });
});

describe("sign pdf sends no password", () => {
  test("for what it does not sign", async ({ home, mynakit }) => {
    await mynakit("sim show standard");
    const encrypted = bench.qpdf(original.table, "--encrypt", "", "owner", "256", "--");
    const file = put(home, original.table);
    const refused: [words: string, code: Parameters<typeof failed>[1]][] = [
      [put(home, encrypted, "encrypted.pdf"), "ERR_IO_PDF_REFUSED"],
      [put(home, Buffer.from("no PDF"), "text.pdf"), "ERR_IO_PDF"],
      [put(home, original.table.subarray(0, 700), "cut.pdf"), "ERR_IO_PDF"],
      [put(home, new Uint8Array(), "empty.pdf"), "ERR_IO_PDF"],
      [home, "ERR_IO_READ"],
      [`${file}.missing`, "ERR_IO_READ"],
      [`${file} -o ${file}`, "ERR_IO_EXISTS"],
      [`${file} --visible 4:0,0,50,50`, "ERR_USAGE_OPTION"],
      [`${file} --visible 1:0,0,301,50`, "ERR_USAGE_OPTION"],
      [`${file} --visible 1:0,0,9,50`, "ERR_USAGE_OPTION"],
      [`${file} --visible somewhere`, "ERR_USAGE_OPTION"],
      [`${file} --hash md5`, "ERR_USAGE_OPTION"],
    ];
    for (const [words, code] of refused) {
      expect(failed(await mynakit(`sign pdf ${words} ${card} --json`, { input }), code).pinSent).toBe(false);
    }
    failedInWords(await mynakit(`sign pdf ${put(home, encrypted)} ${card} --lang ja`, { input }), "ERR_IO_PDF_REFUSED");
    expect(recordOf(home, "standard", "sign")).toMatchObject({ verifies: 0 });
  });

  test("where nothing could be signed with it", async ({ home, mynakit }) => {
    const file = put(home, original.table);
    failed(await mynakit(`sign pdf ${file} -r sim:under-15 --pin-stdin --json`, { input }), "ERR_CERT_ABSENT");
    const wrong = failed(await mynakit(`sign pdf ${file} ${card} --json`, { input: "WRONG123\n" }), "ERR_PIN_WRONG");
    expect(wrong).toMatchObject({ pinSent: true, triesBefore: 5, triesAfter: 4 });
  });
});
