import type { Channel } from "../channel.ts";
import type { CommandApdu } from "../command.ts";
import { sw } from "../status.ts";

const maxShortData = 255;
const maxShortLe = 256;
const moreFollows = 0x10;

/**
 * For readers and cards without extended length: data over 255 bytes goes in several short commands, all but the last with
 * the chaining bit in CLA (ISO/IEC 7816-4:2020, 5.3.3). A piece that the card refuses ends the chain, and its status is
 * the answer. An expected length over 256 becomes 256: the rest comes by 61xx (`withResponseChaining`).
 */
export function withCommandChaining(inner: Channel): Channel {
  return {
    async transmit(command) {
      const { data } = command;
      if (!data || data.length <= maxShortData) return inner.transmit(shortLe(command));
      let at = 0;
      for (; at + maxShortData < data.length; at += maxShortData) {
        const { ins, p1, p2 } = command;
        const piece = data.subarray(at, at + maxShortData);
        const answer = await inner.transmit({ cla: command.cla | moreFollows, ins, p1, p2, data: piece });
        if (answer.sw !== sw.ok) return answer;
      }
      return inner.transmit(shortLe({ ...command, data: data.subarray(at) }));
    },
  };
}

function shortLe(command: CommandApdu): CommandApdu {
  return command.le !== undefined && command.le > maxShortLe ? { ...command, le: maxShortLe } : command;
}
