import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { describeProtocol, operations } from "../../../src/sandbox/http/openapi/document.ts";
import type { Operation } from "../../../src/sandbox/http/openapi/operation.ts";
import { isPage } from "../../../src/sandbox/http/openapi/pages.ts";

/** A request and its answer, as they went over the wire. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly request: { readonly headers: Headers; readonly body: string };
  readonly answer: { readonly status: number; readonly headers: Headers; readonly body: string };
}

interface Described {
  readonly content?: Readonly<Record<string, object>>;
  /** Those that are not referred to can be left out. */
  readonly headers?: Readonly<Record<string, { readonly $ref: string } | { readonly schema: object }>>;
}

interface DescribedOperation {
  readonly parameters?: readonly { readonly $ref: string }[];
  readonly requestBody?: Described;
  readonly responses: Readonly<Record<string, Described>>;
}

type Document = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
  readonly components: object;
};

const document = describeProtocol("http://127.0.0.1") as unknown as Document;
const ajv = new Ajv2020({ strict: true, allErrors: true });
ajv.addFormat("date-time", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
ajv.addVocabulary(["components"]);

/** Header fields that HTTP itself, or CORS, puts into answers. */
const plumbing: ReadonlySet<string> = new Set([
  "access-control-allow-origin",
  "access-control-expose-headers",
  "cache-control",
  "connection",
  "content-length",
  "content-type",
  "date",
  "keep-alive",
  "transfer-encoding",
  "vary",
]);

const validators = new Map<string, ValidateFunction>();

/** Validates by the schema at a place in the document. */
export function validatorAt(...place: readonly string[]): ValidateFunction {
  const name = place.join(" ");
  const known = validators.get(name);
  if (known) return known;
  const schema = place.reduce<object>((within, member) => Reflect.get(within, member) as object, document);
  const { components } = document;
  const validate = ajv.compile({ ...schema, components });
  validators.set(name, validate);
  return validate;
}

/** Every example of a body in the document, and where its schema stands. */
export function documentedExamples(): { place: string[]; example: unknown }[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { requestBody, responses }]) => {
      const bodies: [place: string[], body: Described | undefined][] = [
        [["requestBody"], requestBody],
        ...Object.entries(responses).map(([status, body]): [string[], Described] => [["responses", status], body]),
      ];
      return bodies.flatMap(([place, body]) =>
        Object.entries(body?.content ?? {}).flatMap(([type, content]) =>
          "example" in content
            ? [{ place: ["paths", path, method, ...place, "content", type, "schema"], example: content.example }]
            : [],
        ),
      );
    }),
  );
}

const mediaType = (headers: Headers): string => headers.get("content-type")?.split(";")[0]?.trim() ?? "";

function parsed(type: string, body: string): unknown {
  if (type === "application/x-www-form-urlencoded") return Object.fromEntries(new URLSearchParams(body));
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function bodyProblems(what: string, validate: ValidateFunction, body: unknown): string[] {
  if (validate(body)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${what}${instancePath}: ${message} ${JSON.stringify(params)}`,
  );
}

/** The operation that a request is for. */
export const operationFor = (method: string, path: string): Operation | undefined =>
  operations.find((one) => one.method === method && one.path === path);

/** What an answer, or a request that was granted, has that the document does not describe. */
export function problemsOf(exchange: Exchange): string[] {
  const { path, answer } = exchange;
  const method = exchange.method === "HEAD" ? "GET" : exchange.method;
  if (isPage(path)) return [];
  const type = mediaType(answer.headers);
  const operation = operationFor(method, path);
  if (!operation) {
    if (answer.status < 400 || answer.status > 499) return [`${answer.status} where nothing is described`];
    const refusal = validatorAt("components", "schemas", "RefusalBody");
    return exchange.method === "HEAD" ? [] : bodyProblems("answer", refusal, parsed(type, answer.body));
  }
  const place = ["paths", path, method.toLowerCase()];
  const described = document.paths[path]?.[method.toLowerCase()];
  const response = described?.responses[answer.status];
  if (!response) return [`status ${answer.status} is not described`];
  return [
    ...headerProblems(response, answer.headers),
    ...(exchange.method === "HEAD"
      ? []
      : answerProblems([...place, "responses", `${answer.status}`], response, exchange)),
    ...(answer.status < 300 ? requestProblems(place, described, exchange) : []),
  ];
}

function headerProblems({ headers: described = {} }: Described, headers: Headers): string[] {
  const known = new Set(Object.keys(described).map((name) => name.toLowerCase()));
  const extra = [...headers.keys()].filter((name) => !plumbing.has(name) && !known.has(name));
  const required = Object.entries(described).flatMap(([name, header]) => ("$ref" in header ? [name] : []));
  return [
    ...extra.map((name) => `header ${name} is not described`),
    ...required.flatMap((name) =>
      bodyProblems(
        `header ${name}`,
        validatorAt("components", "headers", name, "schema"),
        headers.get(name) ?? undefined,
      ),
    ),
  ];
}

function answerProblems(place: readonly string[], { content }: Described, { answer }: Exchange): string[] {
  if (!content) return answer.body === "" ? [] : ["a body where none is described"];
  const type = mediaType(answer.headers);
  if (!(type in content)) return [`content type ${type} is not described`];
  return bodyProblems("answer", validatorAt(...place, "content", type, "schema"), parsed(type, answer.body));
}

function requestProblems(
  place: readonly string[],
  { parameters = [], requestBody }: DescribedOperation,
  { request }: Exchange,
): string[] {
  const key = request.headers.has("idempotency-key");
  const once = parameters.some(({ $ref }) => $ref.endsWith("/IdempotencyKey"));
  const missing = once && !key ? ["granted without the idempotency key that is described"] : [];
  if (!requestBody) return missing;
  const [type = ""] = Object.keys(requestBody.content ?? {});
  const schema = validatorAt(...place, "requestBody", "content", type, "schema");
  return [...missing, ...bodyProblems("request", schema, parsed(type, request.body))];
}
