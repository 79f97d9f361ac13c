import type { InformationTopic } from "../portal/wire/information.ts";
import type { Context } from "./context.ts";

/** One option of a command (or a global one), as data: the parser, help, completion, man page and docs are made from it. */
export interface OptionDefinition {
  /** As the parser takes it: `-o, --output <file>`, `--yes`. */
  readonly flags: string;
  readonly choices?: readonly string[];
  readonly default?: string;
  /** May be given more than once; its value is then a list. */
  readonly repeatable?: true;
}

export interface ArgumentDefinition {
  readonly name: string;
  readonly required: boolean;
  readonly variadic?: boolean;
  readonly choices?: readonly string[];
}

/** What a command returns. Rendering and the envelope are the business of `ui`. */
export interface Result<T> {
  readonly data: T;
  readonly warnings?: readonly Warning[];
  /** For a question that was answered no: 1. Otherwise absent. */
  readonly exit?: number;
  /** Called when the person has been told: what a repeated command needs, in case nobody heard, goes then. */
  readonly told?: () => void;
}

/** What a command returns that has shown its data already, through `Context.announce` or `Context.part`. */
export interface Announced extends Omit<Result<never>, "data"> {
  readonly announced: true;
}

/** Something the person should know although the command did its work. The words are in `ui/messages`. */
export interface WarningDetails {
  /** `reason` is the error in words. */
  WARN_PCSC_UNAVAILABLE: { code: string; reason: string };
  WARN_SIM_UNREADABLE: { reader: string; code: string; reason: string };
  WARN_TIME_IGNORED: { value: string };
  WARN_PIN_LOW: { pin: string; tries: number };
  WARN_CERT_EXPIRES: { kind: string; notAfter: string };
  WARN_CERT_PROFILE: { kind: string; problems: string };
  /** The law on checking the certificates of others. */
  WARN_CERT_OF_OTHERS: Record<never, never>;
  /** The law on collecting the My Numbers of others. */
  WARN_NUMBER_OF_OTHERS: Record<never, never>;
  /** One source says that it has been revoked, the other that it has not. */
  WARN_CERT_SOURCES_DIFFER: { crl: "good" | "revoked"; ocsp: "good" | "revoked" };
  /** How many answers are not shown for that. */
  WARN_APDU_MY_NUMBER: { answers: number };
  /** The certificate that goes with a signature tells who the holder is. */
  WARN_SIGN_DISCLOSES: Record<never, never>;
  /** What the authentication key has signed is no signed document. */
  WARN_SIGN_AUTHENTICATION: Record<never, never>;
  /** Anybody can make such signatures: the authority's key is public. */
  WARN_SIGNATURE_SIMULATED: Record<never, never>;
  WARN_LOGOUT_OFFLINE: { url: string };
  /** The provider has no way to end a session before its time. */
  WARN_LOGOUT_NOT_OFFERED: { url: string };
  /** What a service was let ask for would be refused to it. */
  WARN_NOT_REGISTERED: Record<never, never>;
  /** Negative: the platform's clock is behind. */
  WARN_CLOCK_DIFFERS: { seconds: number };
  /** There is no answer yet, so no table was written. */
  WARN_CSV_PENDING: { topic: InformationTopic };
}

export type WarningCode = keyof WarningDetails;

export type Warning = { [C in WarningCode]: { readonly code: C; readonly details: WarningDetails[C] } }[WarningCode];

/** What the parser found on the command line for one command. */
export interface Input {
  readonly arguments: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly options: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
}

export type Run<T> = (context: Context, input: Input) => Promise<Result<T> | Announced>;
