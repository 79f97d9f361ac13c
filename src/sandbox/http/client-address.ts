import type { IncomingMessage } from "node:http";
import { isIP, isIPv6 } from "node:net";

/**
 * Where requests come from. A proxy appends the address of its client to X-Forwarded-For; what others write there is
 * not believed. Null: from this process.
 * @param proxies addresses of proxies that are believed
 */
export function clientAddress(proxies: readonly string[]): (request: IncomingMessage) => string | null {
  const believed = new Set(proxies.map(plain));
  return ({ socket, headersDistinct }) => {
    const { remoteAddress } = socket;
    if (remoteAddress === undefined) return null;
    const forwarded = (headersDistinct["x-forwarded-for"] ?? []).flatMap((line) => line.split(","));
    let address = plain(remoteAddress);
    while (believed.has(address)) {
      const before = plain(forwarded.pop()?.trim() ?? "");
      if (isIP(before) === 0) break;
      address = before;
    }
    return address;
  };
}

/** An IPv4 address that came in over IPv6 is written as such (RFC 4291, 2.5.5.2). */
export const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, "");

/** What counts as one client: an IPv4 address, or the /64 that an IPv6 host has for itself (RFC 6177). */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [first = [], last = []] = address.split("::").map((part) => part.split(":").filter((group) => group !== ""));
  const zeros = Array.from({ length: Math.max(0, 8 - first.length - last.length) }, () => "0");
  const groups = [...first, ...zeros, ...last].slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${groups.join(":")}::/64`;
}
