import { randomBytes } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { challengePath, clientId, jwtBearerGrant } from "../../../../src/login/wire.ts";
import { mykeyPaths, type ProfileChange } from "../../../../src/mykey/wire.ts";
import type { Random } from "../../../guard/support/random.ts";
import { assertionOf, makeCard, type TestCard } from "../cards.ts";
import { platformNow } from "./clock.ts";
import {
  type Deed,
  endsSessions,
  idOf,
  isCurrent,
  type Life,
  type Order,
  orderFor,
  requestFor,
  standingAfter,
} from "./orders.ts";
import type { Answer, Sent } from "./transport.ts";

/** The platform as its clients and its operator see it. */
export interface World {
  readonly random: Random;
  /** Where it answers, one of the places if there are several; waits while it does not. */
  url(): Promise<string>;
  /** Undefined: nobody knows what has become of it. */
  send(url: string, sent: Sent): Promise<Answer | undefined>;
  readonly serviceToken: string;
  /** Opens an account of that name, or nearly, at the cashless service. */
  openAccount(name: string, mykeyId: string): Promise<{ readonly serviceId: string; readonly securityCode: string }>;
  lift(mykeyId: string, idempotencyKey: string): Promise<void>;
  readonly over: () => boolean;
}

/** IDs that more than one person wishes for. */
const wishes = ["GALAXY22", "MYNAKEY2", "SAKURA33", "MATSUR44"] as const;

/** How the platform says that it has no place left. */
const full: Partial<Record<Deed["kind"], string>> = { issue: "capacity-reached", apply: "programme-spent" };

/** A person who uses the platform until it is over, and repeats what was not answered under the same key. */
export class Client {
  readonly life: Life;
  readonly #world: World;
  readonly #card: TestCard;
  #token: string | undefined;
  /** Whether something that ends sessions was asked for since the login. */
  #ending = false;

  constructor(name: string, world: World) {
    this.life = { name, person: undefined, orders: [] };
    this.#world = world;
    const day = 24 * 60 * 60 * 1000;
    const notBefore = new Date(platformNow() - 30 * day);
    this.#card = makeCard({ holder: name, notBefore, notAfter: new Date(platformNow() + 300 * day) });
  }

  async live(): Promise<void> {
    while (!this.#world.over()) await this.#next();
  }

  /** Looks at the account in the end, as the person would. */
  async look(): Promise<void> {
    const standing = this.#standing;
    const told = await this.#ask(mykeyPaths.status, undefined, []);
    const found = { mykeyId: told?.mykeyId, passwordSet: told?.passwordSet };
    const expected = { mykeyId: standing.ids.find(isCurrent)?.id ?? null, passwordSet: standing.password };
    if (isDeepStrictEqual(found, expected)) return;
    throw new Error(`${this.life.name} sees ${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`);
  }

  get #standing() {
    return standingAfter(this.life.orders.filter(({ outcome }) => outcome === "done").map(({ deed }) => deed));
  }

  async #next(): Promise<void> {
    const { random } = this.#world;
    const standing = this.#standing;
    const mykeyId = idOf(standing);
    const dice = random.below(100);
    if (mykeyId === undefined) {
      const suspended = standing.ids.find(isCurrent);
      if (suspended) await this.#do({ kind: "lift", mykeyId: suspended.id });
      else await this.#issue();
    } else if (dice < 10) await this.#repeat();
    else if (dice < 20) await this.#do({ kind: "revoke", mykeyId });
    else if (dice < 22) await this.#do({ kind: "leak", mykeyId });
    else if (dice < 26)
      await this.#do({ kind: "password", password: `correct horse ${randomBytes(4).toString("hex")}` });
    else if (dice < 45) await this.#change(mykeyId);
    else if (dice < 70 && standing.application === null) await this.#apply(mykeyId);
    else if (dice < 85 && standing.application && standing.pointsCount) {
      const { serviceId } = standing.application;
      await this.#do({ kind: "grant", serviceId, yen: 1 + random.below(3000) });
    } else await this.#do({ kind: "profile", change: this.#someProfile() });
  }

  #someProfile(): ProfileChange {
    const { random } = this.#world;
    const email = `${this.life.name}-${random.below(1000)}@example.jp`;
    return random.pick<ProfileChange>([{ email, notify: true }, { email }, { pointsMunicipality: "131130" }]);
  }

  async #issue(): Promise<void> {
    const proposal = await this.#ask(mykeyPaths.proposals, {}, ["capacity-reached"]);
    if (!proposal) return;
    if (proposal.existing !== undefined) throw new Error(`${this.life.name} has an ID that nobody acknowledged`);
    const { proposalId, mykeyId } = proposal as { proposalId: string; mykeyId: string };
    await this.#do({ kind: "issue", proposalId, mykeyId });
  }

  async #change(from: string): Promise<void> {
    const { random } = this.#world;
    const wanted = random.below(3) === 0 ? { wanted: random.pick(wishes) } : {};
    const proposal = await this.#ask(mykeyPaths.changeProposals, wanted, ["mykey-id-taken", "proposals-exhausted"]);
    if (!proposal) return;
    const { proposalId, mykeyId } = proposal as { proposalId: string; mykeyId: string };
    await this.#do({ kind: "change", from, proposalId, mykeyId });
  }

  async #apply(mykeyId: string): Promise<void> {
    await this.#do({ kind: "apply", ...(await this.#world.openAccount(this.life.name, mykeyId)) });
  }

  /** Asks again for something that was acknowledged: the same answer, and nothing done. */
  async #repeat(): Promise<void> {
    const { random } = this.#world;
    const done = this.life.orders.filter(({ outcome, deed }) => outcome === "done" && deed.kind !== "lift");
    const order = done[random.below(done.length)];
    if (!order) return;
    const { text } = await this.#settle(order, 1);
    if (text !== order.answer) throw new Error(`${this.life.name}: ${order.answer} became ${text} when asked again`);
  }

  async #do(deed: Deed): Promise<void> {
    const order = orderFor(randomBytes(12).toString("hex"), deed);
    this.life.orders.push(order);
    if (deed.kind === "lift") {
      await this.#world.lift(deed.mykeyId, order.key);
      order.outcome = "done";
      return;
    }
    const copies = this.#world.random.below(6) === 0 ? 3 : 1;
    const { status, text } = await this.#settle(order, copies);
    order.answer = text;
    order.outcome = status === 200 ? "done" : "refused";
  }

  /** Sends an order, so many copies at once, again and again until it is answered. */
  async #settle({ key, deed, outcome }: Order, copies: number): Promise<Answer> {
    if (deed.kind === "lift") throw new TypeError("the operator's deeds are not sent");
    const { path, body } = requestFor(deed);
    for (;;) {
      const token = deed.kind === "grant" ? this.#world.serviceToken : await this.#session();
      this.#ending ||= outcome === "sent" && endsSessions(deed);
      const sent = { path, body, token, idempotencyKey: key };
      const url = await this.#world.url();
      const answers = await Promise.all(Array.from({ length: copies }, () => this.#world.send(url, sent)));
      const definite = answers.flatMap((answer) => (answer && !this.#isLoggedOut(answer) ? [answer] : []));
      const done = definite.filter(({ status }) => status === 200);
      if (new Set(done.map(({ text }) => text)).size > 1) throw new Error(`two answers to one order: ${path}`);
      const answer = done[0] ?? definite[0];
      if (!answer) continue;
      if (answer.status === 200 || reasonIn(answer) === full[deed.kind]) return answer;
      throw new Error(`${this.life.name}: ${deed.kind} was answered ${answer.status} ${answer.text}`);
    }
  }

  /** The answer to what is no order; undefined where it is refused for one of these reasons. */
  async #ask(
    path: string,
    body: object | undefined,
    allowed: readonly string[],
  ): Promise<Record<string, unknown> | undefined> {
    for (;;) {
      const token = await this.#session();
      const answer = await this.#world.send(await this.#world.url(), { path, body, token });
      if (!answer || this.#isLoggedOut(answer)) continue;
      if (answer.status === 200) return JSON.parse(answer.text) as Record<string, unknown>;
      if (allowed.includes(reasonIn(answer))) return undefined;
      throw new Error(`${this.life.name}: ${path} was answered ${answer.status} ${answer.text}`);
    }
  }

  /** A session ends only by what was asked for: an acknowledged login is not lost either. */
  #isLoggedOut(answer: Answer): boolean {
    if (reasonIn(answer) !== "session-expired") return false;
    if (!this.#ending) throw new Error(`${this.life.name}'s session was lost`);
    this.#token = undefined;
    return true;
  }

  async #session(): Promise<string> {
    while (this.#token === undefined) {
      const url = await this.#world.url();
      const challenge = await this.#world.send(url, { path: challengePath, body: {} });
      if (!challenge) continue;
      const { nonce } = JSON.parse(challenge.text) as { nonce: string };
      const answer = await this.#world.send(url, { path: "/token", form: this.#login(url, nonce) });
      if (!answer) continue;
      if (answer.status !== 200) throw new Error(`${this.life.name}: the login was answered ${answer.text}`);
      const { access_token: token, id_token: idToken } = JSON.parse(answer.text) as Record<string, string>;
      const { sub } = JSON.parse(Buffer.from(idToken?.split(".")[1] ?? "", "base64url").toString()) as { sub: string };
      if (this.life.person !== undefined && this.life.person !== sub) throw new Error("one person became two");
      this.life.person = sub;
      this.#token = token;
      this.#ending = false;
    }
    return this.#token;
  }

  #login(url: string, nonce: string) {
    const iat = Math.floor(platformNow() / 1000);
    const assertion = assertionOf(this.#card, url, nonce, { claims: { iat, exp: iat + 60 } });
    return { grant_type: jwtBearerGrant, client_id: clientId, assertion, scope: "openid mykey" };
  }
}

export function reasonIn({ status, text }: Answer): string {
  return status === 200 ? "" : String((JSON.parse(text) as { reason?: string }).reason);
}
