import * as client from "openid-client";
import { describe, expect } from "vitest";
import { failed, success } from "./support/documents.ts";
import { keys } from "./support/terminal.ts";
import { test } from "./support/test.ts";

const card = "-r sim:standard --pin-stdin";
const pin = { input: "1234\n" };
const scope = "selfinfo:vaccinations selfinfo:checkups";

interface Answer {
  readonly of?: string;
  readonly reason?: string;
  readonly records?: readonly { readonly item: string; readonly day: string }[];
}

describe("a health app of somebody else", () => {
  test("asks a person, gets vaccinations and check-ups and nothing more, and nothing once the consent is withdrawn [rows 153, 154]", async ({
    mynakit,
    start,
    terminal,
  }) => {
    const added = await mynakit(["sandbox", "client", "add", "健康アプリ", "--scope", scope, "--json"]);
    const { clients, database } = success("sandbox client add", added).data;
    const url = await start(["sandbox", "start", "--port", "0", "--database", database]).line();
    const at = `--json --platform ${url}`;
    success("portal login", await mynakit(`portal login ${at} ${card}`, pin));
    success("portal register", await mynakit(`portal register --nickname a ${at}`));

    // The app: openid-client and fetch, and nothing of ours.
    const app = await client.discovery(new URL(url), clients[0]?.id ?? "", undefined, client.None(), {
      execute: [client.allowInsecureRequests],
    });
    const asked = await client.initiateDeviceAuthorization(app, { scope });
    const tokens = client.pollDeviceAuthorizationGrant(app, asked);
    const get = async (path: string): Promise<Answer> => {
      const headers = { authorization: `Bearer ${(await tokens).access_token}` };
      return (await (await fetch(`${url}/api/v1/${path}`, { headers })).json()) as Answer;
    };

    // The person: is told who asks for what, before the PIN.
    const person = terminal(`portal approve ${asked.user_code} -r sim:standard --lang ja --platform ${url}`);
    await person.sees(
      "外部サービス「健康アプリ」が、次のことへの同意を求めています: 予防接種の記録と予定、健診の記録と予定",
    );
    await person.sees(asked.user_code);
    person.type(`はい${keys.enter}`);
    await person.sees("暗証番号");
    person.type(`1234${keys.enter}`);
    await person.sees("サービスは、同意したことだけをできるようになります");
    expect(await person.ended()).toBe(0);

    const vaccinations = await get("information/vaccinations");
    expect(vaccinations).toMatchObject({ sandbox: true, synthetic: true, of: "vaccinations" });
    expect(vaccinations.records?.every(({ item }) => item.startsWith("vaccine-"))).toBe(true);
    const checkups = await get("information/checkups");
    expect(checkups.records?.every(({ item }) => /checkup/.test(item))).toBe(true);
    const everything = await mynakit(`portal info children ${at}`);
    const own = success("portal info", everything).data.records ?? [];
    expect(vaccinations.records).toEqual(own.filter(({ item }) => item.startsWith("vaccine-")));
    for (const path of ["children", "health", "tax", "notices", "registration"]) {
      expect((await get(`information/${path}`)).reason).toBe("scope-missing");
    }

    const { exchanges } = success("portal exchanges", await mynakit(`portal exchanges ${at}`)).data;
    const reads = exchanges.filter(({ requester }) => requester === "service");
    expect(reads.map(({ topic, service, ground }) => [topic, service, ground])).toEqual([
      ["checkups", "健康アプリ", "consent"],
      ["vaccinations", "健康アプリ", "consent"],
    ]);
    const shown = await mynakit(`portal exchanges --lang ja --platform ${url}`);
    expect(shown.stdout).toContain("健康アプリ（外部サービス）");
    expect(shown.stdout).toContain("本人の同意");

    expect((await mynakit(`portal sessions --lang ja --platform ${url}`)).stdout).toMatch(/別の端末で承認 +健康アプリ/);
    const audit = success("sandbox audit verify", await mynakit("sandbox audit verify --json")).data;
    expect(audit.whole).toBe(true);

    const { consents } = success("portal consents", await mynakit(`portal consents ${at}`)).data;
    expect(consents).toMatchObject([
      { service: "健康アプリ", scopes: ["selfinfo:vaccinations", "selfinfo:checkups"], state: "standing" },
    ]);
    const withdrawn = await mynakit(`portal consents --end ${consents[0]?.id} --lang en --platform ${url}`);
    expect(withdrawn.stdout).toContain("The consent is withdrawn");
    expect((await get("information/vaccinations")).reason).toBe("session-expired");
    const again = failed(await mynakit(`portal consents --end ${consents[0]?.id} ${at}`), "ERR_PLATFORM_REFUSED");
    expect([again.details.reason, again.hint]).toEqual(["consent-unknown", expect.stringContaining("portal consents")]);
  });

  test("gets nothing of who turns it away, and a script says yes only by --yes [row 153]", async ({
    mynakit,
    start,
  }) => {
    const added = await mynakit(["sandbox", "client", "add", "App", "--scope", scope, "--json"]);
    const { clients, database } = success("sandbox client add", added).data;
    const url = await start(["sandbox", "start", "--port", "0", "--database", database]).line();
    const app = await client.discovery(new URL(url), clients[0]?.id ?? "", undefined, client.None(), {
      execute: [client.allowInsecureRequests],
    });
    const asked = await client.initiateDeviceAuthorization(app, { scope: "selfinfo:checkups" });
    const approve = `portal approve ${asked.user_code} --json --platform ${url}`;
    failed(await mynakit(`${approve} ${card}`, pin), "ERR_USAGE_INPUT_NEEDED");
    const denied = success("portal approve", await mynakit(`${approve} --deny`)).data;
    expect(denied).toMatchObject({ decision: "denied", service: { name: "App", scopes: ["selfinfo:checkups"] } });
    const grant = client.pollDeviceAuthorizationGrant(app, asked);
    await expect(grant).rejects.toMatchObject({ error: "access_denied" });
    const another = await client.initiateDeviceAuthorization(app, { scope: "selfinfo:checkups" });
    const yes = `portal approve ${another.user_code} --yes --json --platform ${url} ${card}`;
    expect(success("portal approve", await mynakit(yes, pin)).data).toMatchObject({ decision: "approved" });
    // Nobody fetched what was approved, and mynakit itself is no external service.
    success("portal login", await mynakit(`portal login --json --platform ${url} ${card}`, pin));
    const { consents } = success("portal consents", await mynakit(`portal consents --json --platform ${url}`)).data;
    expect(consents).toEqual([]);
  });
});
