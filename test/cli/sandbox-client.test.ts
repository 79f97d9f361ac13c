import { expect } from "vitest";
import { failed, failedInWords, success } from "./support/documents.ts";
import { test } from "./support/test.ts";

const add = "sandbox client add Kenko --redirect-uri https://app.example/cb --redirect-uri http://127.0.0.1/cb";

test("sandbox client add, list and remove: who may ask people to let it in, and for what", async ({ mynakit }) => {
  const added = success("sandbox client add", await mynakit([...add.split(" "), "--scope", "openid portal", "--json"]));
  const [client] = added.data.clients;
  expect(client).toMatchObject({
    id: expect.stringMatching(/^[0-9a-f]{16}$/),
    name: "Kenko",
    redirectUris: ["https://app.example/cb", "http://127.0.0.1/cb"],
    scope: "openid portal",
  });
  success("sandbox client add", await mynakit("sandbox client add TV --json"));
  const { clients } = success("sandbox client list", await mynakit("sandbox client list --json")).data;
  expect(clients.map(({ name, scope }) => [name, scope])).toEqual([
    ["Kenko", "openid portal"],
    ["TV", "openid"],
  ]);
  const shown = await mynakit("sandbox client list --lang ja");
  expect(shown.stdout).toContain(client?.id);
  expect(shown.stdout).toContain("求めてよいスコープ");
  const removed = await mynakit(`sandbox client remove ${client?.id} --json`);
  expect(success("sandbox client remove", removed).data).toMatchObject({ id: client?.id, sessionsEnded: 0 });
  const again = failed(await mynakit(`sandbox client remove ${client?.id} --json`), "ERR_PLATFORM_REFUSED");
  expect(again.details).toMatchObject({ reason: "client-unknown" });
  for (const lang of ["ja", "en"]) {
    const words = failedInWords(await mynakit(`sandbox client remove nope --lang ${lang}`), "ERR_PLATFORM_REFUSED");
    expect(words).toContain("mynakit sandbox client list");
  }
  const audit = success("sandbox audit verify", await mynakit("sandbox audit verify --json")).data;
  expect(audit.whole).toBe(true);
});

test("a client that is registered asks for a device, and for no more than it was registered with", async ({
  mynakit,
  start,
}) => {
  const tv = success("sandbox client add", await mynakit("sandbox client add TV --scope openid --json")).data;
  const id = tv.clients[0]?.id ?? "";
  const sandbox = start(["sandbox", "start", "--port", "0", "--database", tv.database]);
  const url = /http:\S+/.exec(await sandbox.line())?.[0] ?? "";
  const ask = async (client: string, scope: string) => {
    const body = new URLSearchParams({ client_id: client, scope });
    const response = await fetch(`${url}/device-logins`, { method: "POST", body });
    return (await response.json()) as Record<string, string>;
  };
  const { user_code: code } = await ask(id, "openid");
  const looked = await fetch(`${url}/device-logins/lookups`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ userCode: code }),
  });
  expect(await looked.json()).toMatchObject({ client: id, scope: "openid" });
  expect((await ask(id, "openid portal")).reason).toBe("scope-unknown");
  expect((await ask("stranger", "openid")).reason).toBe("client-unknown");
  success("sandbox client remove", await mynakit(`sandbox client remove ${id} --database ${tv.database} --json`));
  expect((await ask(id, "openid")).reason).toBe("client-unknown");
});

test("a service that a person who has not registered lets in could read nothing, and the person is told so", async ({
  mynakit,
  start,
}) => {
  const added = await mynakit(["sandbox", "client", "add", "Kenko", "--scope", "openid selfinfo:tax", "--json"]);
  const { clients, database } = success("sandbox client add", added).data;
  const sandbox = start(["sandbox", "start", "--port", "0", "--database", database]);
  const url = /http:\S+/.exec(await sandbox.line())?.[0] ?? "";
  const card = `--platform ${url} -r sim:standard --pin-stdin`;
  const approved = async (scope: string) => {
    const body = new URLSearchParams({ client_id: clients[0]?.id ?? "", scope });
    const asked = await fetch(`${url}/device-logins`, { method: "POST", body });
    const { user_code: code } = (await asked.json()) as Record<string, string>;
    const result = await mynakit(`portal approve ${code} --yes --json ${card}`, { input: "1234\n" });
    return success("portal approve", result).warnings.map((warning) => warning.code);
  };
  expect(await approved("openid selfinfo:tax")).toEqual(["WARN_NOT_REGISTERED"]);
  expect(await approved("openid")).toEqual([]);
  success("portal login", await mynakit(`portal login --json ${card}`, { input: "1234\n" }));
  success("portal register", await mynakit(`portal register --nickname taro --platform ${url} --json`));
  expect(await approved("openid selfinfo:tax")).toEqual([]);
});

test.for([
  ["http://app.example/cb", "ja"],
  ["https://app.example/cb#x", "en"],
  ["https://*.example/cb", "en"],
  ["https://user:pass@app.example/cb", "en"],
  ["javascript:alert(1)", "ja"],
  ["data:text/html,x", "en"],
  ["https://localhost/cb", "en"],
  ["nonsense", "en"],
] as const)("an answer is sent nowhere that others can read: %s", async ([uri, lang], { mynakit }) => {
  const stderr = failedInWords(
    await mynakit(`sandbox client add App --redirect-uri ${uri} --lang ${lang}`),
    "ERR_USAGE_OPTION",
  );
  expect(stderr).toContain("--redirect-uri");
});

test.for([
  ["", "missing"],
  ["   ", "missing"],
  ["x".repeat(65), "malformed"],
  ["two\nlines", "malformed"],
] as const)("a name that is none is refused: %j", async ([name, problem], { mynakit }) => {
  const error = failed(await mynakit(["sandbox", "client", "add", name, "--json"]), "ERR_USAGE_ARGUMENT");
  expect(error.details).toMatchObject({ argument: "name", problem });
});

test("a scope that the platform does not know is refused, with those that it knows, which --help names, too", async ({
  mynakit,
}) => {
  for (const scope of ["everything", "openid nope", " "]) {
    const words = ["sandbox", "client", "add", "App", "--scope", scope, "--json"];
    const { exit, details } = failed(await mynakit(words), "ERR_USAGE_OPTION");
    expect([exit, details]).toMatchObject([2, { option: "--scope", allowed: expect.stringContaining("selfinfo:tax") }]);
  }
  expect((await mynakit("sandbox client add --help --lang ja")).stdout).toContain("selfinfo:tax");
});
