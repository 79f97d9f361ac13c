import { MynakitError } from "../errors.ts";
import { embeddedUrl } from "./wire.ts";

/** A MyKey Platform and Mynaportal behind one URL. */
export interface Platform {
  /** Without a slash at its end; its OAuth issuer identifier. */
  readonly url: string;
  /** True for every platform that is not a real one. */
  readonly sandbox: boolean;
  readonly fetch: typeof globalThis.fetch;
  /** How far its clock is ahead of this process's, in milliseconds; left out: it does not say. */
  readonly ahead?: number;
  /** When it will let nobody in, where it says so. RFC 3339. */
  readonly closing?: { readonly from: string; readonly until: string | null };
  /** How long an answer may take, in milliseconds; ten seconds where it does not say. */
  readonly timeout?: number;
  /** Ends waiting for an answer. */
  readonly signal?: AbortSignal;
  close(): Promise<void>;
}

/** A clock that shows the platform's time. */
export const platformClock =
  ({ ahead = 0 }: Pick<Platform, "ahead">, clock: () => Date): (() => Date) =>
  () =>
    new Date(clock().getTime() + ahead);

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** True where plain HTTP is no danger: nobody is between us and the platform. */
export function mayBePlain(url: string): boolean {
  return url === embeddedUrl || loopback.test(new URL(url).hostname);
}

/** HTTPS, or HTTP where that is no danger. */
export const isConfidential = ({ protocol, origin }: URL): boolean =>
  protocol === "https:" || (protocol === "http:" && mayBePlain(origin));

/**
 * The URL of a platform as it is written everywhere: HTTPS, or HTTP on this machine; no credentials, query or fragment.
 * @throws {MynakitError} ERR_USAGE_PLATFORM
 */
export function platformUrl(given: string): string {
  if (!URL.canParse(given)) throw new MynakitError("ERR_USAGE_PLATFORM", { given });
  const url = new URL(given);
  if (!isConfidential(url) || url.username || url.password || url.search || url.hash) {
    url.password = "";
    throw new MynakitError("ERR_USAGE_PLATFORM", { given: url.href });
  }
  return url.href.replace(/\/+$/, "");
}
