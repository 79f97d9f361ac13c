import type { ResponseBodyError } from "openid-client";
import { MynakitError } from "../../errors.ts";
import { refusalError, withoutAnswer } from "../refusal.ts";

type OpenidClient = typeof import("openid-client");

/** With whom something failed, and as whom. */
export interface Asked {
  /** The issuer identifier. */
  readonly issuer: string;
  readonly clientId: string;
}

/** Codes of OAuth 2.0 (RFC 6749, 4.1.2.1 and 5.2; RFC 8628, 3.5) that mynakit has an error of its own for. */
const known: Readonly<Record<string, (asked: Asked) => MynakitError>> = {
  invalid_client: ({ issuer, clientId }) => new MynakitError("ERR_PLATFORM_CLIENT", { issuer, client: clientId }),
  unauthorized_client: ({ issuer, clientId }) => new MynakitError("ERR_PLATFORM_CLIENT", { issuer, client: clientId }),
  access_denied: ({ issuer }) => new MynakitError("ERR_PLATFORM_LOGIN_DENIED", { issuer }),
  expired_token: ({ issuer }) => new MynakitError("ERR_PLATFORM_LOGIN_EXPIRED", { issuer }),
};

const maxProblem = 200;
/** What oauth4webapi and jose write where an ID token is not what it must be, and codes that say so by themselves. */
const ofIdToken = /jwt|jws|id.?token/i;
const idTokenCodes = /^OAUTH_(JWT_|KEY_SELECTION)/;

/** What a step with an OpenID Connect provider failed of, in mynakit's words. */
export function issuerFailure(error: unknown, client: OpenidClient, asked: Asked): unknown {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof MynakitError || cause.name === "AbortError") return cause;
  }
  const { issuer } = asked;
  if (error instanceof client.ResponseBodyError || error instanceof client.AuthorizationResponseError) {
    const make = known[error.error];
    return make ? make(asked) : refused(error, asked);
  }
  if (error instanceof client.WWWAuthenticateChallengeError) {
    return new MynakitError(
      "ERR_PLATFORM_SESSION",
      { platform: issuer, issuer: true },
      { cause: withoutAnswer(error) },
    );
  }
  const found = nameInAnswer(error);
  if (found !== undefined)
    return new MynakitError("ERR_PLATFORM_ISSUER_OTHER", { issuer, found }, { cause: withoutAnswer(error) });
  const problem = innermost(error).slice(0, maxProblem);
  const { code } = Object(error) as { code?: unknown };
  const idToken = idTokenCodes.test(String(code)) || ofIdToken.test(problem);
  return new MynakitError(
    idToken ? "ERR_PLATFORM_ID_TOKEN" : "ERR_PLATFORM_ISSUER",
    { issuer, problem },
    { cause: withoutAnswer(error) },
  );
}

/** What the metadata calls itself where that is not whom it was asked of. */
function nameInAnswer(error: unknown): string | undefined {
  const { attribute, body } = Object(Object(error).cause) as { attribute?: unknown; body?: { issuer?: unknown } };
  return attribute === "issuer" && typeof body?.issuer === "string" ? body.issuer : undefined;
}

function refused(error: Pick<ResponseBodyError, "error" | "error_description">, { issuer }: Asked): MynakitError {
  const { error: reason, error_description: description } = error;
  return refusalError(
    { error: reason, ...(description === undefined ? {} : { error_description: description }) },
    400,
    issuer,
  );
}

/** The library says the kind of failure, its cause which it was; an answer among the causes is not for a message. */
function innermost(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof Response) {
    const type = error.cause.headers.get("content-type") ?? "no content type";
    return `HTTP ${error.cause.status}, ${type}`;
  }
  return error.cause instanceof Error ? innermost(error.cause) : error.message;
}
