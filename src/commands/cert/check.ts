import type { CertificateKind } from "../../jpki/applications.ts";
import type { Authority } from "../../jpki/certificate/chain.ts";
import { type CheckedCertificate, checkCertificate } from "../../jpki/certificate/check.ts";
import { type JpkiCertificate, parseCertificate } from "../../jpki/certificate/parse.ts";
import { derBlocks } from "../../jpki/certificate/pem.ts";
import { simAuthorities } from "../../login/sim-authorities.ts";
import type { Input, Run } from "../command.ts";
import type { Context } from "../context.ts";
import { wholeNumber } from "../number.ts";
import type { DataOf } from "../results.ts";
import { authorityFiles, listFile } from "./files.ts";
import { certificateSource } from "./source.ts";
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
  const { certificate, authority, reader, simulated, pin, warnings } = await certificateSource(context, input, {
    withAuthority: true,
  });
  const now = context.clock({ simulatedCard: simulated })();
  const authorities = [...named, ...simulatedAuthorities(certificate.kind), ...ofCard(authority)];
  const checked = checkCertificate(certificate, { now, authorities, list, window: warnDays * day, simulated });
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
    warnings: [...warnings, ...expiryWarnings(certificate, now)],
    ...(checked.verdict === "failed" ? { exit: 1 } : {}),
  };
};

const revocationList = async ({ host }: Context, { options }: Input) =>
  options.crl === undefined ? null : await listFile(host, String(options.crl));

const ofCard = (certificate: JpkiCertificate | null): Authority[] =>
  certificate ? [{ certificate, source: "card" }] : [];

/** Those that issue certificates of this kind to simulated cards: one for each generation. */
function simulatedAuthorities(kind: CertificateKind): Authority[] {
  const usage = kind === "sign" || kind === "sign-ca" ? "sign" : "auth";
  const generations = Buffer.from(Object.values(simAuthorities[usage]).join(""));
  return derBlocks(generations, "CERTIFICATE").map((der) => ({
    certificate: parseCertificate(der, `${usage}-ca`),
    source: "simulated",
  }));
}

/** Nothing about the holder: neither the subject nor the certificate itself. */
function summary(certificate: JpkiCertificate): Data["certificate"] {
  const { kind, issuer, serialNumber, notBefore, notAfter, fingerprintSha256 } = certificate;
  return {
    kind,
    issuer: issuer.text,
    serialNumber: serialNumber.number,
    serialNumberHex: serialNumber.hex,
    notBefore: notBefore.toISOString(),
    notAfter: notAfter.toISOString(),
    fingerprintSha256,
  };
}

function outcome({
  checks,
  issuer,
  revocation,
}: CheckedCertificate): Pick<Data, "authority" | "revocation" | "checks"> {
  const entry = revocation.status === "revoked" ? revocation.entry : null;
  return {
    authority: issuer && {
      source: issuer.source,
      notAfter: issuer.certificate.notAfter.toISOString(),
      fingerprintSha256: issuer.certificate.fingerprintSha256,
    },
    revocation: {
      status: revocation.status,
      at: entry?.at.toISOString() ?? null,
      reason: entry?.reason ?? null,
    },
    checks: [...checks],
  };
}
