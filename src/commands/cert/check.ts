import { type Authority, checkChain } from "../../jpki/certificate/chain.ts";
import { type CheckedCertificate, checkCertificate, type RevocationSource } from "../../jpki/certificate/check.ts";
import type { JpkiCertificate } from "../../jpki/certificate/parse.ts";
import type { Revocation } from "../../jpki/certificate/revocation.ts";
import { reporting } from "../../jpki/pin/reporting.ts";
import type { Input, Run, Warning } from "../command.ts";
import type { Context } from "../context.ts";
import { wholeNumber } from "../number.ts";
import type { DataOf } from "../results.ts";
import { authorityFiles, listFile } from "./files.ts";
import { askResponder, responderUrl } from "./responder.ts";
import { simulatedAuthorities } from "./simulated-authorities.ts";
import { certificateSource } from "./source.ts";
import { summary } from "./summary.ts";
import { day, expiryWarnings } from "./warnings.ts";

type Data = DataOf<"cert check">;

const mostDays = 3650;

/**
 * Answers whether a certificate of the card, or of a file, is good. It is a question: that a certificate has expired
 * or been revoked is an answer (exit 1), that there is none to check is an error (exit 8).
 */
export const run: Run<Data> = async (context, input) => {
  const warnDays = wholeNumber("--warn-days", input.options.warnDays, [0, mostDays]);
  const named = await authorityFiles(context.host, (input.options.ca ?? []) as readonly string[]);
  const list = await revocationList(context, input);
  const responder = input.options.ocsp === undefined ? null : responderUrl(String(input.options.ocsp));
  const { certificate, authority, reader, simulated, pin, warnings } = await certificateSource(context, input, {
    withAuthority: true,
  });
  const clock = context.clock({ simulatedCard: simulated });
  const authorities = [...named, ...simulatedAuthorities(certificate.kind), ...ofCard(authority)];
  const said = responder
    ? await reporting(pin, () =>
        askResponder(context.host, responder, certificate, checkChain(certificate, authorities, clock()), clock),
      )
    : undefined;
  const now = clock();
  const checked = checkCertificate(certificate, { now, authorities, list, said, window: warnDays * day, simulated });
  return {
    data: {
      reader,
      verdict: checked.verdict,
      at: now.toISOString(),
      warnDays,
      certificate: summary(certificate),
      daysLeft: Math.floor((certificate.notAfter.getTime() - now.getTime()) / day),
      ...outcome(checked),
      ...pin,
    },
    warnings: [...warnings, ...differenceWarnings(checked.sources), ...expiryWarnings(certificate, now)],
    ...(checked.verdict === "failed" ? { exit: 1 } : {}),
  };
};

const revocationList = async ({ host }: Context, { options }: Input) =>
  options.crl === undefined ? null : await listFile(host, String(options.crl));

const ofCard = (certificate: JpkiCertificate | null): Authority[] =>
  certificate ? [{ certificate, source: "card" }] : [];

function outcome({
  checks,
  issuer,
  revocation,
  sources,
}: CheckedCertificate): Pick<Data, "authority" | "revocation" | "checks"> {
  return {
    authority: issuer && {
      source: issuer.source,
      notAfter: issuer.certificate.notAfter.toISOString(),
      fingerprintSha256: issuer.certificate.fingerprintSha256,
    },
    revocation: { ...shown(revocation), sources: sources.map(shownSource) },
    checks: [...checks],
  };
}

function shown(revocation: Revocation): Omit<Data["revocation"], "sources"> {
  const entry = revocation.status === "revoked" ? revocation.entry : null;
  return { status: revocation.status, at: entry?.at.toISOString() ?? null, reason: entry?.reason ?? null };
}

const shownSource = ({ method, said }: RevocationSource): Data["revocation"]["sources"][number] => ({
  method,
  ...shown(said),
  detail: said.status === "not-checked" ? said.reason : null,
});

function differenceWarnings(sources: readonly RevocationSource[]): Warning[] {
  const word = (method: RevocationSource["method"]) => sources.find((source) => source.method === method)?.said.status;
  const [crl, ocsp] = [word("crl"), word("ocsp")];
  const differ = (crl === "good" && ocsp === "revoked") || (crl === "revoked" && ocsp === "good");
  return differ ? [{ code: "WARN_CERT_SOURCES_DIFFER", details: { crl, ocsp } }] : [];
}
