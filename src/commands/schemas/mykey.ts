import * as v from "valibot";
import { accountHistory, count, pinReport, platform, profile, time } from "./common.ts";

const mykey = v.object({
  mykeyId: v.pipe(v.string(), v.length(8)),
  furigana: v.string(),
  state: v.picklist(["active", "suspended", "revoked"]),
  reservation: v.object({ state: v.picklist(["reserved", "none"]), at: v.nullable(time) }),
  issuedAt: time,
  platform,
  ...pinReport,
});

export const mykeySchemas = {
  "mykey issue": v.object({
    ...mykey.entries,
    /** `proposed`: a dry run, nothing was issued. */
    state: v.picklist(["active", "suspended", "revoked", "proposed"]),
    issuedAt: v.nullable(time),
    created: v.boolean(),
    dryRun: v.boolean(),
    /** Those that were passed, in order. */
    steps: v.array(v.picklist(["environment", "card", "device", "pin", "display", "issue"])),
  }),
  /** Of `mykey issue --batch`: a document for each line of the file, with the `error` beside `data` where it failed. */
  "mykey issue batch-line": v.object({
    line: count,
    reader: v.string(),
    /** True where an earlier run had done it. */
    resumed: v.boolean(),
    mykeyId: v.nullable(v.string()),
    furigana: v.nullable(v.string()),
    /** False where the person had the ID before this batch. */
    created: v.boolean(),
    ...pinReport,
  }),
  /** And the last one. */
  "mykey issue batch": v.object({
    file: v.string(),
    lines: count,
    created: count,
    existing: count,
    failed: count,
    /** Of those created or existing: done by an earlier run. */
    resumed: count,
    /** Not begun, because the run was interrupted. */
    left: count,
    /** What was done so far: the next run goes on by it. */
    journal: v.string(),
    platform,
  }),
  "mykey show": mykey,
  "mykey change": v.object({ ...mykey.entries, previous: v.string(), generated: v.boolean() }),
  "mykey revoke": v.object({
    mykeyId: v.string(),
    state: v.literal("revoked"),
    revokedAt: time,
    platform,
    ...pinReport,
  }),
  "mykey report-leak": v.object({
    mykeyId: v.string(),
    state: v.literal("suspended"),
    suspendedAt: time,
    platform,
    ...pinReport,
  }),
  "mykey status": v.object({
    account: v.picklist(["none", "active", "suspended", "revoked"]),
    mykeyId: v.nullable(v.string()),
    reservation: v.object({ state: v.picklist(["reserved", "none"]), at: v.nullable(time) }),
    certificate: v.object({
      serialNumber: v.string(),
      state: v.picklist(["linked", "not-linked", "waiting", "replaced"]),
      usableFrom: time,
    }),
    passwordSet: v.boolean(),
    platform,
    ...pinReport,
  }),
  "mykey history": v.object({ ...accountHistory, platform, ...pinReport }),
  "mykey password": v.object({ changedAt: time, platform, ...pinReport }),
  "mykey page": v.object({ url: v.string(), expiresAt: time, platform, ...pinReport }),
  "mykey profile": profile,
  "mykey notify": profile,
  "mykey points-account": profile,
} as const;
