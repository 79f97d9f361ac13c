import type { CommandApdu } from "./command.ts";
import type { ResponseApdu } from "./response.ts";

/**
 * A way to a card: one command in, one response out, strictly one after the other.
 * Decorators (trace, GET RESPONSE, chaining) wrap a channel and are channels themselves.
 */
export interface Channel {
  /**
   * @throws {MynakitError} ERR_CARD_REMOVED, ERR_CARD_RESET, ERR_CARD_TIMEOUT, ERR_READER_GONE, ERR_PCSC_STOPPED:
   *   the command may or may not have reached the card, and is never repeated here
   */
  transmit(command: CommandApdu): Promise<ResponseApdu>;
}
