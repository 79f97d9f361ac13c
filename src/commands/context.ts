import type { TraceSink } from "../apdu/channels/trace.ts";
import type { ConnectOptions, Reader, ReaderBackend } from "../apdu/reader.ts";
import type { IssueStep, MynakitError } from "../errors.ts";
import type { Clock, Host } from "../host.ts";
import type { HashName, PinReference } from "../jpki/applications.ts";
import type { Pin } from "../jpki/pin/pin.ts";
import type { BirthYear } from "../jpki/verification-number.ts";
import type { LoginPassword } from "../login/login-password.ts";
import type { Platform } from "../login/platform.ts";
import type { LabelledAttachment, LabelledField } from "../portal/procedures/filled.ts";
import type { Procedure } from "../portal/procedures/search.ts";
import type { Applicant } from "../portal/procedures/wire.ts";
import type { InformationTopic } from "../portal/wire/information.ts";
import type { PaymentMeans } from "../portal/wire/payments.ts";
import type { SimStore } from "../simulator/store.ts";
import type { Messages } from "../ui/messages/messages.ts";
import type { Warning } from "./command.ts";
import type { GlobalOptions } from "./options.ts";
import type { DataOf, PartName } from "./results.ts";

/** What a PIN is wanted for; the prompt says it. */
export type Purpose =
  | "login"
  | "approve-device"
  | "mykey-issue"
  | "mykey-show"
  | "points-status"
  | "points-apply"
  | "points-history"
  | "mykey-change"
  | "mykey-revoke"
  | "mykey-report-leak"
  | "mykey-account"
  | "mykey-settings"
  | "mykey-page"
  | "mykey-password"
  | "read-certificate"
  | "pin-check"
  | "pin-change"
  | "card-info"
  | "card-number"
  | "card-face"
  | "sign-document"
  | "application-attributes"
  | "application-preview"
  | "application-sign";

export interface PinPrompt {
  readonly reference: PinReference;
  readonly tries: number;
  readonly max: number | null;
  readonly purpose: Purpose;
  /** Where it is verification number B: how it is composed from what the person types. */
  readonly birthYear?: BirthYear;
}

export interface PinChangePrompt extends PinPrompt {
  /** True where an obvious new PIN needs no confirmation. */
  readonly allowObvious: boolean;
}

/** What is about to be signed, as a person is told before the PIN is asked for. */
export interface SigningDocument {
  /** Null where its digest alone is known, as its size then is. */
  readonly name: string | null;
  readonly size: number | null;
  readonly hash: HashName;
  /** Upper-case hexadecimal. */
  readonly digest: string;
  /** True where the signature will carry the holder's name, address, birth date and sex. */
  readonly discloses: boolean;
}

/** A device that wants to be let in, as a person is told before anything is decided. */
export interface AskingDevice {
  /** As it calls itself; null: it does not. */
  readonly device: string | null;
  readonly client: string;
  /** Null: this computer's. */
  readonly address: string | null;
  /** RFC 3339. */
  readonly requestedAt: string;
  /** The external service that asks, and what for; null: mynakit itself. */
  readonly service: DataOf<"portal approve">["service"];
}

/** An application as its applicant sees it before it is signed. */
export interface ShownApplication {
  readonly procedure: Procedure;
  readonly applicant: Pick<Applicant, "name" | "address"> & Pick<DataOf<"card info">, "birthDate" | "sex" | "sexCode">;
  readonly answers: readonly LabelledField[];
  readonly attachments: readonly LabelledAttachment[];
}

/** What a person is told while a command works. */
export type Progress =
  | { readonly step: "waiting-for-card"; readonly reader?: string }
  | { readonly step: "reading-card" | "using-card" | "card-done" | "contacting-platform" }
  | { readonly step: "card-inserted"; readonly address: string }
  | { readonly step: "sandbox-ready"; readonly url: string }
  | { readonly step: "issue-step"; readonly name: IssueStep }
  /** All reservations are taken: only who has an ID already gets it shown. */
  | { readonly step: "no-places" }
  | { readonly step: "document"; readonly document: SigningDocument }
  | { readonly step: "application"; readonly application: ShownApplication }
  | { readonly step: "batch"; readonly done: number; readonly lines: number; readonly failed: number }
  /** What a device that wants to be let in shows; `modules` are those of the QR code, true: dark. */
  | {
      readonly step: "device-code";
      readonly userCode: string;
      /** Null: there is none that anybody could open, and no QR code. */
      readonly address: string | null;
      /** What approves it at a computer with a card; null: it is approved in the provider's own way. */
      readonly command: string | null;
      readonly modules: readonly (readonly boolean[])[];
    }
  | { readonly step: "awaiting-approval" | "awaiting-browser"; readonly secondsLeft: number }
  /** What a person opens in a browser on this computer. */
  | { readonly step: "open-address"; readonly address: string }
  /** The platform cannot be used just now, and is asked again. */
  | { readonly step: "platform-away"; readonly error: MynakitError; readonly seconds: number }
  | { readonly step: "device-asks"; readonly request: AskingDevice }
  | { readonly step: "proposal"; readonly mykeyId: string; readonly furigana: string };

/** The parts that `main.ts` puts together, each loaded when first asked for. */
export interface Parts {
  simBackend(): Promise<ReaderBackend>;
  pcscBackend(): Promise<ReaderBackend>;
  replayBackend(): Promise<ReaderBackend>;
  vpcdBackend(): Promise<ReaderBackend>;
  simStore(): Promise<SimStore>;
  platform(): Promise<Platform>;
}

/** Everything a command gets. It prints nothing: it tells progress, asks through `ask…`, and returns data. */
export interface Context {
  readonly host: Host;
  readonly options: GlobalOptions;
  /** For the names that stand in results; commands say nothing by themselves. */
  readonly messages: Messages;
  /** The folder of all state. */
  readonly home: string;
  readonly parts: Parts;
  /**
   * The reader of that name, else the one that `--reader` or MYNAKIT_READER means; without either, the one PC/SC reader that
   * holds a card.
   */
  reader(name?: string): Promise<Reader>;
  readonly connect: ConnectOptions;
  /** Where the masked APDU dialogue goes, if anywhere. */
  readonly trace: TraceSink | undefined;
  /** MYNAKIT_NOW where everything involved is simulated, else the wall clock. */
  clock(involved: { simulatedCard?: boolean; embeddedPlatform?: boolean }): Clock;
  progress(progress: Progress): void;
  /**
   * The result of a command that goes on after it: at once on stdout, as the line that a script waits for or as the
   * JSON document, and in words on stderr. The command then returns `announced`.
   */
  announce(line: string, progress: Progress, data: unknown): void;
  /**
   * One of several results of a command, at once on stdout: a line of JSON, or words. Resolves when it has been taken. The
   * command then returns `announced`.
   * @throws {MynakitError} ERR_IO_WRITE
   */
  part<N extends PartName>(name: N, data: DataOf<N>, error?: MynakitError): Promise<void>;
  warn(warning: Warning): void;
  /** @throws {MynakitError} ERR_USAGE_INPUT_NEEDED, ERR_USAGE_PIN_*, ERR_PIN_FORMAT, ERR_IO_*, ERR_CANCELLED */
  askPin(prompt: PinPrompt): Promise<Pin>;
  /**
   * The old PIN, and the one to replace it: two lines of the source, or asked at the terminal, the new one twice.
   * @throws {MynakitError} what `askPin` throws; ERR_PIN_UNCHANGED, ERR_PIN_OBVIOUS
   */
  askPinChange(prompt: PinChangePrompt): Promise<{ readonly old: Pin; readonly new: Pin }>;
  /** The password of a MyKey account. @throws {MynakitError} as `askPin` */
  askPassword(): Promise<LoginPassword>;
  /** A new one: asked twice, or the line after the PIN. @throws {MynakitError} as `askPin` */
  askNewPassword(): Promise<LoginPassword>;
  /** @throws {MynakitError} ERR_USAGE_INPUT_NEEDED before any work where nobody can confirm */
  requireConfirmable(option: string): Promise<void>;
  /** Resolves when confirmed. @throws {MynakitError} ERR_CANCELLED when not; ERR_USAGE_INPUT_NEEDED where nobody can */
  confirmNumber(shown: { revealed: boolean }): Promise<void>;
  /** The same. */
  confirmApplication(application: { service: string; serviceId: string }): Promise<void>;
  /**
   * The security code of an account at a cashless service: from the file, else asked for.
   * @throws {MynakitError} ERR_USAGE_INPUT_NEEDED, ERR_USAGE_OPTION, ERR_IO_*, ERR_CANCELLED
   */
  askSecurityCode(account: { service: string; codeFile: string | undefined }): Promise<string>;
  /**
   * The same, before another device is let in.
   * @param request `compare`: what the device shows must be typed
   */
  confirmDevice(request: { userCode: string; compare: boolean }): Promise<void>;
  /** The same: of the application that was shown. */
  confirmSubmission(): Promise<void>;
  /** The same. */
  confirmIssue(proposal: { mykeyId: string; furigana: string }): Promise<void>;
  /** The same, or `next`: another one is wished for; `generatedLeft` says how many there are. */
  confirmChange(proposal: { mykeyId: string; furigana: string; generatedLeft: number }): Promise<"yes" | "next">;
  /** The same: which service is to be linked, and what it gets. */
  confirmLink(
    link: Pick<DataOf<"portal links">["links"][number], "service"> & { readonly gets: readonly InformationTopic[] },
  ): Promise<void>;
  /** The same: what is to be paid, and how. */
  confirmPayment(
    payment: Pick<DataOf<"portal pay">["demands"][number], "kind" | "year" | "term" | "yen"> & {
      readonly means: PaymentMeans;
    },
  ): Promise<void>;
  /** The ID, as the person typed it to have it revoked. @throws {MynakitError} as `confirmNumber` */
  confirmRevocation(): Promise<string>;
  /** The same as `confirmNumber`. */
  confirmLeakReport(): Promise<void>;
}
