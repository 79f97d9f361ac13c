import { spawnSync } from "node:child_process";
import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect } from "vitest";
import { answer, failed, plain, success } from "./support/documents.ts";
import type { Fixtures } from "./support/test.ts";
import { test } from "./support/test.ts";

const text = "署名する文書\n";
const input = "TEST1234\n";

interface Folder extends Pick<Fixtures, "mynakit"> {
  readonly home: string;
}

/** A folder with a file to sign, and the certificate of the simulated authority. */
async function prepare({ home, mynakit }: Folder) {
  const file = path.join(home, "report.txt");
  const authority = path.join(home, "authority.pem");
  writeFileSync(file, text);
  await mynakit(`cert show sign-ca -r sim:standard -o ${authority}`);
  const openssl = (...words: string[]) =>
    spawnSync("openssl", ["cms", "-verify", "-binary", "-cades", "-purpose", "any", "-CAfile", authority, ...words]);
  return { file, openssl };
}

describe("sign cms", () => {
  test.for(
    ["sha256", "sha384", "sha512"].flatMap((hash) =>
      ["der", "pem"].flatMap((format) => ["--detached", "--attached"].map((form) => ({ hash, format, form }))),
    ),
  )(
    "by $hash in $format, $form, is good for OpenSSL and for verify cms",
    async ({ hash, format, form }, { home, mynakit }) => {
      const { file, openssl } = await prepare({ home, mynakit });
      const words = `sign cms ${file} ${form} --hash ${hash} --format ${format} -r sim:standard --pin-stdin --json`;
      const { data, warnings } = success("sign cms", await mynakit(words, { input }));
      const detached = form === "--detached";
      const signature = `${file}.${detached ? "p7s" : "p7m"}`;
      expect(data).toMatchObject({ file: signature, detached, format, document: { name: file, size: 19, hash } });
      expect(warnings.map(({ code }) => code)).toEqual(["WARN_SIGN_DISCLOSES"]);
      const content = detached ? ["-content", file] : [];
      const judged = openssl("-inform", format, "-in", signature, ...content);
      expect([judged.status, judged.stdout.toString()]).toEqual([0, text]);
      const given = detached ? ` --content ${file}` : "";
      const outcome = await mynakit(`verify cms ${signature}${given} --simulated --json`);
      const { data: verified } = success("verify cms", outcome);
      expect(verified).toMatchObject({ verdict: "incomplete", detached });
      expect(verified.signers[0]).toMatchObject({
        hash,
        claimedTime: expect.any(String),
        authority: { source: "simulated" },
      });
    },
  );

  test("refuses before the PIN what can be no output, and never replaces the document", async ({ home, mynakit }) => {
    const { file } = await prepare({ home, mynakit });
    symlinkSync(path.join(home, "nowhere"), path.join(home, "link"));
    const cases = [
      [file, "--force", "ERR_USAGE_OPTION"],
      [`${home}/../${path.basename(home)}/report.txt`, "--force", "ERR_USAGE_OPTION"],
      [home, "--force", "ERR_IO_WRITE"],
      [`${file}/signature`, "", "ERR_IO_WRITE"],
      [`${home}/none/signature`, "", "ERR_IO_WRITE"],
      [`${home}/link`, "", "ERR_IO_EXISTS"],
    ] as const;
    for (const [output, force, code] of cases) {
      for (const form of ["cms", "raw", "jws"]) {
        const words = `sign ${form} ${file} -o ${output} ${force} -r sim:standard --pin-stdin --json`;
        expect(failed(await mynakit(words, { input }), code).pinSent).toBe(false);
      }
    }
    expect(readFileSync(file, "utf8")).toBe(text);
    for (const [language, own, folder, absent] of [
      ["en", "would take its place", "Give the name of a file in it", "Make the folder first"],
      ["ja", "署名で上書きされてしまう", "その中のファイルの名前", "先にフォルダーを作る"],
    ]) {
      const told = async (output: string) =>
        (
          await mynakit(`sign cms ${file} -o ${output} --force -r sim:standard --pin-stdin --lang ${language}`, {
            input,
          })
        ).stderr;
      expect(await told(file)).toContain(own);
      expect(await told(home)).toContain(folder);
      expect(await told(`${home}/none/signature`)).toContain(absent);
    }
  });

  test("is detached where nobody says otherwise, as with OpenSSL, and takes no other file's place", async ({
    home,
    mynakit,
  }) => {
    const { file } = await prepare({ home, mynakit });
    const words = `sign cms ${file} -r sim:standard --pin-stdin`;
    const { stdout, stderr } = await mynakit(words, { input });
    expect(stdout).toBe(`Written to ${file}.p7s\n`);
    expect(stderr.match(/name, address, birth date and sex/g)).toHaveLength(1);
    const signature = readFileSync(`${file}.p7s`);
    expect(signature.includes(text)).toBe(false);
    failed(await mynakit(`${words} --json`, { input }), "ERR_IO_EXISTS");
    failed(await mynakit(`${words} --attached --detached --json`, { input }), "ERR_USAGE_OPTION");
  });

  test("goes to standard output where that is asked for", async ({ home, mynakit }) => {
    const { file, openssl } = await prepare({ home, mynakit });
    const { stdout, stderr } = await mynakit(
      `sign cms ${file} --attached --format pem -o - -r sim:standard --pin-stdin --lang ja`,
      { input },
    );
    expect(stdout).toMatch(/^-----BEGIN CMS-----\n[\s\S]*-----END CMS-----\n$/);
    expect(plain(stderr)).toBe(true);
    writeFileSync(`${file}.pem`, stdout);
    expect(openssl("-inform", "PEM", "-in", `${file}.pem`).stdout.toString()).toBe(text);
  });

  test("of a large file does not take it into memory, unless that is what is asked for", async ({ home, mynakit }) => {
    const large = path.join(home, "large");
    spawnSync("truncate", ["-s", "300M", large]);
    const limited = { input, under: ["prlimit", "--data=250000000"] };
    const signed = await mynakit(`sign cms ${large} -r sim:standard --pin-stdin --json`, limited);
    expect(success("sign cms", signed).data.document.size).toBe(300 * 1024 * 1024);
    const verified = await mynakit(`verify cms ${large}.p7s --simulated --content ${large} --json`, limited);
    expect(answer("verify cms", verified).data.verdict).toBe("incomplete");
    const attached = failed(
      await mynakit(`sign cms ${large} --attached -r sim:standard --pin-stdin --json`, { input }),
      "ERR_IO_READ",
    );
    expect(attached.pinSent).toBe(false);
    for (const [language, told] of [
      ["en", "At most 64 MiB are read here. mynakit sign cms --detached"],
      ["ja", "64 MiB までです。mynakit sign cms --detached"],
    ]) {
      const words = `sign cms ${large} --attached -r sim:standard --pin-stdin --lang ${language}`;
      expect((await mynakit(words, { input })).stderr).toContain(told);
    }
  });
});
