import { isError, MynakitError } from "../errors.ts";
import { removeFile } from "../files.ts";
import type { Clock, Host } from "../host.ts";
import { type SimulatedCard, simulateCard } from "./card.ts";
import { derivedStream } from "./derive.ts";
import {
  describe,
  describeProfile,
  type SimCard,
  type SimProfile,
  type SimSummary,
  simUri,
  summaryOf,
  summaryOfProfile,
} from "./descriptions.ts";
import { examine, type Finding } from "./facts.ts";
import type { CardImage } from "./image.ts";
import type { LifeEvent } from "./life.ts";
import { holdLock } from "./lock.ts";
import { cardLog, readLog } from "./log.ts";
import type { PinEvent } from "./os.ts";
import { isProfileName, type ProfileName, profiles } from "./profiles.ts";
import type { Session } from "./session.ts";
import { checkName, deleteState, logPath, readState, stateFolder, storedNames, writeState } from "./state.ts";
import { witnessed } from "./witness.ts";

/** The card that is there without being made. */
const alwaysThere: ProfileName = "standard";
const patience = 2000;

/** What a card is made from. */
export interface SimOrder {
  readonly profile: string;
  /** What serial numbers, My Number and keys follow from; the name if not given. Given: its random numbers too. */
  readonly seed?: string;
  /** `KEY=VALUE`, see `settings.ts`. */
  readonly settings?: readonly string[];
}

/** A card that no other program can use until it is let go. Without power at first. */
export interface HeldCard {
  readonly card: SimulatedCard;
  /** Idempotent. */
  release(): void;
}

export interface HoldOptions {
  readonly signal: AbortSignal;
  /** How long another holder is waited for, in milliseconds; two seconds if not given. */
  readonly wait?: number;
  /** Told of every VERIFY and CHANGE with data. */
  record?(event: PinEvent): void;
  /** The session in which an earlier hold left the card. */
  readonly session?: Session;
}

/**
 * The simulated cards of a home: `<home>/sim/NAME.json`, one file a card. A card named like a profile is made by its first use.
 * Every method may throw ERR_IO_READ, ERR_IO_WRITE and ERR_IO_STATE_CORRUPT; those that take a name ERR_USAGE_SIM_NAME, and
 * ERR_READER_NOT_FOUND where neither a card nor a profile has it; those that change a card ERR_READER_BUSY while it is held.
 */
export interface SimStore {
  profiles(): SimProfile[];
  /** All made cards, and `standard` in any case; one whose file cannot be read says why. */
  list(): Promise<SimSummary[]>;
  /** @throws {MynakitError} ERR_USAGE_SIM_EXISTS, ERR_USAGE_SIM_PROFILE, ERR_USAGE_SIM_SETTING */
  create(name: string, order: SimOrder): Promise<SimCard>;
  show(name: string): Promise<SimCard>;
  /** Holds expectations against the card. @throws {MynakitError} ERR_USAGE_SIM_SETTING */
  expect(name: string, expectations: readonly string[]): Promise<Finding[]>;
  /** What happened to the card, as text (`witness.ts`). `clear`: and begins anew. */
  log(name: string, options: { clear: boolean }): Promise<string>;
  /** The card as new: same profile, seed and settings, issued now. A damaged one only where its name is that of a profile. */
  reset(name: string): Promise<SimCard>;
  /**
   * The card after an event of its holder's life (`life.ts`).
   * @throws {MynakitError} ERR_CARD_KIND where nobody holds it
   */
  live(name: string, event: LifeEvent): Promise<SimCard>;
  /** Works on a state file that cannot be read, too. `deleted` is false where the card had not been made. */
  delete(name: string): Promise<{ name: string; deleted: boolean }>;
  /** @throws {MynakitError} ERR_USAGE_SIM_NAME, ERR_READER_NOT_FOUND */
  requireKnown(name: string): void;
  /**
   * Takes the card for this process alone; another holder is waited for, for two seconds.
   * @throws {MynakitError} ERR_CANCELLED
   */
  hold(name: string, options: HoldOptions): Promise<HeldCard>;
}

export interface SimulatorHost {
  /** The folder of all state. */
  readonly home: string;
  readonly now: Clock;
  readonly sleep: Host["sleep"];
}

/** See `SimStore`. */
export function simStore({ home, now, sleep }: SimulatorHost): SimStore {
  const folder = stateFolder(home);

  const locked = (name: string, signal: AbortSignal, wait = patience) =>
    holdLock(folder, name, { sleep, signal, seconds: wait / 1000 });

  async function whileHeld<T>(name: string, work: () => T | Promise<T>): Promise<T> {
    const lock = await locked(name, new AbortController().signal);
    try {
      return await work();
    } finally {
      lock.release();
    }
  }

  async function make(name: string, order: SimOrder): Promise<CardImage> {
    const profile = knownProfile(order.profile);
    const { seed = name, settings = [] } = order;
    const { issueCard } = await import("./issue.ts");
    const image = issueCard({ name, profile, seed, seeded: order.seed !== undefined, settings, now: now() });
    writeState(folder, image);
    removeFile(logPath(folder, name));
    return image;
  }

  async function load(name: string): Promise<CardImage> {
    return readState(folder, name) ?? make(name, { profile: name });
  }

  /** What a card was made from. Where its file cannot tell, its name may. */
  function orderOf(name: string): SimOrder {
    const byName = { profile: name };
    try {
      const image = readState(folder, name);
      if (!image) return byName;
      const { profile, settings, seed, seeded } = image;
      return { profile, settings, ...(seeded && { seed }) };
    } catch (error) {
      if (isError(error, "ERR_IO_STATE_CORRUPT") && isProfileName(name)) return byName;
      throw error;
    }
  }

  function requireKnown(name: string): void {
    checkName(name);
    const stored = storedNames(folder);
    if (stored.includes(name) || isProfileName(name)) return;
    const readers = [...new Set([alwaysThere, ...stored])].map(simUri);
    throw new MynakitError("ERR_READER_NOT_FOUND", { given: simUri(name), readers });
  }

  function listed(name: string): SimSummary[] {
    try {
      const image = readState(folder, name);
      return image ? [summaryOf(image)] : [];
    } catch (error) {
      if (!(error instanceof MynakitError)) throw error;
      return [{ name, uri: simUri(name), profile: null, createdAt: null, atr: null, problem: error }];
    }
  }

  async function look(name: string): Promise<CardImage> {
    requireKnown(name);
    return readState(folder, name) ?? whileHeld(name, () => load(name));
  }

  return {
    requireKnown,
    profiles: () => profileNames.map((name) => describeProfile(name, now())),
    async list() {
      const made = storedNames(folder).flatMap((name) => listed(name));
      return made.some(({ name }) => name === alwaysThere) ? made : [summaryOfProfile(alwaysThere), ...made];
    },
    async create(name, order) {
      checkName(name);
      knownProfile(order.profile);
      return whileHeld(name, async () => {
        if (storedNames(folder).includes(name)) throw new MynakitError("ERR_USAGE_SIM_EXISTS", { name });
        return describe(await make(name, order));
      });
    },
    async show(name) {
      return describe(await look(name));
    },
    async expect(name, expectations) {
      return examine(await look(name), expectations);
    },
    async log(name, { clear }) {
      requireKnown(name);
      const file = logPath(folder, name);
      if (!clear) return readLog(file);
      return whileHeld(name, () => {
        const text = readLog(file);
        removeFile(file);
        return text;
      });
    },
    async reset(name) {
      requireKnown(name);
      return whileHeld(name, async () => {
        return describe(await make(name, orderOf(name)));
      });
    },
    async live(name, event) {
      requireKnown(name);
      return whileHeld(name, async () => {
        const { livedThrough } = await import("./life.ts");
        const image = livedThrough(await load(name), event, now());
        writeState(folder, image);
        return describe(image);
      });
    },
    async delete(name) {
      requireKnown(name);
      return whileHeld(name, () => {
        removeFile(logPath(folder, name));
        return { name, deleted: deleteState(folder, name) };
      });
    },
    async hold(name, { signal, wait, record, session }) {
      requireKnown(name);
      const lock = await locked(name, signal, wait);
      try {
        const image = await load(name);
        const persist = (changed: CardImage) => writeState(folder, changed);
        const parts = { image, persist, ...(record && { record }), ...(session && { session }) };
        const card = simulateCard(image.seeded ? { ...parts, random: randomOf(image) } : parts);
        const log = cardLog(logPath(folder, name));
        const release = () => {
          log.close();
          lock.release();
        };
        return { card: witnessed(card, { image, persist, log: log.write, now }), release };
      } catch (error) {
        lock.release();
        throw error;
      }
    },
  };
}

/** Bytes that follow from the seed and from how often the card was asked for any. */
function randomOf({ seed, pins }: CardImage): (length: number) => Uint8Array {
  const verifies = pins.reduce((sum, pin) => sum + pin.verifies, 0);
  let asked = 0;
  return (length) => {
    asked += 1;
    return derivedStream(seed, `random ${verifies} ${asked}`, length);
  };
}

const profileNames = Object.keys(profiles).filter(isProfileName);

function knownProfile(name: string): ProfileName {
  if (isProfileName(name)) return name;
  throw new MynakitError("ERR_USAGE_SIM_PROFILE", { given: name, profiles: profileNames });
}
