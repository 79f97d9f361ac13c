import type { JpkiCertificate } from "../../jpki/certificate/parse.ts";
import type { Warning } from "../command.ts";

export const day = 24 * 60 * 60 * 1000;

/** Renewal opens three months before the end; municipal notices go out then. */
const warnBefore = 90 * day;

/** That a certificate can be renewed now. */
export function expiryWarnings({ kind, notAfter }: Pick<JpkiCertificate, "kind" | "notAfter">, now: Date): Warning[] {
  const left = notAfter.getTime() - now.getTime();
  if (left <= 0 || left >= warnBefore) return [];
  return [{ code: "WARN_CERT_EXPIRES", details: { kind, notAfter: notAfter.toISOString() } }];
}
