import { dialogueWriter } from "../apdu/channels/trace.ts";
import { type CommandApdu, decodeCommand } from "../apdu/command.ts";
import { toHex } from "../apdu/hex.ts";
import { decodeResponse } from "../apdu/response.ts";
import type { Clock } from "../host.ts";
import { disclosedApplications } from "../jpki/disclosure.ts";
import { CardReset, CardVanished, type SimulatedCard } from "./card.ts";
import type { CardImage } from "./image.ts";

export interface Witness {
  readonly image: CardImage;
  persist(image: CardImage): void;
  /** Takes a line of the log. */
  log(line: string): void;
  readonly now: Clock;
}

/**
 * A card that is watched from its own side, whatever the plug: every exchange is logged, PINs and personal data left out, and
 * its file says which PINs stand verified, so that one can ask afterwards whether a client cleaned up.
 */
export function witnessed(card: SimulatedCard, { image, persist, log, now }: Witness): SimulatedCard {
  const newWriter = () => dialogueWriter(disclosedApplications, { personal: false });
  let writer = newWriter();

  function noteVerified(): void {
    const verified = [...card.session.verified];
    if (verified.join() === image.verified.join()) return;
    image.verified = verified;
    persist(image);
  }

  return {
    ...card,
    powerOn() {
      card.powerOn();
      writer = newWriter();
      log(`# power on, ${now().toISOString()}`);
      if (card.atr) log(`atr ${toHex(card.atr)}`);
      noteVerified();
    },
    powerOff() {
      if (card.session.powered) log("# power off");
      card.powerOff();
      noteVerified();
    },
    reset() {
      log("# warm reset");
      card.reset();
    },
    transmit(bytes) {
      const command = decoded(bytes);
      log(command ? writer.command(command) : `# ${bytes.length} bytes that are no command`);
      try {
        const answer = card.transmit(bytes);
        log(command ? writer.response(command, decodeResponse(answer)) : `# answered ${toHex(answer)}`);
        noteVerified();
        return answer;
      } catch (error) {
        log(writer.lost(error instanceof Error ? error.name : "failed"));
        if (error instanceof CardVanished || error instanceof CardReset) noteVerified();
        throw error;
      }
    },
  };
}

function decoded(bytes: Uint8Array): CommandApdu | undefined {
  try {
    return decodeCommand(bytes);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
