import { readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import type { Configuration } from "oidc-provider";
import { describe, expect, onTestFinished } from "vitest";
import { PageVisitor } from "../support/page-visitor.ts";
import { logInAndConsent, plainProvider } from "../support/plain-provider.ts";
import { codeOf } from "./support/device.ts";
import { failed, failedInWords, success } from "./support/documents.ts";
import type { Running } from "./support/program.ts";
import { test } from "./support/test.ts";

/** An address on a line of its own, as the program shows what is to be opened. */
const shownAddress = /^(http:\S+)$/m;

async function addressOf(running: Running): Promise<string> {
  let told = "";
  running.child.stderr.on("data", (chunk: string) => {
    told += chunk;
  });
  await running.tells(shownAddress);
  return shownAddress.exec(told)?.[1] ?? "";
}

async function aProvider(changes?: Configuration) {
  const made = await plainProvider(changes);
  onTestFinished(made.close);
  return made;
}

/** One that offers no device authorization. */
const codeOnly: Configuration = { features: { revocation: { enabled: true }, dPoP: { enabled: true } } };
const codeClient = (redirect: string) => ({
  client_id: "mynakit",
  application_type: "native" as const,
  token_endpoint_auth_method: "none" as const,
  grant_types: ["authorization_code"],
  response_types: ["code" as const],
  redirect_uris: [redirect],
});
const byCode: Configuration = { ...codeOnly, clients: [codeClient("http://127.0.0.1/callback")] };

/** Something that answers in place of a provider. */
async function answering(listener: (url: string) => RequestListener): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  server.on("request", listener(url));
  onTestFinished(() => void server.close());
  return url;
}

describe("a provider that is not ours, as its documentation sets it up", () => {
  test("is logged in at by a code that is entered elsewhere; whoami and logout follow", async ({
    start,
    mynakit,
    home,
  }) => {
    const { url, provider } = await aProvider();
    const running = start(`portal login --issuer ${url} --json`);
    const userCode = await codeOf(running);
    const visitor = new PageVisitor();
    const entry = await visitor.open(`${url}/device`);
    const [form] = entry.forms;
    if (!form) throw new Error(entry.text);
    const confirm = await visitor.send(form, { user_code: userCode });
    const [confirmation] = confirm.forms;
    if (!confirmation) throw new Error(confirm.text);
    await logInAndConsent(visitor, await visitor.send(confirmation));

    const login = success("portal login", await running.ended).data;
    expect(login).toMatchObject({
      method: "qr",
      session: { subject: "taro" },
      platform: { url, sandbox: false },
      issuer: { clientId: "mynakit", scope: "openid" },
      pinSent: false,
    });
    const file = path.join(home, "sessions.json");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, "utf8")).not.toMatch(/refresh/i);
    const who = success("portal whoami", await mynakit(`portal whoami --issuer ${url} --json`)).data;
    expect(who).toMatchObject({ session: { subject: "taro" }, certificate: null, claims: { sub: "taro" } });
    const shown = (await mynakit(`portal whoami --issuer ${url} --lang ja`)).stdout;
    expect(shown.match(/taro/g)).toHaveLength(1);
    expect(shown).toMatch(/提供元 +http/);
    // It is no session with a platform.
    failed(await mynakit(`portal whoami --json --platform ${url}`), "ERR_PLATFORM_SESSION");
    const stored = JSON.parse(readFileSync(file, "utf8"))[`issuer ${url}`];
    const out = success("portal logout", await mynakit(`portal logout --issuer ${url} --json`));
    expect(out).toMatchObject({ data: { loggedOut: true, ended: 1 }, warnings: [] });
    expect(await provider.AccessToken.find(stored.accessToken)).toBeUndefined();
    const over = await mynakit(`portal whoami --issuer ${url} --lang ja`);
    expect(over.stderr).toContain(`mynakit portal login --issuer ${url}`);
    failed(await mynakit(`portal whoami --issuer ${url} --json`), "ERR_PLATFORM_SESSION");
    expect(success("portal logout", await mynakit(`portal logout --issuer ${url} --json`)).data.loggedOut).toBe(false);
  });

  test.for([
    ["en", "Back to the terminal", "Logged in"],
    ["ja", "ターミナルに戻ってください", "ログインしました"],
  ] as const)(
    "is logged in at in the browser where it has no code to enter, in %s",
    async ([lang, page, words], { start, mynakit }) => {
      const { url } = await aProvider(byCode);
      const running = start(`portal login --issuer ${url} --lang ${lang}`);
      const address = await addressOf(running);
      const { searchParams } = new URL(address);
      expect(Object.fromEntries(searchParams)).toMatchObject({ code_challenge_method: "S256", scope: "openid" });
      expect(searchParams.get("redirect_uri")).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/);
      const visitor = new PageVisitor();
      const back = await logInAndConsent(visitor, await visitor.open(address));
      expect([back.status, back.text]).toEqual([200, expect.stringContaining(page)]);
      expect(back.headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(back.text).not.toContain(new URL(back.url).searchParams.get("code"));
      const { code, stdout } = await running.ended;
      expect([code, stdout]).toEqual([0, expect.stringContaining(words)]);
      const who = success("portal whoami", await mynakit(`portal whoami --issuer ${url} --json`)).data;
      expect(who.claims).toEqual({ sub: "taro" });
    },
  );

  test("has its tokens bound to this device where it can", async ({ start, mynakit, home }) => {
    const { url } = await aProvider(byCode);
    const running = start(`portal login --issuer ${url} --json`);
    const visitor = new PageVisitor();
    await logInAndConsent(visitor, await visitor.open(await addressOf(running)));
    const { data } = success("portal login", await running.ended);
    expect(data).toMatchObject({ method: "browser", issuer: { bound: true } });
    const stored = JSON.parse(readFileSync(path.join(home, "sessions.json"), "utf8"))[`issuer ${url}`];
    const bare = await fetch(`${url}/me`, { headers: { authorization: `Bearer ${stored.accessToken}` } });
    expect(bare.status).toBe(401);
    success("portal whoami", await mynakit(`portal whoami --issuer ${url} --json`));
    // What the provider says of somebody else is not shown as the session's.
    const file = path.join(home, "sessions.json");
    const sessions = { [`issuer ${url}`]: { ...stored, subject: "hanako" } };
    writeFileSync(file, JSON.stringify(sessions), { mode: 0o600 });
    const other = await mynakit(`portal whoami --issuer ${url} --json`);
    expect([failed(other, "ERR_PLATFORM_ISSUER").exit, other.stdout.includes("taro")]).toEqual([9, false]);
  });

  test("takes one answer, with the state of this login, whatever else the browser is made to ask for", async ({
    start,
  }) => {
    const { url } = await aProvider(byCode);
    const running = start(`portal login --issuer ${url} --json`);
    const address = await addressOf(running);
    const { searchParams } = new URL(address);
    const [redirect, state] = [searchParams.get("redirect_uri") ?? "", searchParams.get("state") ?? ""];
    const ask = async (query: string, init?: RequestInit) => (await fetch(`${redirect}?${query}`, init)).status;
    expect(await ask("error=access_denied&state=guessed")).toBe(404);
    expect(await ask("code=stolen")).toBe(404);
    expect(await ask(`code=x&state=${state}&state=other`)).toBe(404);
    expect(await ask(`code=x&state=${state}`, { method: "POST" })).toBe(404);
    const { origin } = new URL(redirect);
    expect((await fetch(`${origin}/`)).status).toBe(404);
    const visitor = new PageVisitor();
    await logInAndConsent(visitor, await visitor.open(address));
    expect(success("portal login", await running.ended).data.session.subject).toBe("taro");
    await expect(fetch(`${redirect}?code=x&state=${state}`)).rejects.toThrow();
  });

  test("cannot be mixed up with another: an answer in another's name is refused", async ({ start }) => {
    const { url } = await aProvider(byCode);
    const running = start(`portal login --issuer ${url} --json`);
    const { searchParams } = new URL(await addressOf(running));
    const query = new URLSearchParams({
      code: "x",
      state: searchParams.get("state") ?? "",
      iss: "https://evil.example",
    });
    await fetch(`${searchParams.get("redirect_uri")}?${query}`);
    const error = failed(await running.ended, "ERR_PLATFORM_ISSUER_OTHER");
    expect(error.details).toEqual({ issuer: url, found: "https://evil.example" });
  });

  test("that denies is told so, in both languages", async ({ start }) => {
    const { url } = await aProvider(byCode);
    for (const [lang, words] of [
      ["ja", "拒否されました"],
      ["en", "was denied"],
    ] as const) {
      const running = start(`portal login --issuer ${url} --lang ${lang}`);
      const { searchParams } = new URL(await addressOf(running));
      const state = searchParams.get("state") ?? "";
      const query = new URLSearchParams({ error: "access_denied", state, iss: url });
      await fetch(`${searchParams.get("redirect_uri")}?${query}`);
      expect(failedInWords(await running.ended, "ERR_PLATFORM_LOGIN_DENIED")).toContain(words);
    }
  });

  test("that knows no such client says so before anybody is asked for anything", async ({ mynakit }) => {
    const { url } = await aProvider();
    const error = failed(
      await mynakit(`portal login --issuer ${url} --client-id nobody --json`),
      "ERR_PLATFORM_CLIENT",
    );
    expect(error).toMatchObject({ exit: 9, details: { issuer: url, client: "nobody" } });
    expect((await mynakit(`portal login --issuer ${url} --client-id nobody --lang ja`)).stderr).toContain(
      "--client-id",
    );
  });

  test("that offers no device authorization is not taken with --qr", async ({ mynakit }) => {
    const { url } = await aProvider(byCode);
    const error = failed(await mynakit(`portal login --issuer ${url} --qr --json`), "ERR_PLATFORM_GRANTS");
    expect(error.details).toMatchObject({ issuer: url, grants: expect.arrayContaining(["authorization_code"]) });
  });

  test("whose page nobody opens is given up with Ctrl-C, and the port is free again", async ({ start }) => {
    const { url } = await aProvider(byCode);
    const running = start(`portal login --issuer ${url} --json`);
    const { searchParams } = new URL(await addressOf(running));
    failed(await running.stop("SIGINT"), "ERR_CANCELLED");
    await expect(fetch(searchParams.get("redirect_uri") ?? "")).rejects.toThrow();
  });

  test("sends the browser to the port that was named; one that is taken is told", async ({ mynakit }) => {
    const taken = await answering(() => (_request, response) => response.end());
    const { port } = new URL(taken);
    const { url } = await aProvider(byCode);
    const error = failed(await mynakit(`portal login --issuer ${url} --port ${port} --json`), "ERR_NETWORK_LISTEN");
    expect(error.details).toMatchObject({ address: `127.0.0.1:${port}`, option: "--port" });
    failed(await mynakit(`portal login --issuer ${url} --port 0 --json`), "ERR_USAGE_OPTION");
  });

  test("that cannot end sessions leaves one to its end, and says so", async ({ start, mynakit }) => {
    const { url } = await aProvider({ clients: byCode.clients ?? [], features: {} });
    const running = start(`portal login --issuer ${url} --json`);
    const visitor = new PageVisitor();
    await logInAndConsent(visitor, await visitor.open(await addressOf(running)));
    success("portal login", await running.ended);
    const { warnings, data } = success("portal logout", await mynakit(`portal logout --issuer ${url} --json`));
    expect([warnings.map(({ code }) => code), data]).toEqual([
      ["WARN_LOGOUT_NOT_OFFERED"],
      { loggedOut: true, ended: 0, platform: { url, sandbox: false } },
    ]);
  });
});

describe("what is no provider", () => {
  test.for([
    ["ja", "https のアドレスにしてください"],
    ["en", "it must be https"],
  ] as const)(
    "an address that others could listen in on is refused as such, in %s",
    async ([lang, told], { mynakit }) => {
      const result = await mynakit(`portal login --issuer http://example.com --lang ${lang}`);
      expect(failedInWords(result, "ERR_USAGE_OPTION")).toContain(told);
    },
  );

  const metadata = (url: string, issuer = url) => ({
    issuer,
    authorization_endpoint: `${url}/auth`,
    token_endpoint: `${url}/token`,
    jwks_uri: `${url}/jwks`,
    device_authorization_endpoint: `${url}/device`,
    response_types_supported: ["code"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
  });
  const json =
    (body: object): RequestListener =>
    (_request, response) =>
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));

  test.for(["ja", "en"] as const)("HTML is told as such, in %s", async (lang, { mynakit }) => {
    const url = await answering(
      () => (_request, response) => response.writeHead(200, { "content-type": "text/html" }).end("<p>Maintenance</p>"),
    );
    const words = failedInWords(await mynakit(`portal login --issuer ${url} --lang ${lang}`), "ERR_PLATFORM_ISSUER");
    expect(words).toContain("text/html");
    expect(words).toContain(lang === "ja" ? "正しい応答" : "does not answer as an OpenID Connect provider");
  });

  test("an answer in another's name ends the login", async ({ mynakit }) => {
    const url = await answering((own) => json(metadata(own, "https://other.example")));
    const error = failed(await mynakit(`portal login --issuer ${url} --json`), "ERR_PLATFORM_ISSUER_OTHER");
    expect(error.details).toEqual({ issuer: url, found: "https://other.example" });
  });

  test("an endpoint that others could listen in on is not used", async ({ mynakit }) => {
    const url = await answering((own) =>
      json({ ...metadata(own), device_authorization_endpoint: "http://login.example/device" }),
    );
    failed(await mynakit(`portal login --issuer ${url} --json`), "ERR_PLATFORM_ISSUER");
    const other = await answering((own) => {
      const { device_authorization_endpoint: _none, ...rest } = metadata(own);
      return json({ ...rest, authorization_endpoint: "http://login.example/auth" });
    });
    failed(await mynakit(`portal login --issuer ${other} --json`), "ERR_PLATFORM_ISSUER");
  });

  test("one that offers nothing of ours is asked for nothing, and what it offers is told", async ({ mynakit }) => {
    const url = await answering((own) => {
      const { device_authorization_endpoint: _none, ...rest } = metadata(own);
      return json({ ...rest, grant_types_supported: ["urn:ietf:params:oauth:grant-type:jwt-bearer"] });
    });
    for (const [lang, words] of [
      ["ja", "ログイン方法がありません"],
      ["en", "offers no login"],
    ] as const) {
      const told = failedInWords(await mynakit(`portal login --issuer ${url} --lang ${lang}`), "ERR_PLATFORM_GRANTS");
      expect([told.includes(words), told.includes("jwt-bearer")]).toEqual([true, true]);
    }
  });

  test("an ID token that is not signed by the provider's keys logs nobody in", async ({ mynakit, home }) => {
    const claims = (iss: string) => {
      const now = Math.floor(Date.now() / 1000);
      return { iss, sub: "taro", aud: "mynakit", iat: now, exp: now + 600 };
    };
    const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
    let expiresIn: unknown = 60;
    const url = await answering((own) => (request, response) => {
      const answers: Record<string, object> = {
        "/device": { device_code: "d", user_code: "BCDF-GHJK", verification_uri: own, expires_in: 60, interval: 1 },
        "/token": {
          access_token: "a-token-that-nobody-sees",
          token_type: "Bearer",
          expires_in: expiresIn,
          id_token: `${encoded({ alg: "RS256", kid: "1" })}.${encoded(claims(own))}.${"A".repeat(342)}`,
        },
        "/jwks": { keys: [] },
      };
      return json(answers[request.url ?? ""] ?? metadata(own))(request, response);
    });
    const error = failed(await mynakit(`portal login --issuer ${url} --json`), "ERR_PLATFORM_ID_TOKEN");
    expect(error.details).toMatchObject({ issuer: url });
    expiresIn = "soon";
    const told = await mynakit(`portal login --issuer ${url} --verbose`);
    expect(told.stderr).toContain("OAUTH_INVALID_RESPONSE");
    expect(told.stderr).not.toContain("a-token-that-nobody-sees");
    expect(() => readFileSync(path.join(home, "sessions.json"))).toThrow();
  });

  test("a code that ran out elsewhere is told so", async ({ mynakit }) => {
    const url = await answering((own) => (request, response) => {
      if (request.url === "/device") {
        const asked = { device_code: "d", user_code: "BCDF-GHJK", verification_uri: own, expires_in: 60, interval: 1 };
        return json(asked)(request, response);
      }
      if (request.url !== "/token") return json(metadata(own))(request, response);
      response.writeHead(400, { "content-type": "application/json" }).end('{"error":"expired_token"}');
    });
    const told = await mynakit(`portal login --issuer ${url} --lang ja`);
    expect(failedInWords(told, "ERR_PLATFORM_LOGIN_EXPIRED")).toContain("時間内に");
  });

  test.for([
    "http://login.example",
    "ftp://login.example",
    "nonsense",
    "https://user:pass@login.example",
    "https://login.example/?x=1",
    "https://login.example/.well-known/openid-configuration",
  ])("%s is refused as an address", async (url, { mynakit }) => {
    const error = failed(await mynakit(`portal login --issuer ${url} --json`), "ERR_USAGE_OPTION");
    expect(JSON.stringify(error)).not.toContain("pass@");
  });

  test.for([
    "portal login --issuer https://login.example --platform embedded",
    "portal whoami --issuer https://login.example --platform embedded",
    "portal logout --issuer https://login.example --all",
    "portal login --client-id x",
    "portal login --scope openid",
    "portal login --port 8080",
  ])("%s is refused: the options do not go together", async (line, { mynakit }) => {
    failed(await mynakit(`${line} --json`), "ERR_USAGE_OPTION");
  });
});

describe("our own sandbox, as any provider", () => {
  const card = "-r sim:standard --pin-stdin";

  test("is logged in at by its device authorization, bound to this device [row 75]", async ({
    start,
    mynakit,
    home,
  }) => {
    const url = await start("sandbox start --port 0").line();
    const elsewhere = { env: { MYNAKIT_HOME: path.join(home, "device") } };
    const running = start(`portal login --issuer ${url} --scope portal --json`, elsewhere);
    const userCode = await codeOf(running);
    const approved = await mynakit(`portal approve ${userCode} --yes --json --platform ${url} ${card}`, {
      input: "1234\n",
    });
    success("portal approve", approved);
    const { data } = success("portal login", await running.ended);
    expect(data).toMatchObject({
      method: "qr",
      platform: { url, sandbox: true },
      issuer: { clientId: "mynakit", scope: "openid portal", bound: true },
    });
    const who = success("portal whoami", await mynakit(`portal whoami --issuer ${url} --json`, elsewhere)).data;
    expect(who.claims).toEqual({ sub: data.session.subject });
    const out = success("portal logout", await mynakit(`portal logout --issuer ${url} --json`, elsewhere)).data;
    expect(out).toMatchObject({ loggedOut: true, ended: 1, platform: { sandbox: true } });
  });

  test("is logged in at with the card where nothing else is offered, and the card is told of by errors", async ({
    start,
    mynakit,
  }) => {
    let hidden: readonly string[] = ["device_authorization_endpoint", "authorization_endpoint"];
    let target = "";
    const url = await answering(() => (request, response) => {
      void pass(request, target).then(async (answer) => {
        const body = await answer.text();
        const discovery = request.url?.startsWith("/.well-known/") === true;
        const shown = discovery
          ? JSON.stringify(
              Object.fromEntries(Object.entries(JSON.parse(body)).filter(([name]) => !hidden.includes(name))),
            )
          : body;
        const type = answer.headers.get("content-type") ?? "text/plain";
        response.writeHead(answer.status, { "content-type": type }).end(shown);
      });
    });
    const sandbox = start(`sandbox start --port 0 --public-url ${url} --json`);
    target = JSON.parse(await sandbox.line()).data.listening;
    const login = `portal login --issuer ${url} --scope portal --json ${card}`;
    const { data } = success("portal login", await mynakit(login, { input: "1234\n" }));
    expect(data).toMatchObject({
      method: "reader",
      issuer: { clientId: "mynakit", scope: "openid portal", bound: true },
      pinSent: true,
      triesAfter: 3,
    });
    const other = await mynakit(`${login} --client-id other`, { input: "1234\n" });
    expect(failed(other, "ERR_PLATFORM_CLIENT").pinSent).toBe(true);
    hidden = [...hidden, "card_challenge_endpoint"];
    failed(await mynakit(login, { input: "1234\n" }), "ERR_PLATFORM_GRANTS");
  });
});

/** A request as it came, sent on to another address. */
async function pass(request: IncomingMessage, target: string): Promise<Response> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { method = "GET", url = "/", headers } = request;
  const { host: _host, connection: _connection, ...others } = headers;
  return fetch(`${target}${url}`, {
    method,
    headers: others as Record<string, string>,
    ...(method === "GET" ? {} : { body: Buffer.concat(chunks) }),
  });
}
