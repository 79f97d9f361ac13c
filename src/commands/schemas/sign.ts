import * as v from "valibot";
import { hashNames } from "../../jpki/applications.ts";
import { certificateSummary, count, hex, pinReport, time } from "./common.ts";

/** What was signed; `name` and `size` are null where a digest alone was given. */
const document = v.object({
  name: v.nullable(v.string()),
  size: v.nullable(count),
  hash: v.picklist(hashNames),
  digest: hex,
});

const signing = {
  reader: v.string(),
  key: v.picklist(["sign", "auth"]),
  document,
  certificate: certificateSummary,
  /** Where the signature was written to. */
  file: v.optional(v.string()),
  ...pinReport,
};

export const signSchemas = {
  "sign raw": v.object({
    ...signing,
    /** How the output is written. */
    format: v.picklist(["binary", "base64"]),
    /** Base64 of the signature, RSASSA-PKCS1-v1_5. */
    signature: v.string(),
  }),
  "sign cms": v.object({
    ...signing,
    detached: v.boolean(),
    signingTime: time,
    format: v.picklist(["der", "pem"]),
    /** Base64 of the output, where it was not written to a file. */
    output: v.optional(v.string()),
  }),
  "sign pdf": v.object({
    ...signing,
    field: v.string(),
    signingTime: time,
    /** In points, from the lower left corner of the page as it is seen. */
    mark: v.nullable(v.object({ page: count, x: v.number(), y: v.number(), width: v.number(), height: v.number() })),
    /** Base64 of the signed file, where it was not written to one. */
    output: v.optional(v.string()),
  }),
  "sign jws": v.object({
    ...signing,
    detached: v.boolean(),
    signingTime: time,
    algorithm: v.picklist(["RS256", "RS384", "RS512"]),
    /** In compact form, where it was not written to a file. */
    jws: v.optional(v.string()),
  }),
} as const;
