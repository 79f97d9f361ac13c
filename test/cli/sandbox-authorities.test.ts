import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, expect } from "vitest";
import { simAuthorities } from "../../src/login/sim-authorities.ts";
import { authorityKeys } from "../../src/simulator/keys.ts";
import { authorityName, extensions, Workshop } from "../jpki/support/openssl.ts";
import { codeOf } from "./support/device.ts";
import { failed, failedInWords, success } from "./support/documents.ts";
import { type Fixtures, test } from "./support/test.ts";

const workshop = new Workshop();
afterAll(() => workshop.close());
workshop.key("ca");
workshop.certificate("authority", { key: "ca", subject: authorityName, extensions: extensions.authority });
workshop.list("empty", { issuer: "authority" });

const login = "portal login --pin-stdin -r sim:standard --json";
const pin = { input: "1234\n" };

test("sandbox start --ca takes the cards of that authority alone, and its list with --crl", async ({
  mynakit,
  start,
}) => {
  const files = ["--ca", workshop.file("authority.pem"), "--crl", workshop.file("empty.crl")];
  const sandbox = start(["sandbox", "start", "--port", "0", ...files]);
  const there = `--platform ${await sandbox.line()}`;
  failed(await mynakit(`${login} ${there}`, pin), "ERR_CERT_UNTRUSTED");
  failedInWords(await mynakit(`${login.replace("--json", "--lang ja")} ${there}`, pin), "ERR_CERT_UNTRUSTED");
});

test("sandbox start --ca with the authority of the simulated cards takes them", async ({ home, mynakit, start }) => {
  const { data } = success("cert show", await mynakit("cert show auth-ca -r sim:standard --json"));
  const file = path.join(home, "authority.pem");
  writeFileSync(file, String(data.certificate.pem));
  const sandbox = start(["sandbox", "start", "--port", "0", "--ca", file]);
  success("portal login", await mynakit(`${login} --platform ${await sandbox.line()}`, pin));
});

/** A file with the list of the authority of one of a simulated card's certificates, which revokes that one. */
async function revoking(mynakit: Fixtures["mynakit"], kind: "auth" | "sign"): Promise<string> {
  const shown = await mynakit(`cert show ${kind} -r sim:standard --pin-stdin --json`, { input: "TEST1234\n" });
  const { certificate } = success("cert show", shown).data;
  writeFileSync(workshop.file("simulated.key"), authorityKeys[kind][2023]);
  writeFileSync(workshop.file("simulated.pem"), simAuthorities[kind][2023]);
  writeFileSync(workshop.file("simulated.holder"), "simulated");
  const serial = BigInt(certificate.serialNumber).toString(16).toUpperCase();
  const revoked = [[serial, "261101000000Z", "keyCompromise"]] as const;
  workshop.list(`revoked-${kind}`, { issuer: "simulated", revoked, from: "20200101000000Z", to: "20400101000000Z" });
  return workshop.file(`revoked-${kind}.crl`);
}

test("a simulated card that its authority revoked is refused at login, in both languages, and as JSON with exit code 8", async ({
  mynakit,
  start,
}) => {
  const sandbox = start(["sandbox", "start", "--port", "0", "--crl", await revoking(mynakit, "auth")]);
  const there = `--platform ${await sandbox.line()}`;
  const error = failed(await mynakit(`${login} ${there}`, pin), "ERR_CERT_REVOKED");
  expect(error).toMatchObject({ exit: 8, pinSent: true });
  for (const language of ["ja", "en"]) {
    failedInWords(await mynakit(`${login.replace("--json", `--lang ${language}`)} ${there}`, pin), "ERR_CERT_REVOKED");
  }
});

test("such a card lets no other device in, and the device goes on waiting", async ({ mynakit, start }) => {
  const sandbox = start(["sandbox", "start", "--port", "0", "--crl", await revoking(mynakit, "auth")]);
  const there = `--platform ${await sandbox.line()}`;
  const device = start(`portal login --qr --json ${there}`);
  const words = `portal approve ${await codeOf(device)} --yes --pin-stdin -r sim:standard --json ${there}`;
  expect(failed(await mynakit(words, pin), "ERR_CERT_REVOKED")).toMatchObject({ exit: 8, pinSent: true });
  expect((await device.stop("SIGINT")).code).toBe(130);
});

test("a card whose signing certificate was revoked logs in, and nothing is received that it signs", async ({
  mynakit,
  start,
}) => {
  const sandbox = start(["sandbox", "start", "--port", "0", "--crl", await revoking(mynakit, "sign")]);
  const there = `--platform ${await sandbox.line()}`;
  success("portal login", await mynakit(`${login} ${there}`, pin));
  const set = "--set movingDay=2026-12-01 --set newAddress=Osaka --set phone=0312345678";
  const apply = `portal procedures apply 131105-moving-out ${set} --yes --pin-stdin -r sim:standard ${there}`;
  const pins = { input: "5678\nTEST1234\n" };
  const error = failed(await mynakit(`${apply} --json`, pins), "ERR_PLATFORM_REFUSED");
  expect(error).toMatchObject({ pinSent: true, details: { reason: "signer-revoked" } });
  const words = failedInWords(await mynakit(`${apply} --lang ja`, pins), "ERR_PLATFORM_REFUSED");
  expect(words).toContain("署名用電子証明書が失効しています");
  const followed = await mynakit(`portal applications --json ${there}`);
  expect(success("portal applications", followed).data.applications).toEqual([]);
});

test("sandbox start does not start with authorities or lists of no use", async ({ home, mynakit }) => {
  const garbage = path.join(home, "garbage");
  writeFileSync(garbage, "garbage");
  const starting = (...words: string[]) => mynakit(["sandbox", "start", "--port", "0", "--json", ...words]);
  failed(await starting("--ca", garbage), "ERR_CERT_MALFORMED");
  failed(await starting("--ca", `${garbage}.missing`), "ERR_IO_READ");
  failed(await starting("--crl", garbage), "ERR_CERT_LIST");
  failed(await starting("--crl", `${garbage}.missing`), "ERR_IO_READ");
  const error = failed(await starting("--crl", workshop.file("empty.crl")), "ERR_CERT_LIST");
  expect(error.details).toMatchObject({ problem: expect.stringContaining("no authority") });
});
