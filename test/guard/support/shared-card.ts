import { type CommandApdu, encodeCommand } from "../../../src/apdu/command.ts";
import type { CardConnection, Disposition, Reader } from "../../../src/apdu/reader.ts";
import { decodeResponse, type ResponseApdu } from "../../../src/apdu/response.ts";
import { MynakitError } from "../../../src/errors.ts";
import { applications, type PinId } from "../../../src/jpki/applications.ts";
import { pinReference } from "../../../src/jpki/pin/references.ts";
import { CardReset, CardVanished, type SimulatedCard, simulateCard } from "../../../src/simulator/card.ts";
import type { CardImage } from "../../../src/simulator/image.ts";
import type { PinEvent } from "../../../src/simulator/os.ts";
import type { Incident } from "./incidents.ts";

/** The tries left of each PIN. */
export type Counters = ReadonlyMap<PinId, number>;

/** One process with a reader of its own, and what the card recorded of it. */
export interface CardProcess {
  readonly reader: Reader;
  /** What the card itself recorded while this process held it. */
  readonly events: readonly PinEvent[];
  /** Commands with a PIN that this process gave to its reader, whether or not they arrived. */
  readonly handedOver: readonly ("verify" | "change")[];
  /** The counters at the beginning of each of its holds. */
  readonly sightings: readonly Counters[];
  /** The command that its incident met, once it has happened. */
  readonly struck: CommandApdu | undefined;
  /** Settles when the process is gone: from then on nothing of ours runs in it. */
  readonly killed: Promise<"killed">;
}

export interface ProcessOptions {
  readonly incident?: Incident | undefined;
  /** How many turns of the event loop's queue each command takes: who is faster changes who holds the card. */
  readonly pace?: number;
}

/** A card that several programs use: held by one at a time, as PC/SC's exclusive mode has it. */
export interface SharedCard {
  readonly card: SimulatedCard;
  readonly image: CardImage;
  /** Whether one of ours holds it. */
  readonly held: boolean;
  process(options?: ProcessOptions): CardProcess;
  /** Another program presents a PIN. Refused (false) while one of ours holds the card. */
  rival(id: PinId, value: string): boolean;
  counters(): Counters;
}

const name = "test";

export function sharedCard(image: CardImage): SharedCard {
  let holder: PinEvent[] | undefined;
  const card = simulateCard({ image, persist: () => undefined, record: (event) => holder?.push(event) });
  const counters = (): Counters => new Map(image.pins.map(({ id, remaining }) => [id, remaining]));

  function power(): void {
    if (!card.session.powered) card.powerOn();
  }

  function letGo(disposition: Disposition): void {
    holder = undefined;
    if (disposition === "unpower") card.powerOff();
    if (disposition === "reset") card.reset();
  }

  function carryOut(command: CommandApdu): ResponseApdu {
    try {
      return decodeResponse(card.transmit(encodeCommand(command)));
    } catch (error) {
      if (error instanceof CardVanished) throw new MynakitError("ERR_CARD_REMOVED", { reader: name });
      if (error instanceof CardReset) throw new MynakitError("ERR_CARD_RESET", { reader: name });
      throw error;
    }
  }

  function process({ incident, pace = 0 }: ProcessOptions = {}): CardProcess {
    const events: PinEvent[] = [];
    const handedOver: ("verify" | "change")[] = [];
    const sightings: Counters[] = [];
    let commands = 0;
    let struck: CommandApdu | undefined;
    let die: (word: "killed") => void = () => undefined;
    const killed = new Promise<"killed">((resolve) => {
      die = resolve;
    });
    const never = new Promise<never>(() => undefined);

    async function transmit(command: CommandApdu): Promise<ResponseApdu> {
      for (let turn = 0; turn < pace; turn++) await undefined;
      commands += 1;
      if (command.data && command.ins === 0x20) handedOver.push("verify");
      if (command.ins === 0x24) handedOver.push("change");
      if (commands !== incident?.at) return carryOut(command);
      struck = command;
      return befall(incident, command);
    }

    function befall(
      { kind, executed, disposition, sw }: Incident,
      command: CommandApdu,
    ): ResponseApdu | Promise<never> {
      if (kind === "deselected") card.reset();
      if (kind === "deselected") return carryOut(command);
      if (executed) carryOut(command);
      switch (kind) {
        case "killed":
          letGo(disposition);
          die("killed");
          return never;
        case "removed":
          card.powerOff();
          throw new MynakitError("ERR_CARD_REMOVED", { reader: name });
        case "reset":
          card.reset();
          throw new MynakitError("ERR_CARD_RESET", { reader: name });
        case "timeout":
          throw new MynakitError("ERR_CARD_TIMEOUT", { reader: name, seconds: 1 });
        case "broken":
          throw new TypeError("the reader's library failed");
        case "answer":
          return decodeResponse(Buffer.from(sw, "hex"));
      }
    }

    async function connect(): Promise<CardConnection> {
      for (let tries = 0; holder; tries++) {
        if (tries > 10_000) throw new MynakitError("ERR_READER_BUSY", { reader: name, seconds: 3 });
        await new Promise<void>((resolve) => setImmediate(resolve));
      }
      if (!card.atr) throw new MynakitError("ERR_CARD_MUTE", { reader: name });
      holder = events;
      power();
      sightings.push(counters());
      let held = true;
      return {
        reader: name,
        atr: card.atr,
        extendedLength: card.extendedLength,
        transmit,
        async disconnect(disposition) {
          if (held) letGo(disposition);
          held = false;
        },
      };
    }

    return {
      reader: { uri: `test:${name}`, simulated: true, connect },
      events,
      handedOver,
      sightings,
      get struck() {
        return struck;
      },
      killed,
    };
  }

  return {
    card,
    image,
    get held() {
      return holder !== undefined;
    },
    process,
    counters,
    rival(id, value) {
      if (holder) return false;
      power();
      const { application, file } = pinReference(id);
      const select = (p1: number, data: Uint8Array) => ({ cla: 0x00, ins: 0xa4, p1, p2: 0x0c, data });
      try {
        carryOut(select(0x04, applications[application].aid));
        carryOut(select(0x02, Uint8Array.of(0x00, file)));
        carryOut({ cla: 0x00, ins: 0x20, p1: 0x00, p2: 0x80, data: Buffer.from(value, "latin1") });
      } catch (error) {
        if (!(error instanceof MynakitError)) throw error;
      }
      return true;
    },
  };
}
