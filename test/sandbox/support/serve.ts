/** A process that serves the database it is told to, prints its URL, and stays until it is killed. */
import { randomBytes } from "node:crypto";
import { startSandbox } from "../../../src/sandbox/server.ts";
import { now } from "./cards.ts";

const [, , database = ""] = process.argv;
const random = (length: number) => new Uint8Array(randomBytes(length));
const { url } = await startSandbox({ database, port: 0, clock: () => now, random });
process.stdout.write(`${url}\n`);
