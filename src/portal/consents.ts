import type { AccessToken } from "../login/access-token.ts";
import type { Platform } from "../login/platform.ts";
import { getFrom, postOnce, type Repeatable } from "../login/request.ts";
import type { Members } from "../login/shape.ts";
import { apiScopesIn } from "./wire/api.ts";
import { type Consent, type ConsentEnd, consentPaths, consentStates } from "./wire/consents.ts";

/** What the person has let external services do, the newest first. @throws {MynakitError} ERR_NETWORK_*, ERR_PLATFORM_* */
export const fetchConsents = (platform: Platform, accessToken: AccessToken): Promise<Consent[]> =>
  getFrom(platform, accessToken, consentPaths.consents, consentsIn);

/**
 * Takes one of them back: from then on the service is refused.
 * @throws {MynakitError} ERR_PLATFORM_REFUSED with reason `consent-unknown`, ERR_NETWORK_*, ERR_PLATFORM_*
 */
export const withdrawConsent = (
  platform: Platform,
  accessToken: AccessToken,
  { consent, idempotencyKey }: ConsentEnd & Repeatable,
): Promise<Consent[]> =>
  postOnce(platform, accessToken, {
    path: consentPaths.ends,
    idempotencyKey,
    body: { consent } satisfies ConsentEnd,
    parse: consentsIn,
  });

const consentsIn = (answer: Members): Consent[] =>
  answer.list("consents").map((consent) => ({
    id: consent.text("id"),
    client: consent.text("client"),
    service: consent.text("service"),
    scopes: apiScopesIn(consent.texts("scopes").join(" ")),
    state: consent.oneOf("state", consentStates),
    givenAt: consent.date("givenAt"),
    until: consent.date("until"),
    withdrawnAt: consent.nullable("withdrawnAt", consent.date),
  }));
