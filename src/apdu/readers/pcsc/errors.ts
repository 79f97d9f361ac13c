import { MynakitError } from "../../../errors.ts";
import { pcscService } from "./platform.ts";

/** The PC/SC codes that mean something to us (winscard.h; pcsc-lite and Windows agree on these). */
export const scard = {
  unknownReader: 0x80100009,
  sharingViolation: 0x8010000b,
  noSmartcard: 0x8010000c,
  protocolMismatch: 0x8010000f,
  commError: 0x80100013,
  notTransacted: 0x80100016,
  readerUnavailable: 0x80100017,
  noService: 0x8010001d,
  serviceStopped: 0x8010001e,
  noReaders: 0x8010002e,
  commDataLost: 0x8010002f,
  unsupportedCard: 0x80100065,
  unresponsiveCard: 0x80100066,
  unpoweredCard: 0x80100067,
  resetCard: 0x80100068,
  removedCard: 0x80100069,
  securityViolation: 0x8010006a,
} as const;

export interface PcscFailure {
  readonly call: string;
  readonly code: number;
}

/**
 * The failed call and its code, out of an error's text: pcsclite gives no other sign, e.g.
 * `SCardConnect error: Sharing violation.(0x8010000b)`. Undefined for an error that is none of PC/SC's.
 */
export function parseFailure(error: unknown): PcscFailure | undefined {
  if (!(error instanceof Error)) return undefined;
  const [, call, digits] = /^(SCard\w+) error: .*\(0x([0-9a-f]{8})\)$/i.exec(error.message) ?? [];
  return call && digits ? { call, code: Number.parseInt(digits, 16) } : undefined;
}

/** Where a failure happened: its words need these. */
export interface FailureContext {
  readonly platform: NodeJS.Platform;
  readonly user: string;
  /** Empty where no reader is concerned. */
  readonly reader: string;
  /**
   * How far we had come. A service that has answered once and is missing now has stopped; when it dies in the middle of a
   * call, pcsc-lite takes the end of its answer for a refusal.
   */
  readonly stage: "establish" | "connect" | "connected";
}

type Make = (context: FailureContext) => MynakitError;

const aboutReader =
  (code: "ERR_READER_GONE" | "ERR_CARD_ABSENT" | "ERR_CARD_MUTE" | "ERR_CARD_RESET" | "ERR_CARD_REMOVED"): Make =>
  ({ reader }) =>
    new MynakitError(code, { reader });
const stopped: Make = ({ platform }) =>
  new MynakitError("ERR_PCSC_STOPPED", { service: pcscService(platform).service });

const missing: Make = ({ platform }) => new MynakitError("ERR_PCSC_SERVICE", pcscService(platform));
const denied: Make = ({ user }) => new MynakitError("ERR_PCSC_ACCESS", { user });

const meanings: ReadonlyMap<number, Make> = new Map([
  [scard.noService, (context) => (context.stage === "establish" ? missing(context) : stopped(context))],
  [scard.securityViolation, (context) => (context.stage === "connected" ? stopped(context) : denied(context))],
  [scard.serviceStopped, stopped],
  [scard.commError, stopped],
  [scard.noReaders, () => new MynakitError("ERR_READER_NONE", {})],
  [scard.unknownReader, aboutReader("ERR_READER_GONE")],
  [scard.readerUnavailable, aboutReader("ERR_READER_GONE")],
  [scard.noSmartcard, aboutReader("ERR_CARD_ABSENT")],
  [scard.unresponsiveCard, aboutReader("ERR_CARD_MUTE")],
  [scard.unpoweredCard, aboutReader("ERR_CARD_MUTE")],
  [scard.unsupportedCard, aboutReader("ERR_CARD_MUTE")],
  // A card that speaks neither T=0 nor T=1 is none that we could talk to by any other means.
  [scard.protocolMismatch, aboutReader("ERR_CARD_MUTE")],
  [scard.resetCard, aboutReader("ERR_CARD_RESET")],
  [scard.removedCard, aboutReader("ERR_CARD_REMOVED")],
  [scard.notTransacted, aboutReader("ERR_CARD_REMOVED")],
  [scard.commDataLost, aboutReader("ERR_CARD_REMOVED")],
]);

/** Our error for one of the native package's; the original is its cause. */
export function translate(error: unknown, context: FailureContext): MynakitError {
  const failure = parseFailure(error);
  if (!failure) return new MynakitError("ERR_PCSC_FAILED", { call: "pcsclite", code: "" }, { cause: error });
  const { code, details } =
    meanings.get(failure.code)?.(context) ??
    new MynakitError("ERR_PCSC_FAILED", { call: failure.call, code: hexOf(failure.code) });
  return new MynakitError(code, details, { cause: error });
}

function hexOf(code: number): string {
  return code.toString(16).toUpperCase().padStart(8, "0");
}
