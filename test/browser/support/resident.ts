import path from "node:path";
import type { Page } from "playwright-core";
import { LoginPassword } from "../../../src/login/login-password.ts";
import { issueMykeyId, pageAddress, proposeMykeyId } from "../../../src/mykey/client.ts";
import { setPassword } from "../../../src/mykey/password.ts";
import type { Log } from "../../../src/sandbox/http/listener.ts";
import { ownerOf } from "../../../src/sandbox/mykey/suspension.ts";
import { apply } from "../../../src/sandbox/points/apply.ts";
import { grant } from "../../../src/sandbox/points/report.ts";
import { addAccount, addService } from "../../../src/sandbox/points/services.ts";
import { openStore, type Store } from "../../../src/sandbox/store/store.ts";
import { type CardOrder, makeCard, random } from "../../sandbox/support/cards.ts";
import { logIn } from "../../sandbox/support/login.ts";
import { runSandbox, temporaryFolder } from "../../sandbox/support/sandbox.ts";

export const password = "correct horse battery";

/** A sandbox, and somebody with a card, a MyKey ID and a password, who can open my page. */
export async function resident(order: CardOrder = {}, log: Log = () => {}) {
  const database = path.join(temporaryFolder(), "sandbox.db");
  const sandbox = await runSandbox({ database, log });
  const { platform, url } = sandbox;
  const card = makeCard(order);
  const byCard = async () => (await logIn(platform, card, sandbox.clock)).accessToken;
  const accessToken = await byCard();
  const proposal = await proposeMykeyId(platform, accessToken);
  if ("existing" in proposal) throw new Error("nothing has been issued yet");
  const { proposalId, mykeyId } = proposal;
  await issueMykeyId(platform, accessToken, { proposalId, idempotencyKey: "issue" });
  await setPassword(platform, accessToken, { password: new LoginPassword(password), idempotencyKey: "password" });
  const onStore = async <T>(work: (store: Store) => Promise<T>): Promise<T> => {
    const store = await openStore(database, () => sandbox.clock().getTime());
    return work(store).finally(() => store.close());
  };
  return {
    ...sandbox,
    card,
    mykeyId,
    byCard,
    onStore,
    page: (name: string) => `${url}/mypage${name}`,
    /** A one-time address, as `mynakit mykey page` prints it. */
    oneTimeAddress: async () => (await pageAddress(platform, await byCard())).url,
    givePoints: () => onStore((store) => givePoints(store, mykeyId)),
  };
}

export type Resident = Awaited<ReturnType<typeof resident>>;

/** Has a person apply in a programme of the past, and charge 10,000 yen. */
async function givePoints({ db }: Store, mykeyId: string): Promise<void> {
  const now = () => Date.parse("2022-03-01T00:00:00+09:00");
  const parts = { db, now, random, reservationCap: 100 };
  await addService("mynapay", parts);
  const [service, serviceId] = ["mynapay", "taro"];
  const { securityCode } = await addAccount({ service, serviceId, holder: mykeyId, ward: null }, parts);
  const person = await ownerOf(db, mykeyId);
  const certificate = await db
    .selectFrom("certificate")
    .selectAll()
    .where("person", "=", person)
    .executeTakeFirstOrThrow();
  const { session_epoch: epoch } = await db
    .selectFrom("person")
    .select("session_epoch")
    .where("id", "=", person)
    .executeTakeFirstOrThrow();
  const session = {
    person,
    epoch,
    method: "card" as const,
    issuer: certificate.issuer,
    serialNumber: certificate.serial_number,
    notBefore: certificate.not_before,
    notAfter: certificate.not_after,
    revocation: "good" as const,
    expiresAt: now(),
  };
  await apply(session, { service, serviceId, securityCode, idempotencyKey: "apply" }, parts);
  await grant({ service, serviceId, kind: "charge", yen: 10_000, reportId: "r1" }, parts);
}

/** Logs in on the page of MyKey ID and password. */
export async function enter(page: Page, { mykeyId, page: at }: Resident, secret = password): Promise<void> {
  await page.goto(at("/login"));
  await page.fill("#mykey-id", mykeyId);
  await page.fill("#password", secret);
  await page.click("main button");
}

/** Opens a one-time address and goes on to my page. */
export async function arrive(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.click("main button");
}
