import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Language } from "../src/ui/messages/load.ts";
import type { Document } from "./docs/document.ts";
import { exitCodeTable } from "./docs/exit-codes.ts";

const root = path.dirname(import.meta.dirname);
/** When everything in the transcripts happens: certificates and sessions show dates. */
const now = "2026-04-01T09:00:00+09:00";
const locales: Readonly<Record<Language, string>> = { en: "C.UTF-8", ja: "ja_JP.UTF-8" };

/** What is drawn at random on every run, and what the transcripts show in its place; the text around them says so. */
const standIns = { mykeyId: "XXXXXXXX", furigana: "‹…›", subject: "‹…›" };

const transcript = /(<!-- transcript\n)(.*?)(-->\n).*?(<!-- \/transcript -->)/gs;
const exitCodes = /(<!-- exit-codes -->\n).*?(<!-- \/exit-codes -->)/gs;
/** ASCII record separator: no output holds it. */
const separator = "\u001e";

/** Runs the lines in one shell, as a person would type them, and returns what each printed (both streams together). */
function runInShell(lines: readonly string[], env: Readonly<Record<string, string>>): string[] {
  const script = lines.map((line) => `${line}\nlast=$?; printf '${separator}'; (exit $last)`).join("\n");
  const { stdout, error } = spawnSync("sh", ["-c", `exec 2>&1\n${script}\n`], { env, cwd: env.HOME, encoding: "utf8" });
  if (error) throw error;
  const outputs = stdout.split(separator).slice(0, -1);
  if (outputs.length !== lines.length) throw new Error(`the shell ended early: ${stdout}`);
  return outputs;
}

function dataOf(output: string | undefined): Readonly<Record<string, unknown>> {
  const { ok, data, error } = JSON.parse(output ?? "");
  if (!ok) throw new Error(`a transcript cannot be finished: ${JSON.stringify(error)}`);
  return data;
}

/** Literal values of this run, each with its stand-in. */
function randomValues(env: Readonly<Record<string, string>>): (readonly [string, string])[] {
  const ask = (words: string): string => `echo 1234 | mynakit ${words} -r sim:standard --pin-stdin --json --quiet`;
  const [shown, loggedIn] = runInShell([ask("mykey show"), ask("portal login")], env);
  const { mykeyId, furigana } = dataOf(shown);
  const { session } = dataOf(loggedIn) as { session: { subject: string } };
  return [
    [String(furigana), standIns.furigana],
    [String(mykeyId), standIns.mykeyId],
    [session.subject, standIns.subject],
  ];
}

/** Runs all transcripts of one document, in order and in one fresh home, and puts what was printed into their places. */
function withTranscripts(text: string, language: Language): string {
  const home = mkdtempSync(path.join(tmpdir(), "mynakit-docs-"));
  try {
    const bin = path.join(home, "bin");
    mkdirSync(bin);
    symlinkSync(path.join(root, "bin/mynakit"), path.join(bin, "mynakit"));
    const env = {
      PATH: [bin, path.dirname(process.execPath), "/usr/bin", "/bin"].join(":"),
      HOME: home,
      LANG: locales[language],
      MYNAKIT_HOME: path.join(home, "state"),
      MYNAKIT_NOW: now,
    };
    const lines = [...text.matchAll(transcript)].flatMap(([, , commands = ""]) => commands.trim().split("\n"));
    const outputs = runInShell(lines, env);
    const values = randomValues(env);
    let next = 0;
    return text.replace(transcript, (_all, begin: string, commands: string, end: string, close: string) => {
      const shown = commands
        .trim()
        .split("\n")
        .map((line) => [`$ ${line}`, outputs[next++]].filter(Boolean).join("\n"))
        .join("\n");
      const stable = values.reduce((sofar, [value, standIn]) => sofar.replaceAll(value, standIn), shown);
      return `${begin}${commands}${end}\`\`\`console\n${stable.trimEnd()}\n\`\`\`\n${close}`;
    });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** README.md and README.ja.md with their transcripts and tables as they ought to be. Builds the program where it is not. */
export async function readmes(): Promise<Document[]> {
  if (!existsSync(path.join(root, "dist/cli.cjs"))) {
    const { status } = spawnSync(process.execPath, [path.join(root, "scripts/build.mjs")], { stdio: "inherit" });
    if (status !== 0) throw new Error("the program cannot be built");
  }
  const files: readonly (readonly [string, Language])[] = [
    ["README.md", "en"],
    ["README.ja.md", "ja"],
  ];
  return files.map(([file, language]) => ({
    path: file,
    content: withTranscripts(readFileSync(path.join(root, file), "utf8"), language).replace(
      exitCodes,
      (_all, begin: string, end: string) => `${begin}${exitCodeTable(language)}\n${end}`,
    ),
  }));
}
