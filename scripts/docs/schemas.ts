import { toJsonSchema } from "@valibot/to-json-schema";
import { commandEntries, schemaName } from "../../src/commands/registry.ts";
import { partNames } from "../../src/commands/results.ts";
import { schemas } from "../../src/commands/schemas.ts";
import { errorCodes, warningCodes } from "../../src/ui/messages/samples.ts";
import type { Document } from "./document.ts";
import { exitCodes } from "./exit-codes.ts";

type JsonSchema = Readonly<Record<string, unknown>>;

/** `mynakit.pin.tries/1` lies in `docs/schemas/mynakit.pin.tries.1.json`. */
export const schemaPath = (name: string): string => `docs/schemas/${name.replace("/", ".")}.json`;

type Properties = Readonly<Record<string, JsonSchema>>;

const object = (properties: Properties, optional: Properties = {}): JsonSchema => ({
  type: "object",
  properties: { ...properties, ...optional },
  required: Object.keys(properties),
});

const count = { type: ["integer", "null"], minimum: 0 };
const details = { type: "object" };

const warnings = {
  type: "array",
  items: object({ code: { enum: warningCodes }, message: { type: "string" }, details }),
};

const failure = object(
  {
    code: { enum: errorCodes },
    exit: { enum: exitCodes.map(({ exit }) => exit).filter((exit) => exit > 1) },
    message: { type: "string" },
    hint: { type: "string" },
    retryable: { type: "boolean" },
    pinSent: { type: "boolean" },
    triesBefore: count,
    triesAfter: count,
    details,
  },
  { changed: { type: ["boolean", "null"] } },
);

function document(name: string, ok: JsonSchema, properties: Properties, optional?: Properties): Document {
  const schema = {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: name,
    ...object({ schema: { const: name }, ok, ...properties, warnings }, optional),
  };
  return { path: schemaPath(name), content: `${JSON.stringify(schema, null, 2)}\n` };
}

function data(name: keyof typeof schemas): JsonSchema {
  const { $schema: _draft, ...schema } = toJsonSchema(schemas[name]) as JsonSchema;
  return schema;
}

/** docs/schemas: the JSON document of every command, those of the ones that write several, and that of every failure. */
export const jsonSchemas = (): Document[] => [
  ...commandEntries.map(([name]) => document(schemaName(name), { const: true }, { data: data(name) })),
  ...partNames.map((name) => document(schemaName(name), { type: "boolean" }, { data: data(name) }, { error: failure })),
  document("mynakit.error/1", { const: false }, { error: failure }),
];
