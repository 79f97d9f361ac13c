import { MynakitError } from "../../errors.ts";
import { discoverIssuer, type Issuer } from "../../login/issuer/provider.ts";
import { type IssuerSession, loadIssuerSession } from "../../login/issuer/session.ts";
import { isConfidential } from "../../login/platform.ts";
import { newProofKey, type ProofParts } from "../../login/proof-key.ts";
import { clientId as ownClientId } from "../../login/wire.ts";
import type { Input } from "../command.ts";
import type { Context } from "../context.ts";

/**
 * The OpenID Connect provider that `--issuer` names, in one spelling; undefined: none, so the platform is meant.
 * @throws {MynakitError} ERR_USAGE_OPTION
 */
export function issuerIn(context: Context, { options }: Input): string | undefined {
  if (options.issuer === undefined) {
    if (["clientId", "scope", "port"].every((name) => options[name] === undefined)) return undefined;
    throw new MynakitError("ERR_USAGE_OPTION", { option: "--issuer", problem: "missing" });
  }
  const option = "--issuer";
  if (context.options.platformNamed) {
    throw new MynakitError("ERR_USAGE_OPTION", { option, problem: "excludes", allowed: "--issuer, --platform" });
  }
  const given = String(options.issuer);
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url?.protocol === "http:" && !isConfidential(url)) {
    throw new MynakitError("ERR_USAGE_OPTION", { option, problem: "plain-http" });
  }
  const wrong = !url || !isConfidential(url) || url.username || url.password || url.search || url.hash;
  if (wrong || url.pathname.includes("/.well-known/")) {
    throw new MynakitError("ERR_USAGE_OPTION", { option, problem: "malformed", allowed: "https://login.example" });
  }
  return url.pathname === "/" ? url.origin : url.href;
}

const proofParts = ({ clock, host }: Context): ProofParts => ({
  clock: clock({ embeddedPlatform: false }),
  random: host.random,
});

/** The provider, as a client that is registered there. @throws {MynakitError} as `discoverIssuer` */
export function openIssuer(
  context: Context,
  issuer: string,
  clientId = ownClientId,
  key = newProofKey(proofParts(context)),
): Promise<Issuer> {
  const { fetch, interrupted: signal } = context.host;
  return discoverIssuer({ issuer, clientId, key, clock: proofParts(context).clock, fetch, signal });
}

/** The session that `portal login --issuer` stored. @throws {MynakitError} ERR_IO_READ, ERR_IO_STATE_CORRUPT */
export const issuerSession = (context: Context, issuer: string): IssuerSession | undefined =>
  loadIssuerSession(context.home, issuer, proofParts(context));
