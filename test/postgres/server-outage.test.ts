import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect, createServer, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { whoami } from "../../src/portal/client.ts";
import type { LogEntry } from "../../src/sandbox/http/listener.ts";
import { openStore } from "../../src/sandbox/store/store.ts";
import { makeCard, now } from "../sandbox/support/cards.ts";
import { logIn } from "../sandbox/support/login.ts";
import { enterPortal } from "../sandbox/support/portal-pages-contract.ts";
import { runSandbox } from "../sandbox/support/sandbox.ts";
import { administer, freshDatabase } from "./support/database.ts";

/** The database behind a line that can be cut and mended. */
async function onALine(database: string) {
  const target = new URL(database);
  const sockets = new Set<Socket>();
  const line = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", () => {}).on("close", () => sockets.delete(socket));
    }
    near.pipe(far).pipe(near);
  });
  const open = async (port = 0) => {
    line.listen(port, "127.0.0.1");
    await once(line, "listening");
  };
  await open();
  const { port } = line.address() as AddressInfo;
  const cut = async () => {
    const closed = once(line, "close");
    line.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  onTestFinished(async () => {
    if (line.listening) await cut();
  });
  const url = new URL(database);
  url.port = String(port);
  return { database: url.href, cut, mend: () => open(port) };
}

const refused = expect.objectContaining({ reason: "unavailable", sandbox: true });

async function ask(url: string, init?: RequestInit) {
  const response = await fetch(url, init);
  return { status: response.status, wait: response.headers.get("retry-after"), body: await response.json() };
}

test("while the database is away every request is refused as unavailable; when it is back all goes on", async () => {
  const line = await onALine(await freshDatabase());
  const entries: LogEntry[] = [];
  const { url, platform } = await runSandbox({ database: line.database, log: (entry) => entries.push(entry) });
  const { accessToken, subject } = await logIn(platform, makeCard());
  expect(await ask(`${url}/ready`)).toMatchObject({ status: 200, body: { status: "ready" } });

  await line.cut();
  const away = { status: 503, wait: "5", body: refused };
  const headers = { authorization: `Bearer ${accessToken.reveal()}` };
  expect(await ask(`${url}/ready`)).toEqual(away);
  expect(await ask(`${url}/portal/v1/me`, { headers })).toEqual(away);
  expect(await ask(`${url}/card/challenge`, { method: "POST" })).toEqual(away);
  const token = new URLSearchParams({ token: accessToken.reveal(), client_id: "mynakit" });
  expect(await ask(`${url}/token/revocation`, { method: "POST", body: token })).toEqual(away);
  expect((await ask(`${url}/health`)).status).toBe(200);
  expect(entries.some(({ kind }) => kind === "failure")).toBe(true);

  await line.mend();
  await expect.poll(async () => (await ask(`${url}/ready`)).status).toBe(200);
  expect(await whoami(platform, accessToken)).toMatchObject({ subject });
});

test("while the database is away a browser is told so on a page, in its language; when it is back the login still stands", async () => {
  const line = await onALine(await freshDatabase());
  const sandbox = await runSandbox({ database: line.database });
  const { browser } = await enterPortal(sandbox);
  await browser.open("/mynaportal/profile");

  await line.cut();
  const sent = await browser.send("/mynaportal/profile", { nickname: "たろう" });
  const opened = [];
  for (const path of ["/mynaportal/home", "/mynaportal/consents", "/device?user_code=BCDF-GHJK"]) {
    opened.push(await browser.open(path));
  }
  for (const page of [sent, ...opened]) {
    expect([page.status, page.title]).toEqual([503, "The platform cannot be used right now"]);
    expect(page.headers.get("retry-after")).toBe("5");
    expect(page.headers.get("content-type")).toMatch(/^text\/html/);
    expect(page.html).toContain("Mynaportal (sandbox)");
    expect(page.html).not.toMatch(/ECONN|postgres|at .*\.ts/i);
  }
  const inJapanese = await browser.open("/mynaportal/home", { "accept-language": "ja" });
  expect([inJapanese.status, inJapanese.title]).toEqual([503, "ただいま利用できません"]);

  await line.mend();
  await expect.poll(async () => (await ask(`${sandbox.url}/ready`)).status).toBe(200);
  const home = await browser.open("/mynaportal/home");
  expect([home.status, home.title]).toEqual([200, "My page"]);
  expect(home.html).toContain("You have not registered yet.");
});

test("a server that ends its connections midway in a transaction does not end ours", async () => {
  const database = await freshDatabase();
  const { db, close } = await openStore(database, () => now.getTime());
  onTestFinished(close);
  const failing = db.transaction().execute(async (transaction) => {
    await transaction.selectFrom("meta").selectAll().execute();
    const name = new URL(database).pathname.slice(1);
    await administer(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
    await transaction.selectFrom("meta").selectAll().execute();
  });
  await expect(failing).rejects.toThrow();
  await expect
    .poll(() =>
      db
        .selectFrom("meta")
        .select("name")
        .execute()
        .catch(() => "away"),
    )
    .not.toBe("away");
});

test("the state of the connections is in the metrics", async () => {
  const { url, metrics } = await runSandbox({ database: await freshDatabase(), metricsPort: 0 });
  await ask(`${url}/ready`);
  const page = await (await fetch(metrics ?? expect.fail())).text();
  expect(page).toMatch(/^mynakit_database_connections\{state="open"\} [1-9]/m);
  expect(page).toMatch(/^mynakit_database_connections\{state="waiting"\} 0$/m);
});
