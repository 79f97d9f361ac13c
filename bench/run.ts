import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { table } from "../scripts/docs/document.ts";
import type { Measured } from "./card-traffic.ts";
import { machine, root } from "./processes.ts";
import { triesPerSecond } from "./rate.ts";
import { readStrategies } from "./read-strategies.ts";
import { taskNames, timeOnReader } from "./reader-time.ts";
import { startUps } from "./start-up.ts";

/**
 * Measures the compiled program and prints Markdown: `npm run bench`. `--write` puts it into docs/benchmarks.md,
 * `--rounds N` changes how often each process is started.
 */
const rounds = Number(process.argv[process.argv.indexOf("--rounds") + 1]) || 15;

/** Undefined where this machine has no pcscd, virtual reader or OpenSC. */
function cardTraffic(): Measured[] | undefined {
  const tsx = path.join(root, "node_modules/.bin/tsx");
  const { status, stdout, stderr } = spawnSync(
    path.join(root, "scripts/with-pcscd"),
    [tsx, path.join(root, "bench/card-traffic.ts")],
    { cwd: root, encoding: "utf8" },
  );
  if (status === 0) return JSON.parse(stdout);
  console.error(`The card's traffic is left out: ${stderr.trim()}`);
  return undefined;
}

const times = await startUps(rounds);
const rate = await triesPerSecond(2);
const traffic = cardTraffic();
const shown = traffic?.find(({ client }) => client.startsWith("mynakit cert show auth"))?.apdus ?? null;
const { length, strategies } = await readStrategies(shown);

const onReader = await timeOnReader();

const count = (value: number | null): string => value?.toString() ?? "–";
const sections = [
  "# Benchmarks",
  `The last run of \`npm run bench -- --write\`: ${machine()}. Times on a shared machine vary by a third; trust the ratios.`,
  "## Whole processes",
  `Simulated card, embedded platform; ${rounds} rounds in turns, medians. The ratio is to \`node -e 0\` of the same round.`,
  table(
    ["Process", "ms", "Ratio", "Aim"],
    times.map(({ name, milliseconds, ratio, aim }) => [
      `\`${name}\``,
      milliseconds.toFixed(0),
      ratio.toFixed(2),
      aim === null ? "" : `≤ ${aim}`,
    ]),
  ),
  `\`pin tries\` on the simulated card, inside one process: ${rate.toFixed(0)} a second.`,
  "## What goes to the card",
  "One simulated card in pcscd's virtual reader, counted in the line between reader and card; each client finds it freshly powered. Bytes are those of commands and responses. Each client's own work differs: `card status` also probes five applications and seven PINs; `portal login` and `mykey issue` read the certificate and two counters, sign, and check that the card was not swapped.",
  traffic
    ? table(
        ["Task", "Client", "APDUs", "Bytes"],
        traffic.map(({ task, client, apdus, bytes }) => [task, `\`${client}\``, String(apdus), String(bytes)]),
      )
    : "Not measured: this machine has no pcscd, virtual reader or OpenSC (`scripts/install-test-tools`).",
  "## Time on the reader",
  "The same simulated card for every client: mynakit, and the sequences that public clients publish in their sources. Milliseconds are modelled for a contactless reader at 106 kbit/s (`--link nfc106`). What cannot be avoided is computed: every length known beforehand, nothing asked, nothing checked. Beyond that mynakit asks which card it is, once in each hold; counts the tries before it asks for a PIN and again before it sends one; logs the card out; and reads what proves the attributes (signed record and certificate), which the others leave out. Between its holds the card is free: then the person types or reads, and the platform is asked. An application of the others is what they send for the attributes and for a signature, one after the other; they do not look whose card it is.",
  table(
    ["Task", "Client", "APDUs", "Bytes", "ms", "Holds"],
    onReader.map(({ task, client, apdus, bytes, milliseconds, holds }) => [
      taskNames[task],
      client,
      String(apdus),
      String(bytes),
      milliseconds.toFixed(0),
      holds === 0 ? "" : String(holds),
    ]),
  ),
  "## Reading one certificate",
  `Commands for the authentication certificate of ${length} bytes: measured for mynakit, computed for the read strategies of public clients, which read nothing else.`,
  table(
    ["Strategy", "Short length", "Extended length"],
    strategies.map(({ name, short, extended }) => [name, count(short), count(extended)]),
  ),
];
const page = `${sections.join("\n\n")}\n`;

console.log(page);
if (process.argv.includes("--write")) writeFileSync(path.join(root, "docs/benchmarks.md"), page);
