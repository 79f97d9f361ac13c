import { readFileSync } from "node:fs";
import { recordOf } from "../../../cli/support/cards.ts";
import { failed, success } from "../../../cli/support/documents.ts";
import type { Outcome } from "../../../cli/support/program.ts";
import { judgeCard, judgeHome, judgeStore, outboxOf } from "./judge.ts";
import type { Stage } from "./stage.ts";

const applying = "portal procedures apply 131105-moving-out --set movingDay=2026-12-01 --set newAddress=Osaka".split(
  " ",
);

/** Uses the program, repeats what was not answered, and knows what the program has said. */
export class Person {
  readonly #stage: Stage;
  readonly #applications = new Map<string, string | null>();
  readonly #given = { auth: 0, text: 0, sign: 0 };

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** Starts a login. */
  login() {
    this.#given.auth += 1;
    return this.#stage.start("portal login --pin-stdin".split(" "), "1234\n");
  }

  /** Starts to let the device of a code in. */
  approve(userCode: string) {
    this.#given.auth += 1;
    return this.#stage.start(["portal", "approve", userCode, "--yes", "--pin-stdin"], "1234\n");
  }

  /** Starts an application, which nothing but the telephone tells from others. */
  apply(phone: string) {
    if (!this.#applications.has(phone)) this.#applications.set(phone, null);
    this.#given.text += 1;
    this.#given.sign += 1;
    const words = [...applying, "--set", `phone=${phone}`, "--yes", "--pin-stdin"];
    return this.#stage.start(words, "5678\nTEST1234\n");
  }

  /** What a run may say that was killed, or whose platform was. @returns whether it had come to its end before */
  interrupted(outcome: Outcome): boolean {
    if (outcome.stdout !== "" && JSON.parse(outcome.stdout).ok) return true;
    if (outcome.signal !== "SIGKILL") failed(outcome, "ERR_NETWORK_UNREACHABLE");
    return false;
  }

  /** The same for an application: its number, if it was told one. */
  interruptedApplication(phone: string, outcome: Outcome): boolean {
    if (!this.interrupted(outcome)) return false;
    this.#applications.set(phone, JSON.parse(outcome.stdout).data.application.id);
    return true;
  }

  /** Applies again until there is a number; what was signed before is not signed again. */
  async finishApplication(phone: string): Promise<void> {
    const home = this.#stage.home("person");
    const kept = () => outboxOf(home).some((file) => readFileSync(file, "utf8").includes(phone));
    const signed = kept();
    const before = signed ? recordOf(home, "standard", "sign").verifies : null;
    const { data } = success("portal procedures apply", await this.apply(phone).ended);
    this.#applications.set(phone, data.application?.id ?? null);
    if (data.resent !== signed) throw new Error(`kept: ${signed}, sent again: ${data.resent}`);
    if (before !== null && recordOf(home, "standard", "sign").verifies !== before) throw new Error("signed twice");
    if (kept()) throw new Error("an application is kept whose number was told");
  }

  /** @param cutOff see `Told` @throws {Error} what the judge says of platform, files and card */
  async judge(cutOff = false): Promise<void> {
    const told = { applications: this.#applications, given: this.#given, cutOff };
    await this.#stage.withStore(async ({ db }) => {
      await judgeStore(db, told);
      for (const whose of ["person", "device"] as const) await judgeHome(db, this.#stage.home(whose));
    });
    judgeCard(this.#stage.home("person"), told);
  }
}
