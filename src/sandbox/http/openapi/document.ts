import { toJsonSchemaDefs } from "@valibot/to-json-schema";
import { idempotencyKeyHeader, type RefusalReason } from "../../../login/wire.ts";
import { Refusal } from "../../refusal.ts";
import { type Access, components, type Operation, refusalsOf } from "./operation.ts";
import { apiConnections, apiForms, apiInformation, apiProcedures } from "./operations/api.ts";
import { authorizationOperations } from "./operations/authorization.ts";
import { deviceOperations } from "./operations/device.ts";
import { mykeyOperations } from "./operations/mykey.ts";
import { platformOperations } from "./operations/platform.ts";
import { pointsOperations } from "./operations/points.ts";
import { portalOperations } from "./operations/portal.ts";
import { portalServiceOperations } from "./operations/portal-services.ts";
import { proceduresOperations } from "./operations/procedures.ts";
import { pageSegments } from "./pages.ts";
import { refusalBody } from "./schemas/login.ts";

type Json = Readonly<Record<string, unknown>>;

const groups = [
  {
    name: "platform",
    description: "The platform itself, and the nonce of a card login.",
    of: platformOperations,
  },
  { name: "authorization", description: "The OAuth 2.0 and OpenID Connect server.", of: authorizationOperations },
  {
    name: "device",
    description: "Logins of devices without a card, which a card elsewhere approves (RFC 8628).",
    of: deviceOperations,
  },
  { name: "portal", description: "Mynaportal.", of: portalOperations },
  { name: "services", description: "What Mynaportal does for whoever registered.", of: portalServiceOperations },
  { name: "mykey", description: "The MyKey ID and its account.", of: mykeyOperations },
  { name: "points", description: "Mynapoint.", of: pointsOperations },
  { name: "procedures", description: "Procedures of municipalities.", of: proceduresOperations },
  {
    name: "api-procedures",
    description: "For external services (マイナポータルAPI): applications (手続申請).",
    of: apiProcedures,
  },
  { name: "api-forms", description: "For external services: forms (様式取得).", of: apiForms },
  {
    name: "api-information",
    description: "For external services: information about the person who consented (利用者情報取得).",
    of: apiInformation,
  },
  { name: "api-connections", description: "For external services: connections (つなぐ).", of: apiConnections },
] as const satisfies readonly { name: string; description: string; of: readonly Operation[] }[];

/** What the protocol consists of. */
export const operations: readonly Operation[] = groups.flatMap(({ of }) => of);

/** Every reason that an answer can have, that for a path that is not there included. */
const everyReason: readonly RefusalReason[] = [...new Set([...operations.flatMap(refusalsOf), "not-found" as const])];

const about = `The protocol between mynakit and its sandbox, which plays the MyKey Platform and Mynaportal.

It is not the interface of the real ones: those publish none. No answer comes from them, none reaches them, and nothing
that is issued here is worth anything. So every answer says \`"sandbox": true\`.

A person logs in with the card at /token: by an OAuth 2.0 assertion that the card's authentication key signed over a nonce
of /card/challenge. Where \`${idempotencyKeyHeader}\` is asked for, a repeated request repeats its answer and nothing else.
Every refusal says its \`reason\`; a path that is not here is refused with 404 \`not-found\`. Moments are RFC 3339 in UTC.

An external service is a client that the operator registered. It gets a token for what a person approves with the card, in
the groups that the portal's own API is known to have; its paths, scopes and bodies are the sandbox's own.

Pages for browsers are not described: paths beneath ${pageSegments.map((segment) => `/${segment}`).join(", ")}.`;

/**
 * The protocol as an OpenAPI document (3.1.1), whole, as the platform serves it at `/openapi.json`.
 * @param issuer the platform's URL
 */
export function describeProtocol(issuer: string): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const { name, of } of groups) {
    for (const operation of of) {
      const { method, path } = operation;
      paths[path] = { ...paths[path], [method.toLowerCase()]: described(operation, name) };
    }
  }
  return {
    openapi: "3.1.1",
    info: {
      title: "mynakit sandbox",
      version: "1.0.0",
      description: about,
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: issuer }],
    tags: groups.map(({ name, description }) => ({ name, description })),
    paths,
    components: { schemas: schemas(), parameters, headers, securitySchemes: securitySchemes(issuer) },
  };
}

const reference = (kind: string, name: string): Json => ({ $ref: `#/components/${kind}/${name}` });

function schemas(): Json {
  const all = { ...components, RefusalBody: refusalBody(everyReason) };
  const bare = Object.fromEntries(Object.entries(all).map(([name, { schema }]) => [name, schema]));
  return toJsonSchemaDefs(bare, {
    target: "draft-2020-12",
    overrideRef: ({ referenceId }) => `#/components/schemas/${referenceId}`,
  });
}

const parameters: Json = {
  IdempotencyKey: {
    name: idempotencyKeyHeader,
    in: "header",
    required: true,
    description:
      "Names the request among its sender's (draft-ietf-httpapi-idempotency-key-header): random, the same where the " +
      "same request is sent again.",
    schema: { type: "string", minLength: 1, maxLength: 128 },
    example: "b3f1c2a0-4d1e-4c69-9a57-2f6f0c6f2d11",
  },
  Proof: {
    name: "DPoP",
    in: "header",
    description:
      "A proof of the key that the access token is bound to (RFC 9449, ES256); at /token, of the key that it shall be " +
      "bound to. Without one there, the token is a bearer token.",
    schema: { type: "string", maxLength: 4096, pattern: "^[\\w-]+\\.[\\w-]+\\.[\\w-]+$" },
  },
};

const headers: Json = {
  "WWW-Authenticate": {
    required: true,
    description: "RFC 6750, 3; RFC 9449, 7.1.",
    schema: { type: "string", pattern: "^(Bearer|DPoP) " },
    example: 'Bearer error="invalid_token"',
  },
  "X-Request-Id": {
    required: true,
    description: "Names the request in the log of whoever runs the platform.",
    schema: { type: "string", pattern: "^[0-9a-f]{16}$" },
    example: "37bd4e8f32eabfac",
  },
  "Retry-After": {
    required: true,
    description: "Seconds until it is worth trying again (RFC 9110, 10.2.3).",
    schema: { type: "string", pattern: "^[0-9]+$" },
    example: "30",
  },
};

const securitySchemes = (issuer: string): Json => ({
  session: {
    type: "openIdConnect",
    openIdConnectUrl: `${issuer}/.well-known/openid-configuration`,
    description:
      "The access token of a login, with the scheme DPoP where it is bound to a key, else as a bearer token.",
  },
  service: { type: "http", scheme: "bearer", description: "The token that the operator gave a cashless service." },
});

const security: Readonly<Record<Access, readonly Json[]>> = {
  nothing: [],
  openid: [{ session: ["openid"] }],
  portal: [{ session: ["portal"] }],
  history: [{ session: ["mykey"] }],
  account: [{ session: ["mykey"] }],
  consent: [],
  service: [{ service: [] }],
};

/** What a request must show; an external service, the scope that a person has consented to. */
const securityOf = ({ access, scope }: Operation): readonly Json[] =>
  scope === undefined ? security[access] : [{ session: [scope] }];

function described(operation: Operation, tag: string): Json {
  const { id, summary, body, oauth, form } = operation;
  const type = oauth || form ? "application/x-www-form-urlencoded" : "application/json";
  return {
    operationId: id,
    summary,
    tags: [tag],
    security: securityOf(operation),
    ...parametersOf(operation),
    ...(body && { requestBody: { required: true, content: { [type]: content(body) } } }),
    responses: { 200: answer(operation), ...refusals(operation) },
  };
}

function parametersOf({ access, once, proof }: Operation): Json {
  const names = [
    ...(once ? ["IdempotencyKey"] : []),
    ...(proof || !["nothing", "service"].includes(access) ? ["Proof"] : []),
  ];
  return names.length === 0 ? {} : { parameters: names.map((name) => reference("parameters", name)) };
}

const content = (name: keyof typeof components): Json => ({
  schema: reference("schemas", name),
  example: components[name].example,
});

function answer(operation: Operation): Json {
  const { answer: name, contentType = "application/json" } = operation;
  const done = { description: "Done.", headers: headersOf(200, operation) };
  return name === null ? done : { ...done, content: { [contentType]: content(name) } };
}

/** What an operation refuses, by status. */
function refusals(operation: Operation): Json {
  const { errors = {} } = operation;
  const byStatus = new Map<number, RefusalReason[]>();
  for (const reason of refusalsOf(operation)) {
    const refusal = new Refusal(reason, "");
    const status = operation.oauth ? refusal.tokenStatus : refusal.status;
    byStatus.set(status, [...(byStatus.get(status) ?? []), reason]);
  }
  const statuses = [...new Set([...byStatus.keys(), ...Object.keys(errors).map(Number)])].sort((a, b) => a - b);
  return Object.fromEntries(
    statuses.map((status) => [status, refusal(status, byStatus.get(status) ?? [], errors[status] ?? [], operation)]),
  );
}

function refusal(
  status: number,
  reasons: readonly RefusalReason[],
  errors: readonly string[],
  operation: Operation,
): Json {
  const narrowed = (name: string, member: string, values: readonly string[]): Json[] =>
    values.length === 0
      ? []
      : [{ allOf: [reference("schemas", name), { type: "object", properties: { [member]: { enum: values } } }] }];
  const kinds = [...narrowed("RefusalBody", "reason", reasons), ...narrowed("OAuthError", "error", errors)];
  const [only = {}, ...others] = kinds;
  return {
    description: `Refused: ${[...reasons, ...errors].join(", ")}.`,
    headers: headersOf(status, operation),
    content: { "application/json": { schema: others.length === 0 ? only : { anyOf: kinds } } },
  };
}

const badProofChallenge: Json = {
  description: "Where it was a proof (DPoP) that was not believed: RFC 9449, 5.",
  schema: { type: "string", pattern: "^DPoP " },
};

function headersOf(status: number, { access, oauth }: Operation): Json {
  const challenge = status === 401 ? !oauth || access === "openid" : access === "openid" && [400, 403].includes(status);
  const also = status === 429 || status === 503 ? ["Retry-After"] : challenge ? ["WWW-Authenticate"] : [];
  return {
    ...Object.fromEntries(["X-Request-Id", ...also].map((name) => [name, reference("headers", name)])),
    ...(oauth && status === 400 && !challenge && { "WWW-Authenticate": badProofChallenge }),
  };
}
