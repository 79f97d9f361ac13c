import { expect, test } from "vitest";
import { jwtBearerGrant, passwordGrant } from "../../../src/login/wire.ts";
import { issueMykeyId, proposeMykeyId, showMykeyId } from "../../../src/mykey/client.ts";
import { pointsPaths } from "../../../src/mykey/points/wire.ts";
import { mykeyPaths } from "../../../src/mykey/wire.ts";
import { makeCard } from "./cards.ts";
import { answerOf, runFortress } from "./fortress.ts";
import { logIn } from "./login.ts";

/** What no field expects, as JSON text: some of it cannot be made from a value. */
const texts: readonly string[] = [
  "",
  "' OR '1'='1",
  "'; DROP TABLE mykey; --",
  '" UNION SELECT hash FROM password --',
  "a\0b",
  "\ud800",
  "\udc00\ud800",
  "x".repeat(10_000),
  "\u202egnp.exe",
  "\u001b[2J\u0007",
  "../../etc/passwd",
  "%00%2e%2e%2f",
  "__proto__",
  "constructor",
  "\u{10ffff}",
  "ＡＢＣＤ１２３４",
  "{{7*7}}",
];
const others: readonly string[] = [
  "0",
  "-1",
  "1e308",
  "9007199254740993",
  "true",
  "[]",
  '["a"]',
  "{}",
  '{"__proto__":{"admin":true}}',
  '{"toString":null}',
  `${"[".repeat(2000)}${"]".repeat(2000)}`,
];
const values: readonly string[] = [...texts.map((text) => JSON.stringify(text)), ...others];

const bodies: Readonly<Record<string, readonly string[]>> = {
  [mykeyPaths.changeProposals]: ["wanted"],
  [mykeyPaths.changes]: ["proposalId"],
  [mykeyPaths.revocation]: ["mykeyId"],
  [mykeyPaths.profile]: ["email", "pointsMunicipality"],
  [pointsPaths.applications]: ["service", "serviceId", "securityCode"],
};
const forms: readonly (readonly [path: string, fixed: Readonly<Record<string, string>>, fields: readonly string[]])[] =
  [
    ["/token", { grant_type: jwtBearerGrant, client_id: "mynakit", scope: "portal" }, ["assertion"]],
    ["/token", { grant_type: jwtBearerGrant, client_id: "mynakit", assertion: "a.b.c" }, ["scope"]],
    ["/token", { grant_type: passwordGrant, client_id: "mynakit", scope: "mykey", password: "p" }, ["mykey_id"]],
    ["/token", { grant_type: passwordGrant, scope: "mykey", mykey_id: "ABCDEFGH", password: "p" }, ["client_id"]],
    ["/token", { client_id: "mynakit" }, ["grant_type"]],
  ];

/**
 * No field takes what it does not expect: a refusal in words, nothing changed, nothing broken.
 * @param freshDatabase names an empty database: a path or a URL
 */
export function fieldsContract(freshDatabase: () => Promise<string>): void {
  async function holder() {
    const fortress = await runFortress({ database: await freshDatabase() });
    const { platform } = fortress;
    const { accessToken } = await logIn(platform, makeCard());
    const proposal = await proposeMykeyId(platform, accessToken);
    if ("existing" in proposal) throw new Error("nothing has been issued yet");
    const { proposalId, mykeyId } = proposal;
    await issueMykeyId(platform, accessToken, { proposalId, idempotencyKey: "issue" });
    const headersFor = (path: string) => ({
      ...accessToken.headersFor({ method: "POST", url: fortress.url + path }),
      "content-type": "application/json",
    });
    const shown = async () => (await showMykeyId(platform, accessToken)).mykeyId;
    return { ...fortress, headersFor, mykeyId, shown };
  }

  test.each(Object.entries(bodies))("%s takes nothing odd in its fields", async (path, fields) => {
    const { url, headersFor, state, mykeyId, shown } = await holder();
    const before = await state();
    let at = 0;
    for (const field of fields) {
      for (const value of values) {
        const rest = fields.filter((name) => name !== field).map((name) => `"${name}":"x"`);
        const body = `{${[`"${field}":${value}`, ...rest].join(",")}}`;
        const init = { method: "POST", body, headers: { ...headersFor(path), "idempotency-key": `key ${at++}` } };
        const { status, reason } = await answerOf(await fetch(url + path, init));
        expect(status, body.slice(0, 100)).toBeGreaterThanOrEqual(400);
        expect(status, body.slice(0, 100)).toBeLessThan(500);
        expect(reason, body.slice(0, 100)).not.toBe("");
      }
    }
    expect(await state()).toEqual(before);
    expect(await shown()).toBe(mykeyId);
  });

  test("the token endpoint takes nothing odd in its fields", async () => {
    const { url, state, entries } = await holder();
    const before = await state();
    for (const [path, fixed, fields] of forms) {
      for (const field of fields) {
        for (const text of texts) {
          const body = new URLSearchParams({ ...fixed, [field]: text });
          const { status } = await answerOf(await fetch(url + path, { method: "POST", body }));
          expect([400, 401, 429], `${field}=${text.slice(0, 40)}`).toContain(status);
        }
      }
    }
    expect(await state()).toEqual(before);
    expect(entries.filter(({ kind }) => kind === "failure")).toEqual([]);
  });

  test("a token of any text is revoked without a word and opens nothing", async () => {
    const { url, state, mykeyId, shown } = await holder();
    const before = await state();
    for (const token of texts.slice(1)) {
      const body = new URLSearchParams({ client_id: "mynakit", token });
      expect((await fetch(`${url}/token/revocation`, { method: "POST", body })).status).toBeLessThan(500);
      const form = new URLSearchParams({ access_token: token });
      expect((await fetch(`${url}/me`, { method: "POST", body: form })).status).toBe(401);
    }
    expect(await state()).toEqual(before);
    expect(await shown()).toBe(mykeyId);
  });
}
