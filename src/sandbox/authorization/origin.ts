import type { Provider } from "oidc-provider";

/**
 * Has the authorization server name itself by its issuer identifier alone. By itself it takes the addresses in its
 * discovery from the request: from the Host header, and from a target in absolute form.
 */
export function fixOrigin(provider: Provider, issuer: string): void {
  const { href, protocol } = new URL(issuer);
  provider.use((context, next) => {
    Object.defineProperty(context, "href", { value: href });
    Object.defineProperty(context, "secure", { value: protocol === "https:" });
    return next();
  });
}
