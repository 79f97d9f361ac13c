import { writeFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { table } from "../../scripts/docs/document.ts";
import { inFolder, machine, root } from "../processes.ts";
import { loadAccounts } from "./accounts.ts";
import { latency } from "./latency.ts";
import { memoryOverTime } from "./memory.ts";
import { clients, rsaVerifications, throughput } from "./throughput.ts";

/**
 * Measures the sandbox and prints Markdown: `npm run bench:platform`. `--write` puts it into docs/benchmarks-platform.md,
 * `--accounts 1000,20000`, `--minutes N`, `--persons N` and `--rounds N` make it shorter. The usual run loads twenty
 * million accounts and takes about forty minutes and 40 GB.
 */
const option = (name: string, usual: string): string => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? usual : (process.argv[at + 1] ?? usual);
};
const sizes = option("accounts", "10000,1000000,10000000").split(",").map(Number);
const minutes = Number(option("minutes", "10"));
const persons = Number(option("persons", "2000"));
const rounds = Number(option("rounds", "200"));

interface Kind {
  readonly name: string;
  /** Databases of names of their own, gone after the work. */
  within<T>(names: readonly string[], work: (databases: string[]) => Promise<T>): Promise<T>;
}

const sqlite: Kind = {
  name: "SQLite",
  within: (names, work) => inFolder((folder) => work(names.map((name) => path.join(folder, name, "sandbox.db")))),
};

const postgres = (server: string): Kind => ({
  name: "PostgreSQL",
  async within(names, work) {
    const each = async (statement: (name: string) => string) => {
      const client = new pg.Client({ connectionString: server });
      await client.connect();
      for (const name of names) await client.query(statement(`bench_${name}`));
      await client.end();
    };
    await each((name) => `create database ${name}`);
    try {
      return await work(names.map((name) => new URL(`/bench_${name}`, server).href));
    } finally {
      await each((name) => `drop database ${name} with (force)`);
    }
  },
});

const server = process.env.MYNAKIT_TEST_POSTGRES;
const kinds = server ? [sqlite, postgres(server)] : [sqlite];
const told = (line: string) => process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);

/** A long run can be cut: what is known is told at once, too. */
function row(cells: string[]): string[] {
  told(cells.join("  "));
  return cells;
}

told("throughput");
const limit = rsaVerifications(2);
const rates: string[][] = [];
for (const kind of kinds) {
  await kind.within(["throughput"], async ([database = ""]) => {
    for (const { task, rate, perProcessorSecond } of await throughput(database, persons)) {
      rates.push(row([kind.name, task, rate.toFixed(0), perProcessorSecond.toFixed(0)]));
    }
  });
}

const waits: string[][] = [];
for (const kind of kinds) {
  const names = sizes.map((size) => `accounts_${size}`);
  await kind.within(names, async (databases) => {
    for (const [index, database] of databases.entries()) {
      told(`${kind.name}: ${sizes[index]} accounts`);
      await loadAccounts(database, sizes[index] ?? 0);
    }
    told(`${kind.name}: latency`);
    for (const { task, milliseconds, ratios } of await latency(databases, rounds)) {
      const cells = milliseconds.map((value, index) => `${value.toFixed(1)} (${ratios[index]?.toFixed(2)})`);
      waits.push(row([kind.name, task, ...cells]));
    }
  });
}

const memory: string[][] = [];
for (const kind of kinds) {
  told(`${kind.name}: memory`);
  await kind.within(["memory"], async ([database = ""]) => {
    const samples = await memoryOverTime(database, minutes);
    const resident = samples.map(({ mebibytes }) => mebibytes.toFixed(0));
    memory.push(row([kind.name, ...resident, `${samples.at(-1)?.persons ?? 0}`]));
  });
}

const count = (size: number): string => size.toLocaleString("en");
const page = `${[
  "# Benchmarks of the sandbox",
  `The last run of \`npm run bench:platform -- --write\`: ${machine()}. Times on a shared machine vary by a third; trust the ratios. The compiled program serves, this benchmark is the client on the same machine.`,
  "## Logins and issues a second",
  `${clients} persons at once, ${count(persons)} in all, each new to the platform. A login is what a client does: discovery, nonce, assertion. What one core verifies of RSA-2048 in the same run: ${count(Math.round(limit))} signatures a second.`,
  table(["Store", "Task", "A second", "A second of the server's processor time"], rates),
  "## Waiting times by number of accounts",
  `Median milliseconds of ${rounds} persons one after the other, the databases in turns; in brackets the ratio to the smallest database, person by person. Aim: at most 1.5.`,
  table(["Store", "Task", ...sizes.map((size) => count(size))], waits),
  "## Memory",
  "Resident MiB of the server, the median of each minute, while persons log in, take an ID and look at it, one after the other.",
  table(["Store", ...Array.from({ length: minutes }, (_, index) => `${index + 1}`), "Persons"], memory),
].join("\n\n")}\n`;

console.log(page);
if (process.argv.includes("--write")) writeFileSync(path.join(root, "docs/benchmarks-platform.md"), page);
