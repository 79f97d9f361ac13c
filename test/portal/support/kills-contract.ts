import { setTimeout as delay } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { codeOf } from "../../cli/support/device.ts";
import { success } from "../../cli/support/documents.ts";
import type { Outcome, Running } from "../../cli/support/program.ts";
import { seeded } from "../../guard/support/random.ts";
import { compiledPlatform, type StartPlatform } from "../../sandbox/support/crash/platform-process.ts";
import { crashSeed, crashTime } from "../../sandbox/support/crash/settings.ts";
import { temporaryFolder } from "../../sandbox/support/sandbox.ts";
import { Person } from "./kills/person.ts";
import { type Moment, Stage, type Victim } from "./kills/stage.ts";

/** How many kills at random moments; MYNAKIT_CRASH_ROUNDS asks for more. */
const randomKills = Number(process.env.MYNAKIT_CRASH_ROUNDS ?? 12);
const moments = {
  client: ["before", "after"],
  platform: ["before", "after", "answered"],
} as const satisfies Record<Victim, readonly Moment[]>;
/** About as long as a command takes. */
const lifetime = 600;

type Database = () => string | Promise<string>;

export async function setStage(database: string, start: StartPlatform = compiledPlatform({})) {
  const stage = await Stage.set(database, start, temporaryFolder());
  onTestFinished(() => stage.strikeTheSet());
  return { stage, person: new Person(stage) };
}

type Actors = Awaited<ReturnType<typeof setStage>>;

/** Starts a run with a blow ready for it or for its platform, and waits for what is left. */
async function struck(
  { stage, person }: Actors,
  victim: Victim,
  { at, moment }: { readonly at: number; readonly moment: Moment },
  start: () => Running,
): Promise<{ readonly outcome: Outcome; readonly fell: boolean }> {
  let running: Running | undefined;
  const blow = stage.ready({
    at,
    moment,
    kill: async () => (victim === "platform" ? stage.killPlatform() : running?.stop("SIGKILL")),
  });
  running = start();
  const outcome = await running.ended;
  stage.calm();
  await stage.up();
  await person.judge(true);
  return { outcome, fell: blow.fell };
}

interface Repeated {
  readonly start: (point: number) => Running;
  /** Repeats what may not have come to its end. */
  readonly finish: (point: number, outcome: Outcome) => Promise<void>;
}

/** Kills at one request after the other, at each of its moments. @returns at how many */
async function atEveryRequest(actors: Actors, victim: Victim, { start, finish }: Repeated): Promise<number> {
  for (let at = 1, point = 0; ; at++) {
    for (const moment of moments[victim]) {
      point += 1;
      const of = point;
      const { outcome, fell } = await struck(actors, victim, { at, moment }, () => start(of));
      await finish(of, outcome);
      await actors.person.judge();
      if (!fell) return at - 1;
    }
  }
}

/** What a login and an application do after a kill. */
function repeated({ person }: Actors) {
  return {
    login: {
      start: () => person.login(),
      async finish(_point: number, outcome: Outcome) {
        if (!person.interrupted(outcome)) success("portal login", await person.login().ended);
      },
    },
    application: {
      start: (point: number) => person.apply(phoneOf(point)),
      async finish(point: number, outcome: Outcome) {
        const phone = phoneOf(point);
        if (!person.interruptedApplication(phone, outcome)) await person.finishApplication(phone);
      },
    },
  } as const satisfies Record<string, Repeated>;
}

/** That the list of sessions is what the store holds. */
async function sessionsAreTold({ stage }: Actors): Promise<void> {
  const { data } = success("portal sessions", await stage.run(["portal", "sessions"]));
  const stored = await stage.withStore(({ db }) => db.selectFrom("login_session").select("id").execute());
  expect(data.sessions.map(({ id }) => id).toSorted()).toEqual(stored.map(({ id }) => id).toSorted());
  expect(data.sessions.filter(({ current }) => current)).toHaveLength(1);
}

const phoneOf = (point: number): string => `03${String(point).padStart(8, "0")}`;

/** @param database a fresh one each time @param victims who is killed */
export function killsContract(database: Database, victims: readonly Victim[]): void {
  const together = (lane: (victim: Victim) => Promise<void>) => Promise.all(victims.map((victim) => lane(victim)));

  test("a login that is killed at any request is whole or none, and can be repeated", {
    timeout: crashTime,
  }, async () => {
    await together(async (victim) => {
      const actors = await setStage(await database());
      expect(await atEveryRequest(actors, victim, repeated(actors).login)).toBe(4);
      await sessionsAreTold(actors);
    });
  });

  test("an application that is killed at any request arrives once, and gets one number", {
    timeout: crashTime,
  }, async () => {
    await together(async (victim) => {
      const actors = await setStage(await database());
      success("portal login", await actors.person.login().ended);
      expect(await atEveryRequest(actors, victim, repeated(actors).application)).toBe(5);
    });
  });

  test("a device's login is whole or none whoever is killed at any of its requests", {
    timeout: crashTime,
  }, async () => {
    await together(async (victim) => {
      const lanes = [devicePoints, approvalPoints].map(async (points) => {
        const actors = await setStage(await database());
        for (const point of points)
          for (const moment of moments.client) await deviceLogin(actors, { ...point, victim, moment });
      });
      await Promise.all(lanes);
    });
  });

  test("kills at random moments leave no half login and no application lost or doubled", {
    timeout: crashTime,
  }, async () => {
    const actors = await setStage(await database());
    const { stage, person } = actors;
    const random = seeded(crashSeed);
    success("portal login", await person.login().ended);
    const { login, application } = repeated(actors);
    for (let kill = 1; kill <= randomKills; kill++) {
      const { start, finish } = random.below(3) > 0 ? application : login;
      const victim = victims[random.below(victims.length)];
      const running = start(kill);
      await Promise.race([delay(random.below(lifetime)), running.ended]);
      if (victim === "platform") await stage.killPlatform();
      else running.child.kill("SIGKILL");
      const outcome = await running.ended;
      await stage.up();
      await person.judge(true);
      await finish(kill, outcome);
      await person.judge();
    }
    await sessionsAreTold(actors);
  });
}

/** The requests of each side that no other command makes; the device asks with the last one what became of it. */
const requestsOf = {
  device: ["/device-logins", "/token"],
  approval: ["/device-logins/lookups", "/device-logins/challenges", "/device-logins/approvals"],
} as const satisfies Record<string, readonly string[]>;

interface DevicePoint {
  readonly side: keyof typeof requestsOf;
  readonly at: number;
  /** Whether the device is let in before the blow falls. */
  readonly letIn: boolean;
}

const devicePoints: readonly DevicePoint[] = [
  { side: "device", at: 1, letIn: false },
  { side: "device", at: 2, letIn: false },
  { side: "device", at: 2, letIn: true },
];
const approvalPoints = [1, 2, 3].map((at): DevicePoint => ({ side: "approval", at, letIn: true }));

/** A login by QR code with one kill in it, repeated by whoever was killed until the device is in. */
async function deviceLogin(
  { stage, person }: Actors,
  { victim, side, at, moment, letIn }: DevicePoint & { readonly victim: Victim; readonly moment: Moment },
): Promise<void> {
  const wait = () => stage.start(["portal", "login", "--qr"], "", "device");
  let device: Running | undefined;
  let approval: Running | undefined;
  const blow = stage.ready({
    at,
    moment,
    counts: ({ method, path }) => method === "POST" && requestsOf[side].some((counted) => counted === path),
    async kill() {
      if (victim === "client") await (side === "device" ? device : approval)?.stop("SIGKILL");
      else await stage.killPlatform();
      await stage.up();
    },
  });
  device = wait();
  const seen = codeOf(device).catch(() => undefined);
  if (!letIn) await blow.fallen;
  const userCode = await seen;
  if (userCode !== undefined) {
    approval = person.approve(userCode);
    person.interrupted(await approval.ended);
    await person.judge(true);
    if (side === "approval") {
      expect(blow.fell).toBe(true);
      const again = await person.approve(userCode).ended;
      if (again.code !== 0) expect(JSON.parse(again.stdout).error.details.reason).toBe("device-login-used");
    }
  }
  const ended = await device.ended;
  expect(blow.fell).toBe(true);
  stage.calm();
  await person.judge();
  if (person.interrupted(ended)) return;
  device = wait();
  success("portal approve", await person.approve(await codeOf(device)).ended);
  success("portal login", await device.ended);
  await person.judge();
}
