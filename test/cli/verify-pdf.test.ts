import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect } from "vitest";
import { document } from "../pdf/support/samples.ts";
import { answer, failed, failedInWords, plain } from "./support/documents.ts";
import { type Fixtures, test } from "./support/test.ts";

const original = await document(false);

const put = (home: string, content: Uint8Array): string => {
  const file = path.join(home, "report.pdf");
  writeFileSync(file, content);
  return file;
};

describe("verify pdf", () => {
  const signed = async ({ home, mynakit }: Pick<Fixtures, "home" | "mynakit">): Promise<string> => {
    const words = `sign pdf ${put(home, original)} -o ${home}/signed.pdf -r sim:standard --pin-stdin`;
    await mynakit(words, { input: "TEST1234\n" });
    return `${home}/signed.pdf`;
  };

  test("says no to a changed file, in both languages and in JSON", async ({ home, mynakit }) => {
    const file = await signed({ home, mynakit });
    const content = readFileSync(file, "latin1").replace("/MediaBox", "/MediaBoz");
    writeFileSync(file, content, "latin1");
    const outcome = await mynakit(`verify pdf ${file} --simulated --json`);
    expect(outcome.code).toBe(1);
    const { data } = answer("verify pdf", outcome);
    expect(data.verdict).toBe("failed");
    expect(data.signatures[0]?.checks.filter(({ result }) => result === "failed")).toEqual([
      { name: "content", result: "failed", detail: "content-differs" },
    ]);
    expect((await mynakit(`verify pdf ${file} --simulated --lang en`)).stdout).toMatch(/Content +failed/);
    expect((await mynakit(`verify pdf ${file} --simulated --lang ja`)).stdout).toMatch(/正しい署名と認められません/);
  });

  test("says no to a file with something behind it", async ({ home, mynakit }) => {
    const file = await signed({ home, mynakit });
    writeFileSync(file, Buffer.concat([readFileSync(file), Buffer.from("% more\n")]));
    const outcome = await mynakit(`verify pdf ${file} --simulated --json`);
    expect(outcome.code).toBe(1);
    expect(answer("verify pdf", outcome).data.signatures).toMatchObject([{ coversFile: false, verdict: "failed" }]);
  });

  test("says no to a file without a signature", async ({ home, mynakit }) => {
    const file = put(home, original);
    expect(failed(await mynakit(`verify pdf ${file} --json`), "ERR_VERIFY_UNSIGNED").exit).toBe(1);
    expect(failedInWords(await mynakit(`verify pdf ${file} --lang ja`), "ERR_VERIFY_UNSIGNED")).toContain(file);
    const text = `verify pdf ${put(home, Buffer.from("text"))}`;
    expect(failed(await mynakit(`${text} --json`), "ERR_VERIFY_MALFORMED").exit).toBe(1);
    expect(failedInWords(await mynakit(`${text} --lang en`), "ERR_VERIFY_MALFORMED")).toContain("as a PDF");
    expect(failedInWords(await mynakit(`${text} --lang ja`), "ERR_VERIFY_MALFORMED")).toContain(
      "PDF として読み取れません",
    );
  });

  test("takes a simulated authority for one, also where it is named", async ({ home, mynakit }) => {
    const file = await signed({ home, mynakit });
    for (const kind of ["sign-ca", "auth-ca"]) await mynakit(`cert show ${kind} -r sim:standard -o ${home}/${kind}`);
    const named = await mynakit(`verify pdf ${file} --ca ${home}/sign-ca --json`);
    expect(named.code).toBe(1);
    expect(answer("verify pdf", named).data.signatures).toMatchObject([{ authority: { source: "simulated" } }]);
    expect((await mynakit(`verify pdf ${file} --ca ${home}/auth-ca`)).code).toBe(1);
  });

  test("says once that it is a simulated card's, and what the law says about others", async ({ home, mynakit }) => {
    const file = await signed({ home, mynakit });
    const { stderr, stdout } = await mynakit(`verify pdf ${file} --simulated --lang ja`);
    expect(stderr.match(/模擬カードの署名です/g)).toHaveLength(1);
    expect(stderr.match(/公的個人認証法第 17 条/g)).toHaveLength(1);
    expect(stdout).toContain("見本　太郎");
    expect(plain(stdout)).toBe(true);
  });

  test("says no for a time at which the certificate was not valid", async ({ home, mynakit }) => {
    const file = await signed({ home, mynakit });
    expect((await mynakit(`verify pdf ${file} --simulated --at 2045-01-01T00:00:00Z`)).code).toBe(1);
    failed(await mynakit(`verify pdf ${file} --at yesterday --json`), "ERR_USAGE_OPTION");
  });
});
