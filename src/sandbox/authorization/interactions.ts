import type { IncomingMessage, ServerResponse } from "node:http";
import { type Configuration, errors, interactionPolicy, type Provider } from "oidc-provider";
import { deviceLoginLife } from "../login/device-login.ts";
import { beginSession, type NamedSession, sessionOfGrant } from "../login/sessions.ts";
import { appendAudit } from "../store/audit.ts";
import { inTransaction } from "../store/change.ts";
import { portalPages } from "../web/paths.ts";
import { cardMethods } from "./card-grant.ts";
import { registeredClient } from "./clients.ts";
import { lifeFrom, type TokenParts } from "./tokens.ts";

/** How long a browser can decide: as long as a card can approve. In seconds. */
const interactionLife = deviceLoginLife;
/** How long a code can be exchanged, in seconds. */
const codeLife = 60;

/** The first question is always for a card: nobody is let in for having been here before (`prompt=none`: login_required). */
function cardEachTime(): interactionPolicy.DefaultPolicy {
  const { Check, base } = interactionPolicy;
  const policy = base();
  const asked = ({ oidc }: { readonly oidc: { readonly result?: { readonly login?: unknown } | undefined } }) =>
    oidc.result?.login === undefined;
  policy
    .get("login")
    ?.checks.add(new Check("card_each_time", "a card is needed each time", "login_required", asked), 0);
  return policy;
}

/** How browsers are let in: an authorization code with PKCE (RFC 6749, 4.1; RFC 7636), after a card and a consent. */
export const codeFlow = {
  interactions: { policy: cardEachTime(), url: (_context, { uid }) => `${portalPages.consent}/${uid}` },
  pkce: { required: () => true },
  responseTypes: ["code"],
  allowOmittingSingleRegisteredRedirectUri: false,
  // A consent is for one login, and its session stands in `login_session`; the library's own is forgotten at once.
  expiresWithSession: () => false,
  async loadExistingGrant({ oidc }) {
    const grantId = oidc.result?.consent?.grantId;
    return grantId === undefined ? undefined : oidc.provider.Grant.find(grantId);
  },
} satisfies Configuration;

/** In seconds. */
export const codeFlowLives = { AuthorizationCode: codeLife, Interaction: interactionLife, Session: interactionLife };

/** After the library: forgets who has logged in, and says in its token answers what ours say. */
export function completeCodeFlow(provider: Provider, { db, now }: TokenParts): void {
  provider.use(async (context, next) => {
    await next();
    const { oidc } = context;
    if (oidc?.session?.accountId !== undefined) await oidc.session.destroy();
    if (oidc?.params?.grant_type !== "authorization_code" || context.status !== 200) return;
    const grantId = oidc.entities.AccessToken?.grantId ?? "";
    const { revocation = "not-checked" } = (await sessionOfGrant(db, grantId, now())) ?? {};
    context.body = { ...Object(context.body), revocation, sandbox: true };
  });
}

/** What a client has sent a browser for. */
export interface AuthorizationRequest {
  readonly clientId: string;
  readonly clientName: string;
  readonly scope: string;
  readonly redirectUri: string;
  /** Milliseconds since the epoch, by the platform's clock. */
  readonly beganAt: number;
}

/** How pages decide on a request, which is the one of the browser that has begun it: its cookie says which. */
export interface AuthorizationRequests {
  /** Undefined: it is over, or another browser's. */
  find(request: IncomingMessage, response: ServerResponse): Promise<AuthorizationRequest | undefined>;
  /** Both answer where the browser goes from here. */
  allow(
    request: IncomingMessage,
    response: ServerResponse,
    by: { readonly session: NamedSession; readonly device: string | null; readonly address: string | null },
  ): Promise<string>;
  deny(request: IncomingMessage, response: ServerResponse): Promise<string>;
}

export function authorizationRequests(provider: Provider, parts: TokenParts): AuthorizationRequests {
  const { db, now, random } = parts;
  const interactionOf = (request: IncomingMessage, response: ServerResponse) =>
    provider.interactionDetails(request, response).catch((error: unknown) => {
      if (error instanceof errors.SessionNotFound) return undefined;
      throw error;
    });
  const find: AuthorizationRequests["find"] = async (incoming, response) => {
    const interaction = await interactionOf(incoming, response);
    if (!interaction) return undefined;
    const { client_id: clientId, scope, redirect_uri: redirectUri } = interaction.params;
    const client = await registeredClient(db, String(clientId));
    const row = await db
      .selectFrom("oidc_payload")
      .select("expires_at")
      .where("model", "=", "Interaction")
      .where("id", "=", interaction.uid)
      .executeTakeFirst();
    if (!client || !row?.expires_at) return undefined;
    return {
      clientId: client.id,
      clientName: client.name,
      scope: String(scope ?? ""),
      redirectUri: String(redirectUri),
      beganAt: row.expires_at - interactionLife * 1000,
    };
  };
  return {
    find,
    async allow(incoming, response, { session, device, address }) {
      const request = await find(incoming, response);
      if (!request) throw new errors.SessionNotFound("the request is over");
      const { id: _id, person, ...login } = session;
      const { clientId, clientName: service, scope } = request;
      const grant = new provider.Grant({ accountId: person, clientId });
      grant.addOIDCScope(scope);
      const grantId = await grant.save();
      const facts = { ...login, ...lifeFrom(now()) };
      const beginning = {
        grantId,
        person,
        facts,
        way: "code",
        client: clientId,
        service,
        scope,
        device,
        address,
      } as const;
      await inTransaction(db, async (transaction) => {
        await beginSession(transaction, beginning, now(), random);
        const entry = { actor: `person ${person}`, action: "client.allow", subject: person } as const;
        await appendAudit(transaction, [{ ...entry, details: { client: clientId, scope } }], now());
      });
      const result = { login: { accountId: person, remember: false, amr: [...cardMethods] }, consent: { grantId } };
      return provider.interactionResult(incoming, response, result);
    },
    deny: (incoming, response) =>
      provider.interactionResult(incoming, response, {
        error: "access_denied",
        error_description: "the person has turned the request away",
      }),
  };
}
