import type { AccessToken } from "../login/access-token.ts";
import type { Platform } from "../login/platform.ts";
import { getFrom, postOnce, type Repeatable } from "../login/request.ts";
import type { Members } from "../login/shape.ts";
import { informationTopics } from "./wire/information.ts";
import { type Link, type LinkChange, linkPaths, linkServices } from "./wire/links.ts";

/**
 * The services that can be linked, and which are.
 * @throws {MynakitError} ERR_PLATFORM_REFUSED with reason `not-registered`, ERR_NETWORK_*, ERR_PLATFORM_*
 */
export const fetchLinks = (platform: Platform, accessToken: AccessToken): Promise<Link[]> =>
  getFrom(platform, accessToken, linkPaths.links, linksIn);

/**
 * Links a service, or takes it away again.
 * @throws {MynakitError} ERR_PLATFORM_REFUSED with reason `not-registered`, `already-linked` or `not-linked`,
 *   ERR_NETWORK_*, ERR_PLATFORM_*
 */
export const changeLink = (
  platform: Platform,
  accessToken: AccessToken,
  { service, action, idempotencyKey }: LinkChange & Repeatable,
): Promise<Link[]> =>
  postOnce(platform, accessToken, {
    path: linkPaths.changes,
    idempotencyKey,
    body: { service, action } satisfies LinkChange,
    parse: linksIn,
  });

const linksIn = (answer: Members): Link[] =>
  answer.list("links").map((link) => ({
    service: link.oneOf("service", linkServices),
    gets: link.texts("gets").flatMap((text) => informationTopics.filter((topic) => topic === text)),
    identifier: link.nullable("identifier", link.text),
    linkedAt: link.nullable("linkedAt", link.date),
  }));
