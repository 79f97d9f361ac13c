import type { ConnectOptions, Reader } from "./apdu/reader.ts";
import type { Parts } from "./commands/context.ts";
import { MynakitError } from "./errors.ts";

/**
 * The reader that `--reader` means: `sim:NAME`, `pcsc:NAME`, `replay:FILE`, `vpcd:HOST:PORT`, or plain text, a part of
 * a PC/SC reader's name. Nothing given: the one PC/SC reader that holds a card.
 * @throws {MynakitError} ERR_USAGE_READER, ERR_READER_*, ERR_PCSC_*, ERR_CARD_ABSENT
 */
export async function openReader(given: string | undefined, parts: Parts, options: ConnectOptions): Promise<Reader> {
  const [, scheme, rest = ""] = /^(sim|pcsc|replay|vpcd):(.*)$/s.exec(given ?? "") ?? [];
  if (scheme && scheme !== "pcsc" && rest === "") throw new MynakitError("ERR_USAGE_READER", { given: given ?? "" });
  switch (scheme) {
    case "sim":
      return (await parts.simBackend()).open(rest, options);
    case "replay":
      return (await parts.replayBackend()).open(rest, options);
    case "vpcd":
      return (await parts.vpcdBackend()).open(rest, options);
    case "pcsc":
      return (await parts.pcscBackend()).open(rest, options);
    default:
      return (await parts.pcscBackend()).open(given ?? "", options);
  }
}
