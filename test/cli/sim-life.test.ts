import { describe, expect } from "vitest";
import { failed, success } from "./support/documents.ts";
import { test } from "./support/test.ts";

const pin = { input: "1234\n" };
const day = "2026-11-22T03:00:00Z";
const dayAfter = "2026-11-23T03:00:01Z";
const json = "--pin-stdin -r sim:standard --json";

describe("a MyKey ID", () => {
  for (const event of ["renew", "reissue"] as const) {
    test(`stays its holder's through sim ${event}: not on the same day, then as before [rows 22, 24, 40, 59]`, async ({
      mynakit,
    }) => {
      const on = (now: string) => ({ ...pin, env: { MYNAKIT_NOW: now } });
      const { mykeyId } = success("mykey issue", await mynakit(`mykey issue --yes ${json}`, on(day))).data;
      const serial = async () =>
        success("cert show", await mynakit("cert show auth -r sim:standard --json", on(day))).data.certificate
          .serialNumber;
      const before = await serial();
      success(`sim ${event}`, await mynakit(`sim ${event} standard --json`, on(day)));
      expect(await serial()).not.toBe(before);

      const error = failed(await mynakit(`mykey show ${json}`, on(day)), "ERR_CERT_TOO_NEW");
      expect(error).toMatchObject({ pinSent: false, details: { earliest: "2026-11-23T03:00:00.000Z" } });
      const status = success("mykey status", await mynakit(`mykey status ${json}`, on(day))).data;
      expect(status).toMatchObject({ account: "active", mykeyId, certificate: { state: "waiting" } });
      const issued = success("mykey issue", await mynakit(`mykey issue --yes ${json}`, on(dayAfter))).data;
      expect(issued).toMatchObject({ mykeyId, created: false });
      const { certificates } = success("mykey history", await mynakit(`mykey history ${json}`, on(dayAfter))).data;
      expect(certificates.map(({ unlinkedAt }) => unlinkedAt)).toEqual(["2026-11-23T03:00:01Z", null]);
    });
  }

  test("is that of a person who moved: the authentication certificate stays, the address is new [row 58]", async ({
    mynakit,
  }) => {
    const { mykeyId } = success("mykey issue", await mynakit(`mykey issue --yes ${json}`, pin)).data;
    const certificate = async () => (await mynakit("cert show auth -r sim:standard --format pem")).stdout;
    const before = await certificate();
    const address = "見本県模擬市別町２番３号";
    const moved = success("sim move", await mynakit(["sim", "move", "standard", address, "--json"])).data;
    expect(moved.facts["person.address"]).toBe(address);
    expect(await certificate()).toBe(before);
    const info = success(
      "card info",
      await mynakit("card info --pin-stdin -r sim:standard --json", { input: "5678\n" }),
    );
    expect(info.data.address).toBe(address);
    expect(info.data.checks.filter(({ result }) => result === "failed")).toEqual([]);
    const signing = await mynakit("cert show sign --pin-stdin -r sim:standard --json", { input: "TEST1234\n" });
    expect(success("cert show", signing).data.certificate.holder?.address).toBe(address);
    expect(success("mykey show", await mynakit(`mykey show ${json}`, pin)).data.mykeyId).toBe(mykeyId);
    failed(await mynakit(["sim", "move", "standard", "", "--json"]), "ERR_USAGE_SIM_SETTING");
  });
});

test("sim renew keeps PINs and counters; sim reissue makes them new", async ({ mynakit }) => {
  success("sim create", await mynakit("sim create worn --set auth.remaining=2 --json"));
  const remaining = async (event: "renew" | "reissue") => {
    const { pins } = success(`sim ${event}`, await mynakit(`sim ${event} worn --json`)).data;
    return pins.find(({ id }) => id === "auth")?.remaining;
  };
  expect(await remaining("renew")).toBe(2);
  const number = async () => success("card serial", await mynakit("card serial -r sim:worn --json")).data.serialNumber;
  const before = await number();
  expect(await remaining("reissue")).toBe(3);
  expect(await number()).not.toBe(before);
  failed(await mynakit("sim renew suica --json"), "ERR_CARD_KIND");
});
