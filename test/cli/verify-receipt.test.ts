import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { CompactSign, exportJWK, generateKeyPair } from "jose";
import { describe, expect } from "vitest";
import type { DataOf } from "../../src/commands/results.ts";
import { canonicalJson } from "../../src/portal/procedures/wire.ts";
import { now, signedData, signerWorkshop } from "../jpki/support/signers.ts";
import { answer, failed, success } from "./support/documents.ts";
import type { Outcome } from "./support/program.ts";
import { type Fixtures, test } from "./support/test.ts";

const apply = "portal procedures apply 131105-moving-out --set movingDay=2026-12-01 --set newAddress=Osaka --yes";

interface Kept {
  type: string;
  application: string;
  signature: string;
  receipt: string;
}

/** What is kept of an application of a card's holder, who logs in first. */
async function receiptOf({ mynakit, home }: Pick<Fixtures, "mynakit" | "home">, card: string): Promise<Kept> {
  const env = { MYNAKIT_READER: `sim:${card}` };
  success("portal login", await mynakit("portal login --pin-stdin --json", { env, input: "1234\n" }));
  const file = path.join(home, "receipt.json");
  const words = `${apply} --set phone=0312345678 -o ${file} --force --pin-stdin --json`;
  success("portal procedures apply", await mynakit(words, { env, input: "5678\nTEST1234\n" }));
  return JSON.parse(readFileSync(file, "utf8"));
}

const write = (home: string, name: string, content: unknown): string => {
  const file = path.join(home, name);
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
};

function verified(outcome: Outcome): { data: DataOf<"verify receipt">; failures: string[] } {
  const { data } = answer("verify receipt", outcome);
  expect(outcome.code).toBe(data.valid ? 0 : 1);
  return { data, failures: data.checks.flatMap(({ name, result }) => (result === "failed" ? [name] : [])) };
}

/** A platform's receipt, signed with a key of the test's, and the key. */
async function ownReceipt(application: string, signature: Uint8Array, iss: string) {
  const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
  const sha256 = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest("hex");
  const claims = {
    type: "mynakit.receipt/1",
    iss,
    sandbox: true,
    id: "0011223344556677",
    receivedAt: now.toISOString(),
    applicationSha256: sha256(application),
    signatureSha256: sha256(signature),
    attachments: [],
  };
  const receipt = await new CompactSign(Buffer.from(JSON.stringify(claims)))
    .setProtectedHeader({ alg: "ES256", kid: "1" })
    .sign(privateKey);
  const keys = [{ ...(await exportJWK(publicKey)), kid: "1", alg: "ES256" }];
  const kept = { type: "mynakit.receipt-file/1", application, signature: Buffer.from(signature).toString("base64") };
  return { kept: { ...kept, receipt }, jwks: { keys } };
}

describe("verify receipt", () => {
  test("says no, with exit code 1 and the reason, to whatever was altered or put together", async ({
    mynakit,
    home,
  }) => {
    const own = await receiptOf({ mynakit, home }, "standard");
    const next = await receiptOf({ mynakit, home }, "standard");
    const others = await receiptOf({ mynakit, home }, "foreign-resident");
    const changed = (change: object): string => canonicalJson({ ...JSON.parse(own.application), ...change });
    const [header, payload = "", signature] = own.receipt.split(".");
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString());
    const forged = Buffer.from(JSON.stringify({ ...claims, id: "0000000000000000" })).toString("base64url");
    const proof = [{ name: "proof", mediaType: "application/pdf", size: 1, sha256: "00".repeat(32) }];
    const attacks: readonly (readonly [attack: Partial<Kept>, failures: readonly string[]])[] = [
      [{}, []],
      [{ application: changed({ procedure: "131105-benefit" }) }, ["application", "applicant-signature"]],
      [{ application: changed({ fields: { newAddress: "Kyoto" } }) }, ["application", "applicant-signature"]],
      [{ application: changed({ attachments: proof }) }, ["application", "applicant-signature"]],
      [{ application: changed({ platform: "https://x" }) }, ["platform", "application", "applicant-signature"]],
      [{ application: "no application" }, ["platform", "application", "applicant-signature"]],
      [{ signature: next.signature }, ["signature", "applicant-signature"]],
      [{ signature: others.signature }, ["signature", "applicant-signature"]],
      [{ signature: "" }, ["signature", "applicant-signature"]],
      [{ receipt: next.receipt }, ["application", "signature"]],
      [{ receipt: [header, forged, signature].join(".") }, ["platform-signature"]],
    ];
    for (const [attack, failures] of attacks) {
      const file = write(home, "attacked.json", { ...own, ...attack });
      const outcome = verified(await mynakit(["verify", "receipt", file, "--json"]));
      expect(outcome.failures, JSON.stringify(attack)).toEqual(failures);
    }
    const { jwks } = await ownReceipt("", new Uint8Array(), "");
    const file = write(home, "own.json", own);
    const stranger = await mynakit(["verify", "receipt", file, "--jwks", write(home, "jwks.json", jwks), "--json"]);
    expect(verified(stranger)).toMatchObject({ data: { valid: false, id: null }, failures: ["platform-signature"] });
    const note = path.join(home, "note.txt");
    writeFileSync(note, "hi\n");
    for (const [other, problem] of [
      [path.join(home, "jwks.json"), "it is no receipt"],
      [note, "it is not JSON"],
    ] as const) {
      const error = failed(await mynakit(["verify", "receipt", other, "--json"]), "ERR_VERIFY_MALFORMED");
      expect(error.details.problem).toBe(problem);
    }
  });

  test("holds a signature that verify cms checks, too", async ({ mynakit, home }) => {
    const { application, signature } = await receiptOf({ mynakit, home }, "standard");
    const signed = path.join(home, "signature.p7s");
    writeFileSync(signed, Buffer.from(signature, "base64"));
    const content = write(home, "application.json", application);
    const words = ["verify", "cms", signed, "--simulated", "--json", "--content"];
    expect((await mynakit([...words, content])).code).toBe(0);
    const altered = write(home, "altered.json", application.replace("Osaka", "Kyoto"));
    const outcome = await mynakit([...words, altered]);
    expect([outcome.code, answer("verify cms", outcome).data.verdict]).toEqual([1, "failed"]);
  });

  test("takes the applicant's certificate by the authority that is named, and by no other", async ({
    mynakit,
    home,
    onTestFinished,
  }) => {
    const openssl = signerWorkshop();
    onTestFinished(() => openssl.close());
    const platform = "https://platform.example";
    const application = canonicalJson({ platform });
    const signature = await signedData(openssl, { content: Buffer.from(application) });
    const verify = async (iss: string, ...more: string[]) => {
      const { kept, jwks } = await ownReceipt(application, signature, iss);
      const files = [write(home, "kept.json", kept), "--jwks", write(home, "keys.json", jwks)];
      return verified(await mynakit(["verify", "receipt", ...files, "--json", ...more])).failures;
    };
    const named = ["--ca", openssl.file("authority.pem")];
    expect(await verify(platform, ...named)).toEqual([]);
    expect(await verify(platform)).toEqual(["applicant-signature"]);
    expect(await verify(platform, "--ca", openssl.file("namesake.pem"))).toEqual(["applicant-signature"]);
    expect(await verify("https://elsewhere.example", ...named)).toEqual(["platform"]);
  });
});
