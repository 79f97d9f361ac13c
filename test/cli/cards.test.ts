import { X509Certificate } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { describe, expect } from "vitest";
import { pinReferences } from "../../src/jpki/applications.ts";
import { recordOf, setFaults } from "./support/cards.ts";
import { failed, failedInWords, plain, success } from "./support/documents.ts";
import { test } from "./support/test.ts";

const holdsJpki = [
  "standard",
  "auth-two-tries",
  "auth-last-try",
  "auth-locked",
  "no-auth-cert",
  "expired",
  "not-yet-valid",
];
const oddJpki = ["renewed-today", "under-15", "counter-unreadable", "cert-cut-short", "cert-garbage", "short-only"];

describe("card status", () => {
  test.for([...holdsJpki, ...oddJpki])(
    "says what the card %s is, in both forms and languages",
    async (profile, { mynakit }) => {
      const { data } = success("card status", await mynakit(`card status -r sim:${profile} --json`));
      expect(data).toMatchObject({ reader: `sim:${profile}`, kind: "my-number-card", token: "JPKIAPICCTOKEN2" });
      expect(data.applications.filter(({ present }) => present)).toHaveLength(5);
      expect(data.pins.map(({ id }) => id)).toEqual(pinReferences.map(({ id }) => id));
      for (const [language, heading] of [
        ["en", "Tries left"],
        ["ja", "残り回数"],
      ]) {
        const { code, stdout, stderr } = await mynakit(`card status -r sim:${profile} --lang ${language}`);
        expect(code).toBe(0);
        expect(stdout).toContain(heading);
        expect(stdout).not.toMatch(/undefined|null|\[object/);
        expect(plain(stdout + stderr)).toBe(true);
      }
    },
  );

  const valid = { present: true, state: "valid" };
  const absent = { present: false, notAfter: null, state: "absent" };
  const yes = { ok: true, reason: null };
  const no = (reason: string) => ({ ok: false, reason });

  test.for([
    ["standard", valid, yes, yes],
    ["auth-two-tries", valid, yes, yes],
    ["auth-last-try", valid, no("pin-last-try"), no("pin-last-try")],
    ["auth-locked", valid, no("pin-locked"), no("pin-locked")],
    ["no-auth-cert", absent, no("certificate-absent"), no("certificate-absent")],
    ["expired", { present: true, state: "expired" }, no("certificate-expired"), no("certificate-expired")],
    ["not-yet-valid", { state: "not-yet-valid" }, no("certificate-not-yet-valid"), no("certificate-not-yet-valid")],
    ["renewed-today", valid, yes, no("certificate-too-new")],
    ["under-15", valid, yes, yes],
    ["counter-unreadable", valid, no("pin-unknown"), no("pin-unknown")],
    ["cert-cut-short", { present: true, state: "malformed" }, no("certificate-malformed"), no("certificate-malformed")],
    ["cert-garbage", { present: true, state: "malformed" }, no("certificate-malformed"), no("certificate-malformed")],
    ["short-only", valid, yes, yes],
    ["android-token", { present: true, state: "unreadable" }, no("phone-unsupported"), no("phone-unsupported")],
  ] as const)("says of %s what it can be used for", async ([profile, auth, login, reservation], { mynakit }) => {
    const { data } = success("card status", await mynakit(`card status -r sim:${profile} --json`));
    expect(data.certificates.auth).toMatchObject(auth);
    expect(data.usableFor).toMatchObject({ login, reservation });
  });

  test("says of signing what can be known without the password", async ({ mynakit }) => {
    const signing = async (profile: string) =>
      success("card status", await mynakit(`card status -r sim:${profile} --json`)).data.usableFor.sign;
    expect(await signing("standard")).toEqual({ ok: true, reason: "certificate-unreadable" });
    expect(await signing("expired")).toEqual(no("certificate-expired"));
    expect(await signing("not-yet-valid")).toEqual(no("certificate-not-yet-valid"));
  });

  test("warns of few tries and of a certificate that ends soon", async ({ mynakit }) => {
    const few = success("card status", await mynakit("card status -r sim:auth-two-tries --json"));
    expect(few.warnings).toMatchObject([{ code: "WARN_PIN_LOW", details: { pin: "auth", tries: 2 } }]);
    await mynakit("sim create old", { env: { MYNAKIT_NOW: "2026-04-01T00:00:00Z" } });
    const soon = await mynakit("card status -r sim:old --json", { env: { MYNAKIT_NOW: "2029-04-01T00:00:00Z" } });
    expect(success("card status", soon).warnings).toMatchObject([{ code: "WARN_CERT_EXPIRES" }]);
  });

  test("says that a child's card signs nothing", async ({ mynakit }) => {
    const { data } = success("card status", await mynakit("card status -r sim:under-15 --json"));
    expect(data.certificates.sign).toEqual(absent);
    expect(data.usableFor.sign).toEqual(no("certificate-absent"));
    expect(data.pins.find(({ id }) => id === "sign")).toMatchObject({ remaining: null, state: "absent" });
  });

  test("names a card of another kind", async ({ mynakit }) => {
    const { data } = success("card status", await mynakit("card status -r sim:suica --json"));
    expect(data).toMatchObject({ kind: "suica", token: null, applications: [], pins: [] });
    expect(data.name).toContain("FeliCa");
    expect(data.usableFor.login).toEqual(no("not-my-number-card"));
    const { code, stdout } = await mynakit("card status -r sim:suica --lang ja");
    expect({ code, named: stdout.includes("FeliCa") }).toEqual({ code: 0, named: true });
  });

  test("names a telephone", async ({ mynakit }) => {
    const { data } = success("card status", await mynakit("card status -r sim:android-token --json"));
    expect(data).toMatchObject({ kind: "smartphone-jpki", token: "JPKIAPGPSETOKEN" });
  });
});

describe("pin tries", () => {
  test.for([
    ["standard", 3, "ok"],
    ["auth-two-tries", 2, "low"],
    ["auth-last-try", 1, "last-try"],
    ["auth-locked", 0, "locked"],
    ["counter-unreadable", null, "unknown"],
  ] as const)("answers for %s: %s tries, %s", async ([profile, remaining, state], { mynakit }) => {
    const { data } = success("pin tries", await mynakit(`pin tries auth -r sim:${profile} --json`));
    expect(data.pins).toMatchObject([{ id: "auth", remaining, max: 3, state }]);
    const { code, stdout } = await mynakit(`pin tries auth -r sim:${profile} --lang ja`);
    expect({ code, named: stdout.includes("利用者証明用電子証明書の暗証番号") }).toEqual({ code: 0, named: true });
  });

  test("answers for the PINs that are named, in the order in which they are", async ({ mynakit }) => {
    const { data } = success("pin tries", await mynakit("pin tries text sign -r sim:standard --json"));
    expect(data.pins.map(({ id }) => id)).toEqual(["text", "sign"]);
  });

  test("spends nothing", async ({ home, mynakit }) => {
    for (let turn = 0; turn < 5; turn++) await mynakit("pin tries -r sim:auth-two-tries");
    expect(recordOf(home, "auth-two-tries", "auth")).toMatchObject({ remaining: 2, verifies: 0 });
  });
});

describe("cert show", () => {
  test.for(["auth", "auth-ca", "sign-ca"] as const)("shows %s without a PIN", async (kind, { mynakit }) => {
    const { data } = success("cert show", await mynakit(`cert show ${kind} -r sim:standard --json`));
    const { certificate } = data;
    const judge = new X509Certificate(certificate.pem);
    expect(certificate).toMatchObject({
      kind,
      state: "valid",
      revocation: "not-checked",
      serialNumber: BigInt(`0x${judge.serialNumber}`).toString(),
      fingerprintSha256: judge.fingerprint256.replaceAll(":", ""),
      notAfter: new Date(judge.validTo).toISOString(),
    });
    expect(data).toMatchObject({ pinSent: false, triesBefore: null, triesAfter: null });
    expect(certificate.issuer).toMatch(/mynakit simulated card|JPKI-SIM/);
  });

  test("shows the authentication certificate where none is named", async ({ mynakit }) => {
    const { data } = success("cert show", await mynakit("cert show -r sim:standard --json"));
    expect(data.certificate.kind).toBe("auth");
  });

  test("tells of a renewal that is due", async ({ mynakit }) => {
    await mynakit("sim create mine");
    const { data } = success("cert show", await mynakit("cert show -r sim:mine --json"));
    const env = { MYNAKIT_NOW: new Date(Date.parse(data.certificate.notAfter) - 86_400_000).toISOString() };
    const late = success("cert show", await mynakit("cert show -r sim:mine --json", { env }));
    expect(late.warnings).toMatchObject([
      { code: "WARN_CERT_EXPIRES", details: { notAfter: data.certificate.notAfter } },
    ]);
    expect((await mynakit("cert show -r sim:mine --lang ja", { env })).stderr).toContain("注意");
  });

  test("with the password, shows whose signature it is", async ({ mynakit }) => {
    const words = "cert show sign -r sim:standard --pin-stdin";
    const { data } = success("cert show", await mynakit(`${words} --json`, { input: "TEST1234\n" }));
    expect(data).toMatchObject({ pinSent: true, triesBefore: 5, triesAfter: 5 });
    expect(data.certificate.holder).toMatchObject({
      name: "見本　太郎",
      sex: "male",
      birthDate: { western: "1985-04-12" },
    });
    const { stdout } = await mynakit(`${words} --lang ja`, { input: "TEST1234\n" });
    expect(stdout).toContain("見本　太郎");
    expect(stdout).toContain("昭和60年4月12日");
  });

  test("shows substitute characters for what they are", async ({ mynakit }) => {
    const words = "cert show sign -r sim:auth-two-tries --pin-stdin --json";
    const { data } = success("cert show", await mynakit(words, { input: "TEST1234\n" }));
    expect(data.certificate.holder).toMatchObject({ name: "吉見　次子", nameSubstitutes: [1] });
  });

  test.for(["pem", "der"] as const)(
    "writes %s to a file that is the owner's alone, and to a pipe",
    async (format, { home, mynakit }) => {
      const file = path.join(home, `auth.${format}`);
      const words = `cert show auth -r sim:standard --format ${format}`;
      const { data } = success("cert show", await mynakit(`${words} --json -o ${file}`));
      expect(data.file).toBe(file);
      const written = readFileSync(file);
      expect(new X509Certificate(written).fingerprint256.replaceAll(":", "")).toBe(data.certificate.fingerprintSha256);
      expect(statSync(file).mode & 0o777).toBe(0o600);
      const piped = await mynakit(words);
      expect(piped.stdoutBytes.equals(written)).toBe(true);
    },
  );

  test("says where it wrote, and why it cannot", async ({ home, mynakit }) => {
    const file = path.join(home, "auth.pem");
    expect((await mynakit(`cert show -r sim:standard -o ${file}`)).stdout).toContain(file);
    const nowhere = path.join(home, "no/such/folder/auth.pem");
    const { details } = failed(await mynakit(`cert show -r sim:standard --json -o ${nowhere}`), "ERR_IO_WRITE");
    expect(details).toMatchObject({ path: nowhere, reason: "ENOENT" });
  });

  test.for(["cert-cut-short", "cert-garbage"])("%s: is not shown as if it were whole", async (profile, { mynakit }) => {
    const { details } = failed(await mynakit(`cert show -r sim:${profile} --json`), "ERR_CERT_MALFORMED");
    expect(details.kind).toBe("auth");
    failedInWords(await mynakit(`cert show -r sim:${profile} --lang ja`), "ERR_CERT_MALFORMED");
  });

  test("an absent one is missed, a child's without asking for the password", async ({ mynakit }) => {
    failed(await mynakit("cert show -r sim:no-auth-cert --json"), "ERR_CERT_ABSENT");
    const { pinSent } = failed(await mynakit("cert show sign -r sim:under-15 --json"), "ERR_CERT_ABSENT");
    expect(pinSent).toBe(false);
  });

  test("of a telephone opens with the PIN alone", async ({ mynakit }) => {
    failed(await mynakit("cert show -r sim:android-token --json"), "ERR_USAGE_INPUT_NEEDED");
    const words = "cert show -r sim:android-token --pin-stdin --json";
    expect(success("cert show", await mynakit(words, { input: "1234\n" })).data).toMatchObject({ pinSent: true });
  });
});

describe("a card that is none of ours", () => {
  test.for(["pin tries", "cert show", "cert show sign"])(
    "suica: %s names it and exits 4",
    async (words, { mynakit }) => {
      const { details } = failed(await mynakit(`${words} -r sim:suica --json`), "ERR_CARD_KIND");
      expect(details).toMatchObject({ kind: "suica" });
      for (const language of ["en", "ja"]) {
        const told = failedInWords(await mynakit(`${words} -r sim:suica --lang ${language}`), "ERR_CARD_KIND");
        expect(told).toContain("FeliCa");
      }
    },
  );

  test.for(["card status", "pin tries", "cert show", "cert show sign"])(
    "mute: %s says so and exits 4",
    async (words, { mynakit }) => {
      const { details, retryable } = failed(await mynakit(`${words} -r sim:mute --json`), "ERR_CARD_MUTE");
      expect({ details, retryable }).toEqual({ details: { reader: "sim:mute" }, retryable: true });
      failedInWords(await mynakit(`${words} -r sim:mute --lang ja`), "ERR_CARD_MUTE");
    },
  );
});

describe("a card that fails in the middle of", () => {
  const commands = [
    ["card status", ""],
    ["pin tries", ""],
    ["cert show auth", ""],
    ["cert show sign --pin-stdin", "TEST1234"],
  ] as const;

  /** How many commands each hold of the card takes, at most. */
  function longestHold(trace: string): number {
    const holds = readFileSync(trace, "utf8").split(/^atr .*$/m);
    return Math.max(...holds.map((hold) => hold.match(/^> /gm)?.length ?? 0));
  }

  test.for(commands)(
    "%s: pulled after any command, is missed and no PIN is in doubt",
    async ([words, input], { home, mynakit }) => {
      const trace = path.join(home, "trace");
      expect(await mynakit(`${words} -r sim:standard --trace ${trace}`, { input })).toMatchObject({ code: 0 });
      for (let removeAfter = 1; removeAfter <= longestHold(trace); removeAfter++) {
        setFaults(home, "standard", { removeAfter });
        const before = recordOf(home, "standard", "sign");
        const { pinSent } = failed(await mynakit(`${words} -r sim:standard --json`, { input }), "ERR_CARD_REMOVED");
        const after = recordOf(home, "standard", "sign");
        expect({ pinSent, remaining: after.remaining }).toEqual({
          pinSent: after.verifies > before.verifies,
          remaining: 5,
        });
      }
    },
  );

  test.for(commands)(
    "%s: talking nonsense at any command, is never believed",
    async ([words, input], { home, mynakit }) => {
      const trace = path.join(home, "trace");
      await mynakit(`${words} -r sim:standard --trace ${trace}`, { input });
      for (let garbageAt = 1; garbageAt <= longestHold(trace); garbageAt++) {
        setFaults(home, "standard", { garbageAt });
        const { code } = await mynakit(`${words} -r sim:standard`, { input });
        expect([0, 4, 7, 8], `nonsense at command ${garbageAt}`).toContain(code);
        expect(recordOf(home, "standard", "sign").remaining).toBe(5);
      }
    },
  );
});
