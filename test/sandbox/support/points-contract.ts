import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { premium, premiumTermsOn } from "../../../src/mykey/points/calculate.ts";
import { programmes } from "../../../src/mykey/points/programmes.ts";
import type { Session } from "../../../src/sandbox/http/session.ts";
import { apply } from "../../../src/sandbox/points/apply.ts";
import { grant } from "../../../src/sandbox/points/report.ts";
import { addAccount, addService } from "../../../src/sandbox/points/services.ts";
import { pointsHistoryOf, pointsStatusOf } from "../../../src/sandbox/points/status.ts";
import { verifyAudit } from "../../../src/sandbox/store/audit-verify.ts";
import { openStore } from "../../../src/sandbox/store/store.ts";
import { random } from "./cards.ts";

const service = "mynapay";
const runs = { 1: "2020-10-01T00:00:00+09:00", 2: "2022-03-01T00:00:00+09:00" } as const;
const name = (): string => randomBytes(8).toString("hex");
const refused = (reason: string) => ({ body: { reason } });

/**
 * What applications and grants must keep to, whatever database it is.
 * @param freshDatabase names an empty database: a path or a URL
 */
export function pointsContract(freshDatabase: () => Promise<string>): void {
  async function open({ at = runs[1] as string, reservationCap = 100 } = {}) {
    let time = Date.parse(at);
    const store = await openStore(await freshDatabase(), () => time);
    onTestFinished(() => store.close());
    const { db } = store;
    const parts = { db, now: () => time, random, reservationCap };
    await addService(service, parts);

    /** A person with an ID, reserved or not, and an account at the service. */
    async function join({ reserved = true, account = true, notAfter = Date.parse("2030-01-01T00:00:00Z") } = {}) {
      const person = name();
      const mykeyId = name().slice(0, 8).toUpperCase();
      await db.insertInto("person").values({ id: person, linkage: person, created_at: time }).execute();
      const mykey = { id: mykeyId, furigana: "", person, state: "active" as const, issued_at: time, ended_at: null };
      await db.insertInto("mykey").values(mykey).execute();
      if (reserved)
        await db.insertInto("reservation").values({ person, state: "reserved", reserved_at: time }).execute();
      const session = {
        person,
        method: "card" as const,
        epoch: 0,
        issuer: "CN=test",
        serialNumber: person,
        notBefore: 0,
        notAfter,
        expiresAt: notAfter,
        revocation: "not-checked",
      } satisfies Session;
      const serviceId = `at-${mykeyId}`;
      const order = { service, serviceId, holder: mykeyId, ward: null };
      const securityCode = account ? (await addAccount(order, parts)).securityCode : "";
      return { person, mykeyId, session, serviceId, securityCode };
    }
    type Joined = Awaited<ReturnType<typeof join>>;

    const applyFor = ({ session, serviceId, securityCode }: Joined, change: { securityCode?: string } = {}) =>
      apply(session, { service, serviceId, securityCode, idempotencyKey: name(), ...change }, parts);
    const report = (serviceId: string, yen: number, reportId = name()) =>
      grant({ service, serviceId, kind: "charge", yen, reportId }, parts);
    const status = ({ person }: Joined) => pointsStatusOf(db, person, time);
    const travelTo = (moment: string) => {
      time = Date.parse(moment);
    };
    return { db, parts, join, applyFor, report, status, travelTo };
  }

  describe("an application", () => {
    test("is made once; the same again is no other, and another one is refused", async () => {
      const { join, applyFor, db } = await open();
      const person = await join();
      const first = await applyFor(person);
      expect(first).toMatchObject({ created: true, programme: 1, points: 0, mostPoints: 5000 });
      expect(await applyFor(person)).toEqual({ ...first, created: false });
      const other = await join();
      await expect(applyFor({ ...person, ...other, session: person.session })).rejects.toMatchObject(
        refused("service-of-another"),
      );
      const lines = await db.selectFrom("audit").select("action").where("subject", "=", person.person).execute();
      expect(lines.map(({ action }) => action)).toEqual(["service.account", "points.apply"]);
    });

    test("cannot be changed to another account of one's own", async () => {
      const { join, applyFor, parts } = await open();
      const person = await join();
      await applyFor(person);
      const order = { service, serviceId: "second", holder: person.mykeyId, ward: null };
      const { securityCode } = await addAccount(order, parts);
      await expect(applyFor({ ...person, serviceId: "second", securityCode })).rejects.toMatchObject(
        refused("application-final"),
      );
    });

    test.each([
      ["2020-06-30T23:59:59+09:00", null],
      ["2020-07-01T00:00:00+09:00", 1],
      ["2021-12-31T23:59:59+09:00", 1],
      ["2022-01-01T00:00:00+09:00", 2],
      ["2023-09-30T23:59:59+09:00", 2],
      ["2023-10-01T00:00:00+09:00", null],
    ])("at %s is for programme %s", async (at, programme) => {
      const { join, applyFor, status } = await open({ at });
      const person = await join();
      expect((await status(person)).programme).toBe(programme);
      if (programme === null) await expect(applyFor(person)).rejects.toMatchObject(refused("programme-closed"));
      else expect(await applyFor(person)).toMatchObject({ programme });
    });

    test("needs a reservation: an ID alone is another state [row 17]", async () => {
      const { join, applyFor, status } = await open();
      const early = await join({ reserved: false });
      expect(await status(early)).toMatchObject({
        mykeyId: early.mykeyId,
        reservation: { state: "none", at: null },
        next: "reservation",
      });
      await expect(applyFor(early)).rejects.toMatchObject(refused("reservation-missing"));
    });

    test("needs a MyKey ID", async () => {
      const { join, applyFor, db } = await open();
      const person = await join();
      await db.deleteFrom("reservation").execute();
      await db.deleteFrom("mykey").execute();
      await expect(applyFor(person)).rejects.toMatchObject(refused("no-mykey-id"));
    });

    test("needs a certificate that has not expired since the login", async () => {
      const { join, applyFor } = await open();
      const person = await join({ notAfter: Date.parse(runs[1]) });
      await expect(applyFor(person)).rejects.toMatchObject({
        body: { reason: "certificate-expired", not_after: "2020-09-30T15:00:00Z" },
      });
    });

    test("needs the account's security code, and does not say whether the account exists", async () => {
      const { join, applyFor } = await open();
      const person = await join();
      const none = await join({ account: false });
      const wrong = applyFor(person, { securityCode: "AAAAAAAA" });
      await expect(wrong).rejects.toMatchObject(refused("service-account-refused"));
      await expect(applyFor(none)).rejects.toMatchObject(refused("service-account-refused"));
      const typed = { securityCode: ` ${person.securityCode.toLowerCase()} ` };
      expect(await applyFor(person, typed)).toMatchObject({ created: true });
    });

    test("with another person's service is refused, except a guardian's for a minor", async () => {
      const { join, applyFor, parts } = await open();
      const guardian = await join();
      const minor = await join({ account: false });
      const order = { service, serviceId: "for-the-child", holder: guardian.mykeyId, ward: minor.mykeyId };
      const { securityCode } = await addAccount(order, parts);
      const stranger = { ...(await join()), serviceId: "for-the-child", securityCode };
      await expect(applyFor(stranger)).rejects.toMatchObject(refused("service-of-another"));
      expect(await applyFor({ ...minor, serviceId: "for-the-child", securityCode })).toMatchObject({ created: true });
      const taken = { ...guardian, serviceId: "for-the-child", securityCode };
      await expect(applyFor(taken)).rejects.toMatchObject(refused("service-account-taken"));
    });

    test("is refused when the budget is spent, whoever comes at once", async () => {
      const { join, applyFor, db } = await open({ reservationCap: 3 });
      const people = await Promise.all(Array.from({ length: 8 }, () => join()));
      const outcomes = await Promise.allSettled(people.map((person) => applyFor(person)));
      const reasons = outcomes.map((outcome) => (outcome.status === "fulfilled" ? "done" : outcome.reason.body.reason));
      expect(reasons.toSorted()).toEqual([...Array(3).fill("done"), ...Array(5).fill("programme-spent")]);
      expect(await db.selectFrom("points_application").selectAll().execute()).toHaveLength(3);
    });
  });

  describe("a report of a charge", () => {
    test("grants by the rule, once, and says the same again", async () => {
      const { join, applyFor, report, travelTo, db } = await open();
      const person = await join();
      await applyFor(person);
      const first = await report(person.serviceId, 9_999, "r1");
      expect(first).toMatchObject({ points: 2_499, totalPoints: 2_499 });
      expect(await report(person.serviceId, 9_999, "r1")).toEqual(first);
      travelTo("2020-10-20T00:00:00+09:00");
      await db.deleteFrom("remembered_answer").execute();
      expect(await report(person.serviceId, 9_999, "r1")).toEqual(first);
      await expect(report(person.serviceId, 1, "r1")).rejects.toMatchObject(refused("idempotency-key-reused"));
      expect(await report(person.serviceId, 1)).toMatchObject({ points: 1, totalPoints: 2_500 });
      expect((await pointsHistoryOf(db, person.person)).events).toMatchObject([
        { kind: "application", at: "2020-09-30T15:00:00Z" },
        { kind: "charge", yen: 9_999, points: 2_499 },
        { kind: "charge", yen: 1, points: 1 },
      ]);
      expect(await verifyAudit(db)).toMatchObject({ problem: null });
    });

    test("without an application, or for a reservation that was given up, grants nothing", async () => {
      const { join, applyFor, report, status, db } = await open();
      const person = await join();
      await expect(report(person.serviceId, 100)).rejects.toMatchObject(refused("application-missing"));
      await applyFor(person);
      await report(person.serviceId, 100);
      await db.updateTable("reservation").set({ state: "void" }).where("person", "=", person.person).execute();
      await expect(report(person.serviceId, 100)).rejects.toMatchObject(refused("application-missing"));
      expect((await status(person)).applications).toMatchObject([{ void: true }]);
    });

    test("counts between the first and the last day only, and for the programme of that day", async () => {
      const { join, applyFor, report, travelTo } = await open({ at: "2020-07-15T00:00:00+09:00" });
      const person = await join();
      await applyFor(person);
      await expect(report(person.serviceId, 100)).rejects.toMatchObject(refused("programme-closed"));
      travelTo("2021-12-31T23:59:59+09:00");
      expect(await report(person.serviceId, 100)).toMatchObject({ programme: 1, points: 25 });
      travelTo("2022-01-01T00:00:00+09:00");
      await expect(report(person.serviceId, 100)).rejects.toMatchObject(refused("application-missing"));
      await applyFor(person);
      expect(await report(person.serviceId, 100)).toMatchObject({ programme: 2, points: 25 });
    });

    test("never brings more than the cap, in whatever order and at once, and what the calculator says", async () => {
      const { join, applyFor, report, status } = await open({ at: runs[2] });
      const terms = premiumTermsOn(programmes[2], "2022-03-01");
      if (!terms) throw new TypeError("the terms are known on that day");
      const yen = fc.array(fc.integer({ min: 1, max: 12_000 }), { minLength: 1, maxLength: 6 });
      await fc.assert(
        fc.asyncProperty(yen, async (charges) => {
          const person = await join();
          await applyFor(person);
          const reports = charges.map((each, index) => ({ each, id: `${person.person}-${index}` }));
          // Every one comes twice, from both ends at once.
          const answers = await Promise.all(
            [...reports, ...reports.toReversed()].map(({ each, id }) => report(person.serviceId, each, id)),
          );
          const granted = answers.reduce((sum, { points }) => sum + points, 0) / 2;
          const [application] = (await status(person)).applications;
          const expected = premium(terms, charges);
          expect({ granted, points: application?.points, yen: application?.countedYen }).toEqual({
            granted: expected.points,
            points: expected.points,
            yen: expected.countedYen,
          });
          expect(granted).toBeLessThanOrEqual(terms.mostPoints);
          expect(answers.every(({ points }) => points >= 0)).toBe(true);
        }),
        { numRuns: 12 },
      );
    });
  });

  test("how far one has come is told step by step", async () => {
    const { join, applyFor, report, status, travelTo, db } = await open();
    const person = await join();
    const next = async () => (await status(person)).next;
    expect(await next()).toBe("application");
    await applyFor(person);
    expect(await next()).toBe("charge");
    await report(person.serviceId, 20_000);
    expect(await next()).toBe("complete");
    travelTo("2026-01-01T00:00:00+09:00");
    expect(await next()).toBe("closed");
    await db.deleteFrom("mykey").execute();
    expect(await next()).toBe("mykey-id");
  });

  test("no secret of a service is kept, only hashes", async () => {
    const { join, parts, db } = await open();
    const { token } = await addService("other", parts);
    const { securityCode } = await join();
    const kept = JSON.stringify([
      await db.selectFrom("points_service").selectAll().execute(),
      await db.selectFrom("points_account").selectAll().execute(),
      await db.selectFrom("audit").selectAll().execute(),
      await db.selectFrom("remembered_answer").selectAll().execute(),
    ]);
    expect([kept.includes(token), kept.includes(securityCode)]).toEqual([false, false]);
  });
}
