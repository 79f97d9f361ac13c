import type { OptionDefinition } from "./command.ts";

/** The options that stand anywhere (the contract of the command line). Keys name their help text in `ui/messages`. */
export const globalOptions = {
  reader: { flags: "-r, --reader <name>" },
  json: { flags: "--json" },
  lang: { flags: "--lang <language>", choices: ["ja", "en"] },
  noInput: { flags: "--no-input" },
  wait: { flags: "--wait [=seconds]" },
  platform: { flags: "--platform <url>" },
  trace: { flags: "--trace <file>" },
  tracePersonal: { flags: "--trace-personal" },
  minTries: { flags: "--min-tries <n>" },
  pinStdin: { flags: "--pin-stdin" },
  pinFd: { flags: "--pin-fd <n>" },
  pinFile: { flags: "--pin-file <file>" },
  quiet: { flags: "--quiet" },
  verbose: { flags: "--verbose" },
  noColor: { flags: "--no-color" },
} as const satisfies Record<string, OptionDefinition>;

export type GlobalOptionName = keyof typeof globalOptions;

/** The global options after checking. */
export interface GlobalOptions {
  readonly reader: string | undefined;
  readonly json: boolean;
  readonly input: boolean;
  /** Milliseconds to wait for a card; 0: not at all; Infinity: until interrupted. */
  readonly wait: number;
  readonly platform: string;
  /** Whether the command line itself names one. */
  readonly platformNamed: boolean;
  readonly trace: string | undefined;
  /** Whether personal data may be written into the trace. */
  readonly tracePersonal: boolean;
  readonly minTries: number;
  readonly pinStdin: boolean;
  readonly pinFd: number | undefined;
  readonly pinFile: string | undefined;
  readonly quiet: boolean;
  readonly verbose: boolean;
}
