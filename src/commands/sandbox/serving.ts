import { isIP } from "node:net";
import { MynakitError } from "../../errors.ts";
import type { Host } from "../../host.ts";
import { mayBePlain } from "../../login/platform.ts";
import type { Limits } from "../../sandbox/http/limits.ts";
import type { TlsPair } from "../../sandbox/http/tls.ts";
import type { SandboxOptions } from "../../sandbox/server.ts";
import type { Input } from "../command.ts";
import { readContent, readPrivateContent } from "../content.ts";
import { wholeNumber } from "../number.ts";

/** More than a chain of certificates is, or a key. */
const longestPem = 256 * 1024;
const burstSeconds = 10;

type Serving = Pick<SandboxOptions, "port" | "host" | "tls" | "publicUrl" | "proxies" | "limits" | "metricsPort">;

/**
 * Where and how `sandbox start` serves, by its options.
 * @throws {MynakitError} ERR_USAGE_OPTION, ERR_USAGE_PLAIN_HTTP, ERR_IO_READ, ERR_IO_KEY_FILE_MODE, ERR_IO_TLS
 */
export async function servingOf(host: Host, { options }: Input): Promise<Serving> {
  const port = wholeNumber("--port", options.port, [0, 65535]);
  const address = ipAddress("--host", options.host);
  const proxies = [options.proxy ?? []].flat().map((proxy) => ipAddress("--proxy", proxy));
  const publicUrl = options.publicUrl === undefined ? undefined : originOf(String(options.publicUrl));
  const forAll = /^(0\.0\.0\.0|::)$/.test(address);
  if (forAll && publicUrl === undefined) throw usage("--public-url", "missing");
  const tls = await tlsOf(host, options, publicUrl === undefined ? address : undefined);
  const own = mayBePlain(`http://${isIP(address) === 6 ? `[${address}]` : address}`);
  if (!tls && !own) throw new MynakitError("ERR_USAGE_PLAIN_HTTP", { address });
  return {
    port,
    host: address,
    proxies,
    limits: await limitsOf(options.rate, own && proxies.length === 0),
    ...(tls && { tls }),
    ...(publicUrl !== undefined && { publicUrl }),
    ...(options.metricsPort !== undefined && {
      metricsPort: wholeNumber("--metrics-port", options.metricsPort, [0, 65535]),
    }),
  };
}

/** A server that only its own machine's programs reach has no limit by address, unless it is asked for. */
async function limitsOf(rate: unknown, own: boolean): Promise<Limits> {
  const { ownLimits, sharedLimits } = await import("../../sandbox/http/limits.ts");
  const limits = own ? ownLimits : sharedLimits;
  if (rate === undefined) return limits;
  const requestsPerSecond = wholeNumber("--rate", rate, [1, 1_000_000]);
  return { ...limits, requestsPerSecond, burst: requestsPerSecond * burstSeconds };
}

/** @param name whom the certificate has to name, if anybody */
async function tlsOf(
  host: Host,
  { tlsCert, tlsKey }: Input["options"],
  name: string | undefined,
): Promise<TlsPair | undefined> {
  if (tlsCert === undefined && tlsKey === undefined) return undefined;
  if (typeof tlsCert !== "string") throw usage("--tls-cert", "missing");
  if (typeof tlsKey !== "string") throw usage("--tls-key", "missing");
  const exposed = (mode: string) => new MynakitError("ERR_IO_KEY_FILE_MODE", { path: tlsKey, mode });
  const certificate = { path: tlsCert, pem: textOf(await readContent(host, tlsCert, longestPem)) };
  const key = { path: tlsKey, pem: textOf(await readPrivateContent(host, tlsKey, longestPem, exposed)) };
  const { tlsPair } = await import("../../sandbox/http/tls.ts");
  return tlsPair(certificate, key, host.now(), name);
}

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");

function ipAddress(option: string, value: unknown): string {
  if (typeof value === "string" && isIP(value) !== 0) return value;
  throw usage(option, "malformed", "192.0.2.1");
}

/** HTTPS, or HTTP on this machine, and nothing behind the port: the platform's paths begin there. */
function originOf(given: string): string {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const secure = url?.protocol === "https:" || (url?.protocol === "http:" && mayBePlain(url.origin));
  if (url && secure && url.href === `${url.origin}/`) return url.origin;
  throw usage("--public-url", "malformed", "https://sandbox.example");
}

const usage = (option: string, problem: "missing" | "malformed", allowed?: string) =>
  new MynakitError("ERR_USAGE_OPTION", { option, problem, ...(allowed !== undefined && { allowed }) });
