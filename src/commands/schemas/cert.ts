import * as v from "valibot";
import {
  authority,
  certificate,
  certificateSummary,
  check,
  checkDetail,
  count,
  pinReport,
  revocation,
  time,
} from "./common.ts";

export const certSchemas = {
  "cert show": v.object({
    /** Null: the certificate comes from a file. */
    reader: v.nullable(v.string()),
    certificate,
    /** Where it was written to. */
    file: v.optional(v.string()),
    raw: v.optional(v.string()),
    ...pinReport,
  }),
  "cert check": v.object({
    reader: v.nullable(v.string()),
    /** `incomplete`: nothing failed, but something was not checked. */
    verdict: v.picklist(["passed", "incomplete", "failed"]),
    /** What the checks were made with: the time, and the days that must be left. */
    at: time,
    warnDays: count,
    certificate: certificateSummary,
    /** Whole days until it expires; below 0: it has expired. */
    daysLeft: v.pipe(v.number(), v.integer()),
    authority,
    revocation: v.object({
      ...revocation.entries,
      /** What each source that was given says; empty: none was. */
      sources: v.array(
        v.object({
          method: v.picklist(["crl", "ocsp"]),
          ...revocation.entries,
          /** Why it says nothing. */
          detail: v.nullable(checkDetail),
        }),
      ),
    }),
    checks: v.array(check),
    ...pinReport,
  }),
} as const;
