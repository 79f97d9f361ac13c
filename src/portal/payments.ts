import type { AccessToken } from "../login/access-token.ts";
import type { Platform } from "../login/platform.ts";
import { getFrom, postOnce, type Repeatable } from "../login/request.ts";
import type { Members } from "../login/shape.ts";
import { type Demand, demandKinds, type Payment, paymentMeans, paymentPaths } from "./wire/payments.ts";

/**
 * What is to be paid, and what has been.
 * @throws {MynakitError} ERR_PLATFORM_REFUSED with reason `not-registered`, ERR_NETWORK_*, ERR_PLATFORM_*
 */
export const fetchDemands = (platform: Platform, accessToken: AccessToken): Promise<Demand[]> =>
  getFrom(platform, accessToken, paymentPaths.demands, (answer) => answer.list("demands").map(demandIn));

/**
 * Pays one of them, in a sandbox without money.
 * @throws {MynakitError} ERR_PLATFORM_REFUSED with reason `not-registered`, `demand-unknown` or `already-paid`,
 *   ERR_NETWORK_*, ERR_PLATFORM_*
 */
export const pay = (
  platform: Platform,
  accessToken: AccessToken,
  { demand, means, idempotencyKey }: Payment & Repeatable,
): Promise<Demand> =>
  postOnce(platform, accessToken, {
    path: paymentPaths.payments,
    idempotencyKey,
    body: { demand, means } satisfies Payment,
    parse: (answer) => demandIn(answer.object("demand")),
  });

const demandIn = (demand: Members): Demand => ({
  id: demand.text("id"),
  kind: demand.oneOf("kind", demandKinds),
  year: demand.number("year"),
  term: demand.nullable("term", demand.number),
  yen: demand.number("yen"),
  due: demand.text("due"),
  paid: demand.nullable("paid", () => {
    const paid = demand.object("paid");
    return { receipt: paid.text("receipt"), means: paid.oneOf("means", paymentMeans), at: paid.date("at") };
  }),
});
