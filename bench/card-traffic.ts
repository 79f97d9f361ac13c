import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { CountingCard, type Traffic } from "./counting-card.ts";
import { inFolder, program } from "./processes.ts";

/**
 * Counts what each command and OpenSC's tools send to one and the same card in pcscd's virtual reader, and prints it as
 * JSON. Runs inside scripts/with-pcscd.
 */
export interface Measured extends Traffic {
  readonly task: string;
  readonly client: string;
}

interface Step {
  readonly task: string;
  readonly client: string;
  readonly command: readonly string[];
  readonly input?: string;
}

const mynakit = (task: string, ...words: string[]): Step => ({
  task,
  client: `mynakit ${words.join(" ")}`,
  command: [process.execPath, program, ...words, "-r", "Virtual PCD"],
});
const withPin = (step: Step): Step => ({ ...step, command: [...step.command, "--pin-stdin"], input: "1234\n" });
const opensc = (task: string, ...command: string[]): Step => ({ task, client: command.join(" "), command });

const steps = (message: string): readonly Step[] => [
  mynakit("look at the card", "card", "status"),
  opensc("look at the card", "pkcs15-tool", "--dump"),
  mynakit("tries of all PINs", "pin", "tries"),
  mynakit("tries of the two JPKI PINs", "pin", "tries", "auth", "sign"),
  opensc("tries of the two JPKI PINs", "pkcs15-tool", "--list-pins"),
  mynakit("authentication certificate", "cert", "show", "auth"),
  opensc("authentication certificate", "pkcs15-tool", "--read-certificate", "1"),
  withPin(mynakit("sign with the authentication key", "portal", "login")),
  opensc(
    "sign with the authentication key",
    "pkcs15-crypt",
    "-s",
    "-k",
    "1",
    "-p",
    "1234",
    "--sha-256",
    "--pkcs1",
    "-R",
    "-i",
    message,
  ),
  opensc(
    "sign with the authentication key",
    "pkcs11-tool",
    "--sign",
    "--login",
    "--pin",
    "1234",
    "--id",
    "01",
    "-m",
    "SHA256-RSA-PKCS",
    "-i",
    message,
  ),
  withPin(mynakit("sign with the authentication key", "mykey", "issue", "--yes")),
];

async function run({ command: [file = "", ...words], input = "" }: Step, env: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(file, words, { env, stdio: ["pipe", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (chunk) => {
    said += chunk;
  });
  child.stdin.on("error", () => {}).end(input);
  const [status] = await once(child, "close");
  if (status !== 0) throw new Error(`${file} ${words.join(" ")} ended with ${status}: ${said}`);
}

async function measure(folder: string): Promise<Measured[]> {
  const message = path.join(folder, "digest");
  writeFileSync(message, Buffer.alloc(32, 1));
  const card = await CountingCard.insert("standard", folder);
  try {
    const measured: Measured[] = [];
    for (const step of steps(message)) {
      const traffic = await card.during(() => run(step, { ...process.env, MYNAKIT_HOME: folder }));
      measured.push({ task: step.task, client: step.client.replace(message, "FILE"), ...traffic });
    }
    return measured;
  } finally {
    await card.remove();
  }
}

console.log(JSON.stringify(await inFolder(measure)));
