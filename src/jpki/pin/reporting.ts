import { MynakitError, noPinTouched, type PinReport } from "../../errors.ts";

const reason = "work on the card failed in an unknown way";

/**
 * Adds to an error what is known of the PIN, where it does not know better itself. That no PIN was sent is known of the
 * last one that was to be sent: it does not undo what was sent before.
 * @param known may hold more than that, which no error tells
 */
export async function reporting<T>(known: PinReport, work: () => Promise<T>): Promise<T> {
  const pin = reportIn(known);
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof MynakitError)) throw new MynakitError("ERR_INTERNAL", { reason }, { cause: error, pin });
    const knowsLess = error.pin === noPinTouched || (pin.pinSent && !error.pin.pinSent);
    throw knowsLess ? error.withPin(pin) : error;
  }
}

const reportIn = ({ pinSent, triesBefore, triesAfter, changed }: PinReport): PinReport => ({
  pinSent,
  triesBefore,
  triesAfter,
  ...(changed === undefined ? {} : { changed }),
});
