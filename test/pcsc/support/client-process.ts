/**
 * A process with a PC/SC back end, driven by lines on its standard input: `list`, `open NAME`, `wait MILLISECONDS`
 * (for a card, in the commands after it), `connect`, `transmit HEX`, `disconnect DISPOSITION`, `close`. Each is answered by one
 * line of JSON, `{"value": …}` or `{"code": …}`. After `close` it ends as the program does.
 * CLIENT_PACE below 1 makes its limits and pauses shorter.
 */
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { decodeCommand } from "../../../src/apdu/command.ts";
import { fromHex, toHex } from "../../../src/apdu/hex.ts";
import type { CardConnection, Disposition, Reader } from "../../../src/apdu/reader.ts";
import { pcscBackend } from "../../../src/apdu/readers/pcsc.ts";
import { MynakitError } from "../../../src/errors.ts";

const pace = Number(process.env.CLIENT_PACE ?? 1);
const backend = pcscBackend({
  platform: process.platform,
  sleep: (ms, signal) => sleep(ms * pace, undefined, { signal }),
});
let waitForCard = 0;
let reader: Reader | undefined;
let connection: CardConnection | undefined;

const connectOptions = () => ({ waitForCard, signal: new AbortController().signal });

async function perform(verb: string, argument: string): Promise<unknown> {
  switch (verb) {
    case "list":
      return (await backend.list()).map(({ name, card }) => [name, card?.atr ? toHex(card.atr) : card && "mute"]);
    case "wait":
      waitForCard = Number(argument);
      return waitForCard;
    case "open":
      reader = await backend.open(argument, connectOptions());
      return reader.uri;
    case "connect":
      connection = await reader?.connect(connectOptions());
      return connection && { atr: toHex(connection.atr), extendedLength: connection.extendedLength };
    case "transmit": {
      const response = await connection?.transmit(decodeCommand(fromHex(argument)));
      return response && `${toHex(response.data)} ${response.sw.toString(16)}`.trim();
    }
    case "disconnect":
      await connection?.disconnect(argument as Disposition);
      return null;
    default:
      throw new TypeError(`no such verb: ${verb}`);
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const [verb = "", ...rest] = line.split(" ");
  if (verb === "close") break;
  try {
    process.stdout.write(`${JSON.stringify({ value: await perform(verb, rest.join(" ")) })}\n`);
  } catch (error) {
    if (!(error instanceof MynakitError)) throw error;
    process.stdout.write(`${JSON.stringify({ code: error.code, details: error.details })}\n`);
  }
}
await backend.close();
if (backend.stuck) process.kill(process.pid, "SIGKILL");
process.exit(0);
