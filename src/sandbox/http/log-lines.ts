import type { LogEntry } from "./listener.ts";

export const logLevels = ["off", "error", "warn", "info"] as const;
export type LogLevel = (typeof logLevels)[number];

/** The level of that name; `error` for any other. */
export const logLevelOf = (name: unknown): LogLevel => logLevels.find((level) => level === name) ?? "error";

const levels = { failure: "error", refusal: "warn", access: "info" } as const satisfies Record<
  LogEntry["kind"],
  LogLevel
>;
const mostFrames = 5;

/** The line of an entry, a JSON object (docs/sandbox.md lists its members); undefined where the level leaves it out. */
export function logLine(entry: LogEntry, level: LogLevel, time: Date): string | undefined {
  const own = levels[entry.kind];
  if (logLevels.indexOf(own) > logLevels.indexOf(level)) return undefined;
  const { kind: event, ...facts } = entry;
  const told = "error" in facts ? { request: facts.request, ...failureFacts(facts.error) } : facts;
  return JSON.stringify({ time: time.toISOString(), level: own, event, ...told });
}

/** What a failure says of itself. What it quotes may be what somebody entered, and stays out. */
function failureFacts(error: unknown) {
  if (!(error instanceof Error)) return { name: typeof error };
  const { name, message, stack = "" } = error;
  const code = "code" in error && typeof error.code === "string" ? { code: error.code } : {};
  const frames = stack.split("\n").filter((line) => /^\s+at /.test(line));
  return {
    name,
    ...code,
    message: message.replace(/(["'`]).*\1/gs, "$1…$1"),
    at: frames.slice(0, mostFrames).map((line) => line.trim().slice("at ".length)),
  };
}
