import { findOrCreatePerson } from "../login/person.ts";
import { type VerifyParts, verifyAssertion } from "../login/verify.ts";
import { Refusal } from "../refusal.ts";
import { cardFacts, type GrantContext, granting, logIn, provenKey, requestedScope } from "./tokens.ts";

export interface CardGrantParts extends VerifyParts {
  random(length: number): Uint8Array;
}

/** As in RFC 8176: a key in hardware, and a PIN. */
export const cardMethods = ["hwk", "pin"] as const;

/** The token endpoint's answer to a card-signed assertion (RFC 7523, 2.1). */
export const cardGrant = (parts: CardGrantParts) => granting((context) => answer(context, parts), parts.now);

async function answer(context: GrantContext, parts: CardGrantParts): Promise<void> {
  const { assertion } = context.oidc.params;
  const scope = requestedScope(context.oidc.params.scope);
  if (!assertion) throw new Refusal("request-malformed", "the parameter assertion is missing");
  const thumbprint = await provenKey(context, parts);
  const verified = await verifyAssertion(assertion, parts);
  const person = await findOrCreatePerson(parts.db, verified, parts.now(), parts.random);
  const facts = cardFacts(verified, person.epoch, parts.now());
  await logIn(context, { person: person.id, scope, facts, way: "card", methods: cardMethods, thumbprint }, parts);
}
