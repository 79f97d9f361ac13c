import { spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { afterAll, beforeAll, describe, expect } from "vitest";
import type { DataOf } from "../../src/commands/results.ts";
import { simAuthorities } from "../../src/login/sim-authorities.ts";
import { authorityKeys } from "../../src/simulator/keys.ts";
import { authorityName, extensions, type ResponderOrder, Workshop } from "../jpki/support/openssl.ts";
import { answer, failed, failedInWords, success } from "./support/documents.ts";
import { freePort } from "./support/ports.ts";
import type { Outcome } from "./support/program.ts";
import { type Asked, ocspAnswer, serve } from "./support/responder.ts";
import { test } from "./support/test.ts";

const openssl = new Workshop();
afterAll(() => openssl.close());
const file = (name: string): string => openssl.file(name);
const serial = "0A11";
const period = { from: "20200101000000Z", to: "20991231235959Z" };
const authority = { subject: authorityName, key: "authority", extensions: extensions.authority, ...period };

beforeAll(() => {
  openssl.key("authority", "other", "holder", "responder");
  openssl.certificate("authority", authority);
  openssl.certificate("other", { ...authority, key: "other" });
  const issued = { subject: "/C=JP/CN=x", key: "holder", issuer: "authority", ...period };
  openssl.certificate("holder", { ...issued, serial, extensions: extensions.auth });
  openssl.certificate("responder", { ...issued, key: "responder", extensions: extensions.responder });
  openssl.list("clean", { issuer: "authority", ...period });
  openssl.list("full", { issuer: "authority", ...period, revoked: [[serial, "260610120000Z", "superseded"]] });
  openssl.list("old", { issuer: "authority", from: "20200101000000Z", to: "20200201000000Z" });
  openssl.adopt("sim-auth", { certificate: simAuthorities.auth[2023], key: authorityKeys.auth[2023] });
  openssl.adopt("sim-sign", { certificate: simAuthorities.sign[2023], key: authorityKeys.sign[2023] });
});

const good: ResponderOrder = { issuer: "authority", known: [[serial]] };
const revoked: ResponderOrder = { issuer: "authority", known: [[serial, "260610120000Z", "keyCompromise"]] };

/** OpenSSL's responder behind a server of ours. */
const responding = (order: ResponderOrder) =>
  serve(({ body, response }) => ocspAnswer(response, openssl.answer(body, order)));

const words = (url: string, ...more: string[]): string[] => [
  ...["cert", "check", "--file", file("holder.pem"), "--ca", file("authority.pem"), "--ocsp", url],
  ...more,
];

/** What was answered, with an exit code that says the same. */
function checked(outcome: Outcome) {
  const { data, warnings } = answer("cert check", outcome);
  expect(outcome.code).toBe(data.verdict === "failed" ? 1 : 0);
  return { data, revocation: remark(data), warnings: warnings.map(({ code }) => code) };
}

function remark({ checks }: DataOf<"cert check">): string {
  const check = checks.find(({ name }) => name === "revocation");
  return [check?.result, check?.detail].filter(Boolean).join(" ");
}

describe("cert check with a responder", () => {
  test.for([
    ["the issuer", {}],
    ["one that the issuer has entitled", { signer: "responder" }],
  ] as const)("passes everything where %s says that it is good", async ([, order], { mynakit }) => {
    using server = await responding({ ...good, ...order });
    const { data } = success("cert check", await mynakit(words(server.url, "--json")));
    expect(data.verdict).toBe("passed");
    expect(data.revocation).toEqual({
      ...{ status: "good", at: null, reason: null },
      sources: [{ method: "ocsp", status: "good", at: null, reason: null, detail: null }],
    });
    expect(server.asked.map(({ method, headers }) => [method, headers["content-type"]])).toEqual([
      ["POST", "application/ocsp-request"],
    ]);
  });

  test("passes with OpenSSL's own server", async ({ mynakit }) => {
    const port = await freePort();
    const server = spawn("openssl", [...openssl.responder(good), "-port", String(port)], {
      cwd: openssl.folder,
      stdio: ["ignore", "pipe", "pipe"],
    });
    try {
      await Promise.race([once(server.stdout, "data"), once(server.stderr, "data")]);
      const { data } = checked(await mynakit(words(`http://127.0.0.1:${port}`, "--json")));
      expect(data.verdict).toBe("passed");
    } finally {
      server.kill();
    }
  });

  test("is revoked, with when and why, in both languages", async ({ mynakit }) => {
    using server = await responding(revoked);
    const { data, revocation } = checked(await mynakit(words(server.url, "--json")));
    expect(revocation).toBe("failed revoked");
    expect(data.revocation).toMatchObject({
      ...{ status: "revoked", at: "2026-06-10T12:00:00.000Z", reason: "keyCompromise" },
    });
    for (const [language, said] of [
      ["en", "it has been revoked"],
      ["ja", "失効しています"],
    ] as const) {
      const { code, stdout } = await mynakit(words(server.url, "--lang", language));
      expect([code, stdout.includes(said), stdout.includes("keyCompromise")]).toEqual([1, true, true]);
    }
  });

  test.for([
    ["does not know it", { ...good, known: [] }, "unknown-to-responder"],
    ["is another authority of that name", { ...good, signer: "other" }, "responder-not-entitled"],
    ["signs wrongly", { ...good, words: ["-badsig"] }, "answer-signature-wrong"],
  ] as const)("says no, as nothing was checked, where the responder %s", async ([, order, reason], { mynakit }) => {
    using server = await responding(order);
    const { data, revocation } = checked(await mynakit(words(server.url, "--json")));
    expect([revocation, data.verdict]).toEqual([`not-checked ${reason}`, "failed"]);
    expect(data.revocation.sources).toMatchObject([{ method: "ocsp", detail: reason }]);
  });

  test("does not take an answer twice", async ({ mynakit }) => {
    let first: Uint8Array | undefined;
    using server = await serve(({ body, response }) => {
      first ??= openssl.answer(body, good);
      ocspAnswer(response, first);
    });
    expect(checked(await mynakit(words(server.url, "--json"))).revocation).toBe("ok");
    expect(checked(await mynakit(words(server.url, "--json"))).revocation).toBe("not-checked answer-nonce-differs");
  });

  test("asks nobody about a certificate whose issuer is unknown", async ({ mynakit }) => {
    using server = await responding(good);
    const outcome = await mynakit(
      `cert check --file ${file("holder.pem")} --ca ${file("other.pem")} --ocsp ${server.url} --json`,
    );
    expect(checked(outcome).revocation).toBe("not-checked issuer-unknown");
    expect(server.asked).toEqual([]);
  });

  test.for([["ftp://127.0.0.1/"], ["127.0.0.1:80"], ["http://taro:secret@127.0.0.1/"], [""]])(
    "takes no address like %j",
    async ([url = ""], { mynakit }) => {
      const outcome = await mynakit(words(url, "--json"));
      expect(failed(outcome, "ERR_USAGE_OPTION").exit).toBe(2);
      expect(outcome.stdout).not.toContain("secret");
    },
  );
});

describe("a server that is no responder", () => {
  const page = "<!doctype html><title>404</title>";
  const cases: readonly (readonly [string, (asked: Asked) => void, RegExp])[] = [
    ["a page", ({ response }) => void response.setHeader("content-type", "text/html").end(page), /text\/html/],
    ["a page called an answer", ({ response }) => ocspAnswer(response, Buffer.from(page)), /./],
    ["nothing", ({ response }) => ocspAnswer(response, Buffer.alloc(0)), /./],
    ["an error", ({ response }) => void response.writeHead(500).end(page), /HTTP 500/],
    [
      "another place",
      ({ response }) => void response.writeHead(302, { location: "http://x.invalid/" }).end(),
      /HTTP 302/,
    ],
    ["two megabytes", ({ response }) => ocspAnswer(response, Buffer.alloc(2 << 20, 0x30)), /too large/],
  ];

  test.for(cases)("that sends %s is named, and the exit code is 8", async ([, send, problem], { mynakit }) => {
    using server = await serve(send);
    const { details, exit } = failed(await mynakit(words(server.url, "--json")), "ERR_CERT_RESPONDER");
    expect([details.url, exit]).toEqual([server.url, 8]);
    expect(details.problem).toMatch(problem);
    failedInWords(await mynakit(words(server.url, "--lang", "ja")), "ERR_CERT_RESPONDER");
  });

  test("that is not there is a network error", async ({ mynakit }) => {
    const url = `http://127.0.0.1:${await freePort()}/`;
    const error = failed(await mynakit(words(url, "--json")), "ERR_NETWORK_UNREACHABLE");
    expect(error).toMatchObject({ exit: 10, retryable: true, details: { url } });
  });

  test("that keeps silent is left by Ctrl-C", async ({ start }) => {
    const questions = new EventEmitter();
    using server = await serve(() => void questions.emit("asked"));
    const asked = once(questions, "asked");
    const running = start(words(server.url, "--json"));
    await asked;
    const outcome = await running.stop("SIGINT");
    expect(failed(outcome, "ERR_CANCELLED").exit).toBe(130);
  });
});

describe("a revocation list and a responder together", () => {
  const together = async (mynakit: (words: string[]) => Promise<Outcome>, list: string, order: ResponderOrder) => {
    using server = await responding(order);
    return checked(await mynakit(words(server.url, "--crl", file(list), "--json")));
  };

  test("that agree need no remark", async ({ mynakit }) => {
    const { data, warnings } = await together(mynakit, "clean.crl", good);
    expect([data.verdict, data.revocation.status]).toEqual(["passed", "good"]);
    expect(data.revocation.sources.map(({ method, status }) => [method, status])).toEqual([
      ["crl", "good"],
      ["ocsp", "good"],
    ]);
    expect(warnings).not.toContain("WARN_CERT_SOURCES_DIFFER");
  });

  test.for([
    ["clean.crl", revoked, "keyCompromise", ["good", "revoked"]],
    ["full.crl", good, "superseded", ["revoked", "good"]],
  ] as const)(
    "that contradict each other (%s) are told apart, and it counts as revoked",
    async (given, { mynakit }) => {
      const [list, order, reason, words] = given;
      const { data, warnings, revocation } = await together(mynakit, list, order);
      expect([revocation, data.revocation.reason]).toEqual(["failed revoked", reason]);
      expect(data.revocation.sources.map(({ status }) => status)).toEqual(words);
      expect(warnings).toContain("WARN_CERT_SOURCES_DIFFER");
    },
  );

  test("are no good where one of them is of no use", async ({ mynakit }) => {
    const { data, revocation } = await together(mynakit, "old.crl", good);
    expect([revocation, data.verdict]).toEqual(["not-checked list-expired", "failed"]);
    const other = await together(mynakit, "clean.crl", { ...good, known: [] });
    expect([other.revocation, other.data.verdict]).toEqual(["not-checked unknown-to-responder", "failed"]);
  });

  test("are shown beside each other", async ({ mynakit }) => {
    using server = await responding(revoked);
    const shown = await mynakit(words(server.url, "--crl", file("clean.crl"), "--lang", "en"));
    expect(shown.stdout).toMatch(/Revocation list +not revoked\nOCSP responder +revoked\n/);
    expect(shown.stderr).toContain("It counts as revoked.");
  });
});

describe("a card's certificate and a responder", () => {
  const serialOf = async (mynakit: (words: string, options?: object) => Promise<Outcome>, kind: string) =>
    success("cert check", await mynakit(`cert check ${kind} -r sim:mine --pin-stdin --json`, { input: "TEST1234\n" }))
      .data.certificate.serialNumberHex;

  test("is asked about with the card free, after the PIN was used", async ({ mynakit }) => {
    await mynakit("sim create mine");
    const known = [[await serialOf(mynakit, "sign")]] as const;
    const others: Outcome[] = [];
    using server = await serve(async ({ body, response }) => {
      others.push(await mynakit("pin tries sign -r sim:mine --json"));
      ocspAnswer(response, openssl.answer(body, { issuer: "sim-sign", known }));
    });
    const outcome = await mynakit(`cert check sign -r sim:mine --pin-stdin --ocsp ${server.url} --json`, {
      input: "TEST1234\n",
    });
    expect(checked(outcome).data).toMatchObject({ verdict: "passed", pinSent: true, triesBefore: 5, triesAfter: 5 });
    expect(others.map(({ code }) => code)).toEqual([0]);
  });

  test("tells what happened to the PIN where nobody answers", async ({ mynakit }) => {
    await mynakit("sim create mine");
    const url = `http://127.0.0.1:${await freePort()}/`;
    const outcome = await mynakit(`cert check sign -r sim:mine --pin-stdin --ocsp ${url} --json`, {
      input: "TEST1234\n",
    });
    const error = failed(outcome, "ERR_NETWORK_UNREACHABLE");
    expect(error).toMatchObject({ pinSent: true, triesBefore: 5, triesAfter: 5 });
  });

  test("is judged by the clock of the simulated card", async ({ mynakit }) => {
    await mynakit("sim create mine");
    const known = [[await serialOf(mynakit, "auth")]] as const;
    using server = await responding({ issuer: "sim-auth", known, words: ["-ndays", "1"] });
    const at = async (days: number) => {
      const env = { MYNAKIT_NOW: new Date(Date.now() + days * 86_400_000).toISOString() };
      return checked(await mynakit(`cert check -r sim:mine --ocsp ${server.url} --json`, { env })).revocation;
    };
    expect([await at(-1), await at(0.5), await at(2)]).toEqual([
      "not-checked answer-not-yet-valid",
      "ok",
      "not-checked answer-expired",
    ]);
  });
});
