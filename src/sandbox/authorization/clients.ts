import type { AdapterPayload } from "oidc-provider";
import { deviceGrant } from "../../login/device/wire.ts";
import { clientId } from "../../login/wire.ts";
import { Refusal } from "../refusal.ts";
import type { Db, Tables } from "../store/schema.ts";
import { isStorable } from "../store/text.ts";
import { requestedScope } from "./tokens.ts";

/** A service or program of somebody else that may ask people to let it in. It is public: it has no secret. */
export interface RegisteredClient {
  readonly id: string;
  /** As people are told who asks. */
  readonly name: string;
  /** Where their answers may go; none: it is a device that shows a code. */
  readonly redirectUris: readonly string[];
  /** What it may ask for, separated by spaces. */
  readonly scope: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

export const clientIn = (row: Tables["oauth_client"]): RegisteredClient => ({
  id: row.id,
  name: row.name,
  redirectUris: JSON.parse(row.redirect_uris) as string[],
  scope: row.scope,
  createdAt: row.created_at,
});

/** The client of that identifier, where the operator registered one. */
export async function registeredClient(db: Db, id: string): Promise<RegisteredClient | undefined> {
  if (!isStorable(id)) return undefined;
  const row = await db.selectFrom("oauth_client").selectAll().where("id", "=", id).executeTakeFirst();
  return row && clientIn(row);
}

/**
 * What a client asks for: mynakit itself may ask for everything, others for what they were registered with.
 * @throws {Refusal} client-unknown, scope-unknown
 */
export async function requestedOf(db: Db, id: string, scope: string | undefined): Promise<string> {
  if (id === clientId) return requestedScope(scope);
  const client = await registeredClient(db, id);
  if (!client) throw new Refusal("client-unknown", "client_id names no client");
  return requestedScope(scope, client.scope.split(" "));
}

const loopbackHosts: readonly string[] = ["127.0.0.1", "[::1]", "localhost"];

/** Only this machine gets what is sent there (RFC 8252, 7.3). */
const isLoopback = ({ protocol, hostname }: URL): boolean => protocol === "http:" && loopbackHosts.includes(hostname);

/**
 * Whether answers may be sent there: HTTPS, HTTP on the person's own machine, or a scheme of an app of its own, which is
 * a domain name turned round (RFC 8252, 7); without a fragment, a password or a wildcard.
 */
export function isRedirectUri(text: string): boolean {
  if (!URL.canParse(text) || /[\s#*\\]/.test(text)) return false;
  const url = new URL(text);
  if (url.username || url.password) return false;
  return (
    (url.protocol === "https:" && url.hostname !== "localhost") ||
    isLoopback(url) ||
    /^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+:$/.test(url.protocol)
  );
}

/** What oidc-provider is told of a client (OpenID Connect Dynamic Client Registration 1.0, 2). */
export function metadataOf({ id, name, redirectUris, scope }: RegisteredClient): AdapterPayload {
  const web = redirectUris.every((uri) => new URL(uri).protocol === "https:");
  const byRedirect = redirectUris.length > 0;
  return {
    client_id: id,
    client_name: name,
    application_type: web ? "web" : "native",
    token_endpoint_auth_method: "none",
    grant_types: [deviceGrant, ...(byRedirect ? ["authorization_code"] : [])],
    response_types: byRedirect ? ["code"] : [],
    redirect_uris: [...redirectUris],
    scope,
    id_token_signed_response_alg: "ES256",
  };
}
