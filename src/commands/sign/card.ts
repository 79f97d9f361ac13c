import { toHex } from "../../apdu/hex.ts";
import type { Clock } from "../../host.ts";
import type { SigningKey } from "../../jpki/sign.ts";
import { type Signer, signDocument } from "../../jpki/signature/signing.ts";
import { useReader } from "../card-use.ts";
import { summary } from "../cert/summary.ts";
import type { Warning } from "../command.ts";
import type { Context } from "../context.ts";
import type { DataOf } from "../results.ts";
import type { Document } from "./document.ts";

export interface SigningOrder<T, D extends Document> {
  readonly key: SigningKey;
  /** A function where the time is part of what is signed. */
  readonly document: D | ((clock: Clock) => D);
  /** True where the certificate will be part of the signature. */
  readonly withCertificate: boolean;
  readonly withAuthority?: boolean;
  /** Has it signed while the card is held; nothing slow belongs here. */
  readonly work: (signer: Signer, clock: Clock, document: D) => Promise<T>;
}

/** What every kind of signature says of itself. */
export type Signed = Pick<
  DataOf<"sign raw">,
  "reader" | "key" | "document" | "certificate" | "pinSent" | "triesBefore" | "triesAfter"
>;

/**
 * Shows what is about to be signed, and has the card of the chosen reader sign it.
 * @throws {MynakitError} what `useReader` and `signDocument` throw
 */
export async function signWithCard<T, D extends Document>(
  context: Context,
  order: SigningOrder<T, D>,
): Promise<{ signed: Signed; result: T; warnings: readonly Warning[] }> {
  const { key, work } = order;
  const discloses = key === "sign" && order.withCertificate;
  const { reader, result: done } = await useReader(context, async (reader, options) => {
    const clock = context.clock({ simulatedCard: reader.simulated });
    const document = typeof order.document === "function" ? order.document(clock) : order.document;
    const { name, size, digest } = document;
    const shown = { name, size, hash: digest.hash, digest: toHex(digest.value) };
    context.progress({ step: "document", document: { ...shown, discloses } });
    const signing = await signDocument(reader, {
      ...options,
      key,
      clock,
      withAuthority: order.withAuthority ?? false,
      askPin: (prompt) => context.askPin({ ...prompt, purpose: "sign-document" }),
      work: (signer) => work(signer, clock, document),
    });
    return { ...signing, shown };
  });
  const { result, certificate, pin, shown } = done;
  return {
    signed: { reader, key, document: shown, certificate: summary(certificate), ...pin },
    result,
    warnings: [
      ...(key === "auth" ? [{ code: "WARN_SIGN_AUTHENTICATION", details: {} } as const] : []),
      // A person has been told above, before there was a signature.
      ...(discloses && context.options.json ? [{ code: "WARN_SIGN_DISCLOSES", details: {} } as const] : []),
    ],
  };
}
