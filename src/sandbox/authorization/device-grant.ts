import { handOver, poll } from "../login/device-login.ts";
import type { SessionFacts } from "../login/sessions.ts";
import { Refusal } from "../refusal.ts";
import { cardMethods } from "./card-grant.ts";
import { type GrantContext, granting, issueTokens, lifeFrom, provenKey, type TokenParts } from "./tokens.ts";

/** The token endpoint's answer to a device that waits for its approval (RFC 8628, 3.4). */
export const deviceGrant = (parts: TokenParts) => granting((context) => answer(context, parts), parts.now);

async function answer(context: GrantContext, parts: TokenParts): Promise<void> {
  const { device_code: deviceCode } = context.oidc.params;
  if (!deviceCode) throw new Refusal("request-malformed", "the parameter device_code is missing");
  const thumbprint = await provenKey(context, parts);
  const request = await poll({ deviceCode, client: context.oidc.client.clientId, thumbprint }, parts);
  const { person, scope, device, address } = request;
  const facts: SessionFacts = { ...(JSON.parse(request.facts) as SessionFacts), ...lifeFrom(parts.now()) };
  const login = { person, scope, facts, way: "device", methods: cardMethods, thumbprint, device, address } as const;
  const tokens = await issueTokens(context, login, parts);
  await handOver(request, tokens.begin, parts);
  context.body = tokens.answer;
}
