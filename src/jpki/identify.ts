import { type AtrHint, hintFromAtr } from "../apdu/atr-hints.ts";
import { fromHex, toHex } from "../apdu/hex.ts";
import { sw } from "../apdu/status.ts";
import { MynakitError } from "../errors.ts";
import { type ApplicationName, applications } from "./applications.ts";
import { type CardKind, cardNames } from "./card-kinds.ts";
import type { Card } from "./hold.ts";
import { selectApplication, selectByName } from "./select.ts";
import { readToken, type TokenInfo } from "./token.ts";

export interface CardIdentity {
  readonly kind: CardKind;
  readonly name: { readonly ja: string; readonly en: string };
  /** What the JPKI application says of itself; null: there is none, or it does not say. */
  readonly token: TokenInfo | null;
  /** The applications that were found while identifying: not all of them, see `probeApplications`. */
  readonly applications: readonly ApplicationName[];
}

/** Token labels. Source: jpki/myna, TRETJapanNFCReader, public measurements (myna-card). */
const kindsByLabel: ReadonlyMap<string, CardKind> = new Map([
  ["JPKIAPICCTOKEN2", "my-number-card"],
  ["JPKIAPGPSETOKEN", "smartphone-jpki"],
  ["JPKIAPIOSTOKEN", "smartphone-jpki"],
  ["JPKIAPICCTOKEN", "juki-card"],
]);

/** Applications of cards that people take for a My Number Card; selecting one is free of side effects. */
const foreignApplications: readonly (readonly [kind: CardKind, aid: Uint8Array])[] = [
  ["driving-licence", fromHex("A0000002310100000000000000000000")],
  ["residence-card", fromHex("D392F0004F0200000000000000000000")],
  ["passport", fromHex("A0000002471001")],
  ["payment-card", Buffer.from("2PAY.SYS.DDF01", "ascii")],
  ["payment-card", Buffer.from("1PAY.SYS.DDF01", "ascii")],
  ["security-key", fromHex("A000000308000010000100")],
  ["security-key", fromHex("A0000006472F0001")],
];

/** Names that the ATR alone settles: cards that carry no applications to ask for. */
const noApplications: ReadonlySet<AtrHint["kind"]> = new Set(["suica", "storage-card", "sam"]);

/**
 * Which card this is. The ATR gives a hint for the words, SELECT decides; a storage card (FeliCa and the like) is sent
 * nothing. A My Number Card costs two commands. Source: public ATR lists, jpki/myna, OpenSC.
 * @throws {MynakitError} ERR_CARD_ANSWER, what a channel throws
 */
export async function identifyCard(card: Card): Promise<CardIdentity> {
  const hint = hintFromAtr(card.atr);
  if (hint && noApplications.has(hint.kind)) return identity(hint.kind, hint);
  if (await isThere(card, "jpki")) return withToken(await readToken(card));
  // A My Number Card whose JPKI application is broken or missing still has its other ones.
  for (const name of ["text", "visual"] as const) {
    if (await isThere(card, name)) return { ...identity("my-number-card"), applications: [name] };
  }
  if (await isThere(card, "juki")) return { ...identity("juki-card"), applications: ["juki"] };
  for (const [kind, aid] of foreignApplications) {
    if ((await selectByName(card, aid)) === sw.ok) return identity(kind, hint?.kind === kind ? hint : undefined);
  }
  // A card that answers to nothing of a My Number Card is none, whatever its ATR looks like.
  return hint && hint.kind !== "my-number-card" ? identity(hint.kind, hint) : identity("unknown");
}

/**
 * As `identifyCard`, where only a plastic My Number Card will do.
 * @throws {MynakitError} ERR_CARD_KIND for every other card; what `identifyCard` throws
 */
export async function requireMyNumberCard(card: Card): Promise<CardIdentity> {
  return requireKind(card, ["my-number-card"]);
}

/** As `requireMyNumberCard`, where the certificates on a phone will do as well: they open with a PIN only. */
export async function requireJpki(card: Card): Promise<CardIdentity> {
  return requireKind(card, ["my-number-card", "smartphone-jpki"]);
}

export interface ApplicationPresence {
  readonly name: ApplicationName;
  /** Upper-case hexadecimal. */
  readonly aid: string;
  readonly present: boolean;
}

/** The applications that a My Number Card is known for; every smart card has the issuer's domain beside them. */
const cardholderApplications = ["jpki", "text", "visual", "common", "juki"] as const;

/**
 * Which applications of a My Number Card are there: one SELECT for each of which `known` does not tell.
 * Ends the verified state of the current one.
 */
export async function probeApplications(
  card: Card,
  known: ReadonlyMap<ApplicationName, boolean> = new Map(),
): Promise<ApplicationPresence[]> {
  const found: ApplicationPresence[] = [];
  for (const name of cardholderApplications) {
    const present = known.get(name) ?? (await isThere(card, name));
    found.push({ name, aid: toHex(applications[name].aid), present });
  }
  return found;
}

/** A foreign card may refuse SELECT in its own words, which is a no. */
async function isThere(card: Card, name: ApplicationName): Promise<boolean> {
  try {
    return await selectApplication(card, name);
  } catch (error) {
    if (error instanceof MynakitError && error.code === "ERR_CARD_ANSWER") return false;
    throw error;
  }
}

async function requireKind(card: Card, kinds: readonly CardKind[]): Promise<CardIdentity> {
  const found = await identifyCard(card);
  if (kinds.includes(found.kind)) return found;
  throw new MynakitError("ERR_CARD_KIND", { kind: found.kind, name: found.name.en });
}

function withToken(token: TokenInfo | null): CardIdentity {
  const kind = kindsByLabel.get(token?.label ?? "") ?? "my-number-card";
  return { ...identity(kind), token, applications: ["jpki"] };
}

function identity(kind: CardKind, hint?: AtrHint): CardIdentity {
  return { kind, name: hint?.name ?? cardNames[kind], token: null, applications: [] };
}
