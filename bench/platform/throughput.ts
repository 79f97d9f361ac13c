import { constants, generateKeyPairSync, sign, verify } from "node:crypto";
import type { Session } from "../../src/login/session.ts";
import { issue, logIn, newCard, platformAt } from "./person.ts";
import { startServer } from "./server.ts";

/** How many persons are served at once. */
export const clients = 16;

export interface Throughput {
  readonly task: string;
  /** A second, as the clients saw it. */
  readonly rate: number;
  /** A second of the server's processor time: what it could do if the clients took none. */
  readonly perProcessorSecond: number;
}

/** RSA-2048 verifications a second on one core, the least that a login costs. */
export function rsaVerifications(seconds: number): number {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const padding = { padding: constants.RSA_PKCS1_PADDING };
  const message = Buffer.alloc(600, 1);
  const signature = sign("sha256", message, { key: privateKey, ...padding });
  const began = performance.now();
  let count = 0;
  for (; performance.now() - began < seconds * 1000; count++) {
    if (!verify("sha256", message, { key: publicKey, ...padding }, signature))
      throw new Error("a good signature is bad");
  }
  return (count * 1000) / (performance.now() - began);
}

/** Logins of persons who are new to the platform, then an ID for each. */
export async function throughput(database: string, persons: number): Promise<Throughput[]> {
  const cards = Array.from({ length: persons }, newCard);
  const server = await startServer(database);
  try {
    const platform = platformAt(server.url);
    const timed = async (task: string, work: (index: number) => Promise<void>): Promise<Throughput> => {
      const busy = server.busy();
      const began = performance.now();
      await atOnce(persons, work);
      const rate = (persons * 1000) / (performance.now() - began);
      return { task, rate, perProcessorSecond: persons / (server.busy() - busy) };
    };
    const sessions: Session[] = [];
    const logins = await timed("login", async (index) => {
      const card = cards[index];
      if (card) sessions[index] = await logIn(platform, card);
    });
    const issues = await timed("issue (propose, confirm)", async (index) => {
      const session = sessions[index];
      if (session) await issue(platform, session);
    });
    return [logins, issues];
  } finally {
    await server.stop();
  }
}

async function atOnce(count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const client = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: clients }, client));
}
