import * as v from "valibot";
import { count } from "./common.ts";

const explanationKind = v.picklist(["topic", "mykey-code", "portal-code", "mynakit-code"]);

export const explainSchemas = {
  explain: v.object({
    /** Everything that can be explained, where nothing was asked for. */
    entries: v.optional(v.array(v.object({ id: v.string(), kind: explanationKind, title: v.string() }))),
    explanation: v.optional(
      v.object({
        id: v.string(),
        kind: explanationKind,
        title: v.string(),
        paragraphs: v.array(v.string()),
        steps: v.array(v.string()),
        /** Of a code: what it says or means, and what to do; where it can mean several things, each. */
        cases: v.array(v.object({ cause: v.string(), remedy: v.string() })),
        /** Of what links to other services: each, its official address where one is certain, and what stands in for it here. */
        sites: v.optional(
          v.array(
            v.object({
              id: v.string(),
              name: v.string(),
              purpose: v.string(),
              address: v.nullable(v.string()),
              /** The year of the latest source; null: it bears no date. */
              seen: v.nullable(v.string()),
              command: v.nullable(v.string()),
            }),
          ),
        ),
        /** Official addresses. */
        addresses: v.array(v.string()),
        sources: v.array(v.string()),
        /** Of a code of mynakit: the exit code, and whether the same command may succeed when tried again. */
        exit: v.nullable(count),
        retryable: v.nullable(v.boolean()),
      }),
    ),
  }),
} as const;
