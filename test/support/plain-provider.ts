import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Configuration, Provider } from "oidc-provider";
import { vi } from "vitest";
import { deviceGrant } from "../../src/login/device/wire.ts";
import type { PageVisitor, Visited } from "./page-visitor.ts";

export interface PlainProvider {
  readonly url: string;
  readonly provider: Provider;
  close(): Promise<void>;
}

const device = { deviceFlow: { enabled: true }, revocation: { enabled: true } };

/** A public client, as RFC 8252 has it. */
const client = {
  client_id: "mynakit",
  application_type: "native" as const,
  token_endpoint_auth_method: "none" as const,
  grant_types: [deviceGrant, "authorization_code"],
  response_types: ["code" as const],
  redirect_uris: ["http://127.0.0.1/callback"],
};

/**
 * oidc-provider as its README sets it up, with the pages for developers that it comes with: nothing of ours.
 * @param changes to its configuration
 */
export async function plainProvider(changes: Configuration = {}): Promise<PlainProvider> {
  // It tells developers what to set before anybody relies on it.
  for (const level of ["info", "warn"] as const) vi.spyOn(console, level).mockImplementation(() => {});
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { features = device, clients = [{ ...client }], ...others } = changes;
  const provider = new Provider(url, { clients, features, ...others });
  server.on("request", provider.callback());
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url, provider, close };
}

/** Logs in and consents on the pages of oidc-provider, as a person would, from the page that asks for the login on. */
export async function logInAndConsent(
  visitor: PageVisitor,
  page: Visited,
  within: (url: string) => boolean = () => true,
): Promise<Visited> {
  let at = page;
  for (const entered of [{ login: "taro", password: "any" }, {}]) {
    const form = at.forms.find(({ fields }) => "prompt" in fields);
    if (!form) throw new Error(`there is no form of an interaction at ${at.url}: ${at.text}`);
    at = await visitor.send(form, entered, within);
  }
  return at;
}
