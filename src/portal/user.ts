import type { AccessToken } from "../login/access-token.ts";
import type { Platform } from "../login/platform.ts";
import { getFrom, postOnce, type Repeatable } from "../login/request.ts";
import type { Members } from "../login/shape.ts";
import { type PortalUser, type Registrations, type UserChange, type UserRegistration, userPaths } from "./wire/user.ts";

/**
 * What the person registered.
 * @throws {MynakitError} ERR_PLATFORM_REFUSED with reason `not-registered`, ERR_NETWORK_*, ERR_PLATFORM_*
 */
export const fetchUser = (platform: Platform, accessToken: AccessToken): Promise<PortalUser> =>
  getFrom(platform, accessToken, userPaths.user, userIn);

/**
 * Registers the person.
 * @throws {MynakitError} ERR_PLATFORM_REFUSED with reason `already-registered` or `registration-malformed`,
 *   ERR_NETWORK_*, ERR_PLATFORM_*
 */
export const registerUser = (
  platform: Platform,
  accessToken: AccessToken,
  { entry, idempotencyKey }: { readonly entry: UserRegistration } & Repeatable,
): Promise<PortalUser> =>
  postOnce(platform, accessToken, { path: userPaths.registration, idempotencyKey, body: entry, parse: userIn });

/**
 * Changes what is named.
 * @throws {MynakitError} ERR_PLATFORM_REFUSED with reason `not-registered` or `registration-malformed`,
 *   ERR_NETWORK_*, ERR_PLATFORM_*
 */
export const changeUser = (
  platform: Platform,
  accessToken: AccessToken,
  { change, idempotencyKey }: { readonly change: UserChange } & Repeatable,
): Promise<PortalUser> =>
  postOnce(platform, accessToken, { path: userPaths.changes, idempotencyKey, body: change, parse: userIn });

const userIn = (answer: Members): PortalUser => ({
  sandbox: answer.flag("sandbox"),
  nickname: answer.text("nickname"),
  email: answer.nullable("email", answer.text),
  notify: answer.flag("notify"),
  registeredAt: answer.date("registeredAt"),
  registrations: registrationsIn(answer.object("registrations")),
});

const registrationsIn = (registrations: Members): Registrations => ({
  synthetic: registrations.flag("synthetic"),
  insuranceCard: registrations.nullable("insuranceCard", registrations.text),
  publicAccount: registrations.nullable("publicAccount", registrations.text),
});
