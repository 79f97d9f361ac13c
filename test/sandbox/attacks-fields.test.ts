import path from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { proposeMykeyId } from "../../src/mykey/client.ts";
import { mykeyPaths } from "../../src/mykey/wire.ts";
import { makeCard } from "./support/cards.ts";
import { fieldsContract } from "./support/fields-contract.ts";
import { answerOf, runFortress } from "./support/fortress.ts";
import { logIn } from "./support/login.ts";
import { temporaryFolder } from "./support/sandbox.ts";

describe("a field", () => {
  fieldsContract(async () => path.join(temporaryFolder(), "sandbox.db"));
});

async function entered() {
  const fortress = await runFortress();
  const { accessToken } = await logIn(fortress.platform, makeCard());
  // The first use links the certificate.
  await proposeMykeyId(fortress.platform, accessToken);
  const post = async (body: Body, more: Record<string, string> = {}, at: string = mykeyPaths.ids) => {
    const url = fortress.url + at;
    const session = accessToken.headersFor({ method: "POST", url });
    const headers = { ...session, "idempotency-key": "key", ...more };
    return answerOf(await fetch(url, { method: "POST", body, headers }));
  };
  return { ...fortress, post };
}

type Body = string | Uint8Array | URLSearchParams;

const malformed = { status: 400, reason: "request-malformed" };

describe("a body", () => {
  test.each<[name: string, body: Body, headers?: Record<string, string>]>([
    ["of a list", "[1]"],
    ["of null", "null"],
    ["of a number", "1e999"],
    ["that is empty", ""],
    ["that ends too early", '{"proposalId":"x"'],
    ["in UTF-16", Buffer.from('{"proposalId":"x"}', "utf16le"), { "content-type": "application/json; charset=utf-16" }],
    ["that is no UTF-8 before its end", Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
    ["of a form", new URLSearchParams({ proposalId: "x" })],
    [
      "in parts",
      '--x\r\nContent-Disposition: form-data; name="proposalId"\r\n\r\nx\r\n--x--',
      { "content-type": "multipart/form-data; boundary=x" },
    ],
    [
      "of XML with an entity",
      '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
      { "content-type": "application/xml" },
    ],
    ["compressed, a million bytes of it", gzipSync("x".repeat(1_000_000)), { "content-encoding": "gzip" }],
    ["nested as deep as fits", `${'{"a":'.repeat(2600)}1${"}".repeat(2600)}`],
    ["with the field in the prototype", '{"__proto__":{"proposalId":"x"}}'],
  ])("%s is refused", async (_name, body, headers) => {
    const { refuses, post } = await entered();
    await refuses(malformed, () => post(body, headers));
  });

  test("larger than it may be is refused, however it is packed", async () => {
    const { refuses, post } = await entered();
    await refuses({ status: 413, reason: "request-too-large" }, () => post(" ".repeat(16 * 1024 + 1)));
    await refuses({ status: 413, reason: "request-too-large" }, () => post("[".repeat(40_000)));
  });

  test("of any JSON is refused in words", async () => {
    const { post, state } = await entered();
    const before = await state();
    await fc.assert(
      fc.asyncProperty(fc.json({ maxDepth: 4 }), async (body) => {
        const { status, reason } = await post(body);
        expect([400, 404]).toContain(status);
        expect(reason).toMatch(/^(request-malformed|proposal-unknown)$/);
      }),
      { numRuns: 100 },
    );
    expect(await state()).toEqual(before);
  });

  test("says the last of two members of one name, for every reader alike", async () => {
    const { refuses, post } = await entered();
    await refuses({ status: 404, reason: "proposal-unknown" }, () => post('{"proposalId":1,"proposalId":"x"}'));
    await refuses(malformed, () => post('{"proposalId":"x","proposalId":1}'));
  });
});

test.each(["", "k".repeat(129)])("an idempotency key of the wrong length is refused", async (key) => {
  const { refuses, post } = await entered();
  await refuses({ status: 400, reason: "idempotency-key-missing" }, () =>
    post('{"proposalId":"x"}', { "idempotency-key": key }),
  );
});
