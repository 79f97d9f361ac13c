import type { WarningCode, WarningDetails } from "../../commands/command.ts";
import type { AskingDevice, Purpose, ShownApplication, SigningDocument } from "../../commands/context.ts";
import type { PortalTopic } from "../../commands/explain/portal-topics.ts";
import type { RelatedSite } from "../../commands/explain/related-sites.ts";
import type { ServiceCode, Topic } from "../../commands/explain/subjects.ts";
import type { GlobalOptionName } from "../../commands/options.ts";
import type { CommandName, commands } from "../../commands/registry.ts";
import type { DataOf } from "../../commands/results.ts";
import type { DialogueProblem, ErrorCode, ErrorDetails, IssueStep, ReachStep } from "../../errors.ts";
import type { applicationFiles, PinId } from "../../jpki/applications.ts";
import type { PortalText } from "./portal-text.ts";

/** What happened, and what to do now. */
export interface ErrorText {
  readonly message: string;
  readonly hint: string;
}

/** By reason; `earliest`: when it is worth trying again, where the platform said so. */
export type RefusalTexts = Readonly<Record<string, (earliest: string | undefined) => ErrorText>>;

type OptionsOf<N extends CommandName> = (typeof commands)[N] extends { readonly options: infer O } ? keyof O : never;
type ArgumentsOf<N extends CommandName> = (typeof commands)[N] extends { readonly arguments: readonly unknown[] }
  ? true
  : false;

export interface CommandText<N extends CommandName> {
  readonly summary: string;
  readonly description?: string;
  readonly argument: ArgumentsOf<N> extends true ? string : undefined;
  readonly options: Readonly<Record<OptionsOf<N>, string>>;
}

/** Every word mynakit says, in one language. A language without one of them does not compile. */
export interface Messages {
  readonly language: "ja" | "en";
  readonly errors: { readonly [C in ErrorCode]: (details: ErrorDetails[C]) => ErrorText };
  readonly warnings: { readonly [C in WarningCode]: (details: WarningDetails[C]) => string };
  readonly commands: { readonly [N in CommandName]: CommandText<N> };
  readonly nouns: Readonly<Record<string, string>>;
  readonly globalOptions: Readonly<Record<GlobalOptionName, string>>;
  readonly help: HelpText;
  readonly pins: Readonly<Record<PinId, { readonly name: string; readonly form: string }>>;
  readonly purposes: Readonly<Record<Purpose, string>>;
  readonly prompt: PromptText;
  readonly progress: ProgressText;
  readonly words: Words;
  readonly apdu: ApduText;
  readonly operator: OperatorText;
  readonly points: PointsText;
  readonly portal: PortalText;
  readonly procedures: ProceduresText;
  /** Long, so loaded when one is asked for. */
  readonly explanations: () => Promise<Explanations>;
}

export interface HelpText {
  readonly description: string;
  readonly usage: string;
  readonly arguments: string;
  readonly options: string;
  readonly globalOptions: string;
  readonly commands: string;
  readonly helpOption: string;
  readonly versionOption: string;
  readonly choices: (choices: string) => string;
  readonly defaultValue: (value: string) => string;
  /** Closing words of the top page: exit codes, a first command. */
  readonly closing: string;
}

export interface PromptText {
  readonly pin: (text: { name: string; form: string; tries: number; max: number | null; purpose: string }) => string;
  readonly confirmIssue: (text: { mykeyId: string; furigana: string }) => string;
  readonly confirmApplication: (application: { service: string; serviceId: string }) => string;
  readonly confirmSubmission: string;
  readonly securityCode: (service: string) => string;
  readonly noSecurityCode: string;
  readonly confirmDevice: (userCode: string) => string;
  /** Asks for the code as the other device shows it. */
  readonly compareDevice: string;
  readonly confirmChange: (text: { mykeyId: string; furigana: string; generatedLeft: number }) => string;
  readonly confirmRevocation: string;
  readonly confirmLeakReport: string;
  readonly password: string;
  readonly newPassword: string;
  readonly newPasswordAgain: string;
  readonly passwordForm: string;
  readonly passwordsDiffer: string;
  readonly newPin: (text: { name: string; form: string }) => string;
  readonly newPinAgain: (text: { name: string }) => string;
  /** Said, on a line of its own, before the question is asked again. */
  readonly different: string;
  readonly unchanged: string;
  readonly confirmObvious: (reason: "sequence" | "one-kind") => string;
  readonly confirmNumber: (revealed: boolean) => string;
  /** The check digit of a My Number does not fit. */
  readonly checkDigit: string;
  /** Verification number B, piece by piece: how the year is taken, the questions, and what was wrong with an answer. */
  readonly numberBYear: Readonly<Record<"era" | "gregorian", string>>;
  readonly numberBBirth: string;
  readonly numberBExpiry: string;
  readonly numberBCode: string;
  readonly numberBNoDate: string;
  readonly numberBNoYear: string;
  readonly numberBNoCode: string;
  /** What asks for another proposal. */
  readonly next: RegExp;
  readonly malformed: (form: string) => string;
}

export interface ProgressText {
  /** Where several are waited at, at which. */
  readonly waitingForCard: (reader: string | undefined) => string;
  readonly readingCard: string;
  readonly usingCard: string;
  readonly cardDone: string;
  readonly contactingPlatform: string;
  readonly cardInserted: (address: string) => string;
  readonly issueSteps: Readonly<Record<IssueStep, string>>;
  readonly noPlaces: string;
  readonly sandboxReady: (url: string) => string;
  readonly batch: (counts: { done: number; lines: number; failed: number }) => string;
  readonly document: (document: SigningDocument) => string;
  readonly discloses: string;
  readonly application: (application: ShownApplication) => readonly string[];
  readonly proposal: (text: { mykeyId: string; furigana: string }) => string;
  readonly deviceCode: (text: { userCode: string; address: string | null; command: string | null }) => string;
  readonly openAddress: (address: string) => string;
  readonly awaitingBrowser: (left: string) => string;
  /** `left`: minutes and seconds, `9:05`. */
  readonly awaitingApproval: (left: string) => string;
  /** How long until it is asked again. */
  readonly platformAway: (text: { reason: string; seconds: number }) => string;
  readonly deviceAsks: (device: Omit<AskingDevice, "service">) => string;
}

/** Words about commands and answers. */
export interface ApduText {
  readonly dialogueProblems: Readonly<Record<DialogueProblem, string>>;
  readonly files: {
    readonly [A in keyof typeof applicationFiles]: Readonly<Record<keyof (typeof applicationFiles)[A], string>>;
  };
  readonly line: string;
  readonly command: string;
  readonly target: string;
  readonly answer: string;
  readonly meaning: string;
  readonly data: string;
  readonly noAnswer: string;
  readonly bytes: (count: number) => string;
  readonly offset: (offset: number) => string;
  readonly record: (number: number) => string;
  readonly object: (tag: string) => string;
  readonly unknownInstruction: string;
  readonly session: (number: number) => string;
  readonly summary: string;
  readonly commands: string;
  readonly sent: string;
  readonly received: string;
  readonly time: string;
  readonly milliseconds: (time: number) => string;
  readonly concealed: string;
  readonly concealedCounts: (commands: number, answers: number) => string;
  readonly masked: (count: number) => string;
  readonly unsent: (count: number) => string;
}

/** What the operator of the local platform sees. */
export interface OperatorText {
  /** Of an account: that it was done, or was so before. */
  readonly user: Readonly<Record<"suspend" | "lift", { readonly done: string; readonly already: string }>>;
  readonly time: string;
  /** Of this computer's clock; negative: behind. */
  readonly ahead: (seconds: number) => string;
  readonly movedAt: string;
  readonly limit: string;
  readonly published: string;
  readonly taken: string;
  readonly left: string;
  readonly open: string;
  readonly closed: string;
  readonly today: string;
  readonly setByOperator: string;
  readonly source: string;
  readonly since: (day: string) => string;
  /** The end of a programme that has none. */
  readonly untilClosed: string;
  readonly closesAt: string;
  readonly until: string;
  readonly accounts: string;
  readonly auditLines: string;
  readonly digest: string;
  readonly client: string;
  readonly clientName: string;
  readonly redirectUris: string;
  readonly scope: string;
  readonly registeredAt: string;
  readonly noClients: string;
  readonly clientRemoved: string;
  readonly sessionsEnded: string;
}

type Programmes = DataOf<"points programmes">["programmes"][number];

/** Words about Mynapoint. */
export interface PointsText {
  readonly programme: (number: 1 | 2) => string;
  readonly states: Readonly<Record<Programmes["state"], string>>;
  readonly period: string;
  readonly term: string;
  readonly terms: Readonly<Record<Programmes["terms"][number]["name"], string>>;
  readonly known: string;
  readonly knownBy: (day: string) => string;
  readonly source: string;
  readonly unknownThen: string;
  readonly open: string;
  readonly holds: string;
  readonly replaced: string;
  readonly otherwise: (value: string, source: string) => string;
  readonly asOf: string;
  readonly month: (month: string) => string;
  readonly yen: (amount: string) => string;
  readonly points: (amount: string) => string;
  readonly percent: (share: number) => string;
  readonly people: (count: string) => string;
  readonly next: string;
  readonly nextSteps: Readonly<Record<DataOf<"points status">["next"], string>>;
  readonly openProgramme: string;
  readonly noProgramme: string;
  readonly noMykeyId: string;
  readonly service: string;
  readonly serviceId: string;
  readonly appliedAt: string;
  readonly applied: string;
  readonly appliedBefore: string;
  readonly void: string;
  readonly pointsOf: (points: string, most: string) => string;
  readonly event: string;
  readonly events: Readonly<Record<DataOf<"points history">["events"][number]["kind"], string>>;
  readonly noEvents: string;
  readonly at: string;
  readonly amount: string;
  readonly granted: string;
  readonly report: string;
  readonly token: string;
  readonly tokenOnce: string;
  readonly securityCode: string;
  readonly securityCodeOnce: string;
  readonly charged: string;
  readonly counted: string;
  readonly premium: string;
  readonly lumpSums: Readonly<Record<DataOf<"points calc">["lumpSums"][number]["name"], string>>;
  readonly total: string;
  readonly remaining: string;
  readonly remainingOf: (yen: string, points: string) => string;
}

type ShownApplied = DataOf<"portal withdraw">;
type ShownProcedure = DataOf<"portal procedures show">;

/** Words about procedures of municipalities. */
export interface ProceduresText {
  readonly lifeEvents: Readonly<Record<ShownProcedure["lifeEvents"][number], string>>;
  readonly channels: Readonly<Record<ShownProcedure["channel"], string>>;
  readonly card: Readonly<Record<ShownProcedure["fromCard"][number], string>>;
  readonly types: Readonly<Record<ShownProcedure["fields"][number]["type"], string>>;
  readonly id: string;
  /** Of a field or an attachment, as `--set` and `--attach` take it. */
  readonly name: string;
  readonly title: string;
  readonly lifeEvent: string;
  readonly channel: string;
  readonly municipality: string;
  readonly code: string;
  readonly period: string;
  readonly always: string;
  /** Not both are null. */
  readonly until: (from: string | null, until: string | null) => string;
  readonly closed: string;
  readonly ambiguous: string;
  readonly none: string;
  readonly asOf: string;
  readonly fromCard: string;
  readonly field: string;
  readonly form: string;
  readonly required: string;
  readonly requiredWhere: (condition: { readonly field: string; readonly value: string }) => string;
  readonly yes: string;
  readonly no: string;
  readonly attachment: string;
  readonly mostOf: (kinds: string, size: string) => string;
  readonly template: string;
  readonly states: Readonly<Record<ShownApplied["state"], string>>;
  readonly state: string;
  readonly application: string;
  readonly at: string;
  readonly reason: string;
  readonly corrects: string;
  readonly applied: string;
  readonly appliedBefore: string;
  readonly dryRun: string;
  readonly applicant: string;
  readonly receipt: string;
  readonly noApplications: string;
  readonly receiptValid: string;
  readonly receiptInvalid: string;
  readonly checks: Readonly<Record<DataOf<"verify receipt">["checks"][number]["name"], string>>;
  readonly results: Readonly<Record<DataOf<"verify receipt">["checks"][number]["result"], string>>;
}

/** What `explain` says of a subject: first what it is about, then what to do, one after the other. */
export interface Explanation {
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly steps: readonly string[];
}

export type PortalExplanations = Readonly<Record<PortalTopic, Explanation>>;

export interface Explanations {
  readonly sites: Readonly<Record<RelatedSite, { readonly name: string; readonly purpose: string }>>;
  readonly topics: Readonly<Record<Topic, Explanation>>;
  /** What a code of a service means, and what to do. */
  readonly serviceCodes: Readonly<Record<ServiceCode, { readonly cause: string; readonly remedy: string }>>;
}

type Checked = DataOf<"cert check">;
type SignatureCheck = DataOf<"verify cms">["signers"][number]["checks"][number];
type Proven = DataOf<"card info">;
type Face = DataOf<"card face">;

/** Words of the views: table headings, labels, states. */
export interface Words {
  readonly reader: string;
  readonly card: string;
  readonly noCard: string;
  readonly muteCard: string;
  readonly noReaders: string;
  readonly applications: Readonly<Record<string, string>>;
  readonly application: string;
  readonly present: string;
  readonly absent: string;
  readonly unknown: string;
  readonly token: string;
  readonly certificate: string;
  readonly certificates: Readonly<Record<"auth" | "sign" | "auth-ca" | "sign-ca", string>>;
  readonly certificateStates: Readonly<
    Record<"valid" | "expired" | "not-yet-valid" | "unreadable" | "malformed" | "absent", string>
  >;
  readonly check: string;
  readonly detail: string;
  readonly checks: Readonly<Record<SignatureCheck["name"], string>>;
  readonly checkResults: Readonly<Record<Checked["checks"][number]["result"], string>>;
  readonly checkDetails: Readonly<Record<NonNullable<SignatureCheck["detail"]>, string>>;
  readonly verdict: string;
  readonly verdicts: Readonly<Record<Checked["verdict"], string>>;
  readonly signatureFile: string;
  readonly signer: string;
  readonly noSigner: string;
  /** Nobody but the signer vouches for it. */
  readonly claimedTime: string;
  readonly signatureField: string;
  readonly signatureForm: string;
  readonly signatureReason: string;
  readonly signatureLocation: string;
  readonly signatureVerdicts: Readonly<Record<Checked["verdict"], string>>;
  readonly daysLeft: string;
  readonly revokedAt: string;
  readonly revocations: Readonly<Record<"good" | "revoked" | "not-checked", string>>;
  readonly revocationSources: Readonly<Record<"crl" | "ocsp", string>>;
  readonly pin: string;
  readonly tries: string;
  readonly state: string;
  readonly pinStates: Readonly<
    Record<"ok" | "low" | "last-try" | "locked" | "verified" | "unknown" | "absent", string>
  >;
  readonly triesOf: (remaining: number | null, max: number | null) => string;
  readonly usableFor: string;
  readonly uses: Readonly<Record<"login" | "sign" | "reservation", string>>;
  readonly usable: string;
  readonly unusable: string;
  readonly reasons: (reason: string) => string;
  readonly subject: string;
  readonly issuer: string;
  readonly serialNumber: string;
  readonly validFrom: string;
  readonly validUntil: string;
  readonly keyUsage: string;
  readonly policies: string;
  readonly fingerprint: string;
  readonly revocation: string;
  readonly holderName: string;
  readonly holderAddress: string;
  readonly holderBirthDate: string;
  readonly holderSex: string;
  readonly sexes: Readonly<Record<Proven["sex"], string>>;
  /** By the code of JIS X 0303. */
  readonly simSexes: Readonly<Record<string, string>>;
  /** What is told of a simulated card by the key with which it is set. */
  readonly simFacts: Readonly<Record<string, string>>;
  readonly substituted: (positions: string) => string;
  readonly integrityChecks: Readonly<Record<Proven["checks"][number]["name"], string>>;
  readonly integrityDetails: Readonly<Record<NonNullable<Proven["checks"][number]["detail"]>, string>>;
  readonly integrityVerdicts: Readonly<Record<Proven["verdict"], string>>;
  readonly unproven: string;
  readonly myNumber: string;
  readonly manufactureNumber: string;
  readonly cardSerialNumber: string;
  readonly municipality: string;
  readonly cardExpiry: string;
  readonly image: string;
  readonly images: Readonly<Record<Face["images"][number]["name"], string>>;
  readonly bytes: string;
  readonly file: string;
  readonly notWritten: string;
  readonly writtenTo: (file: string) => string;
  readonly mykeyId: string;
  readonly furigana: string;
  readonly reservation: string;
  readonly reservationStates: Readonly<Record<"reserved" | "none", string>>;
  readonly batch: {
    readonly file: string;
    readonly lines: string;
    readonly created: string;
    readonly existing: string;
    /** The same two of one card, within its line. */
    readonly outcomes: Readonly<Record<"created" | "existing", string>>;
    /** An earlier run had done it. */
    readonly resumed: string;
    readonly failed: string;
    readonly left: string;
    readonly journal: string;
  };
  readonly mykeyStates: Readonly<Record<"active" | "suspended" | "changed" | "revoked" | "proposed", string>>;
  readonly mykeyChanged: (previous: string) => string;
  readonly mykeyRevoked: (mykeyId: string) => string;
  readonly mykeySuspended: (mykeyId: string) => string;
  readonly notIssued: string;
  readonly passwordChanged: string;
  readonly openInBrowser: string;
  readonly account: string;
  readonly accountStates: Readonly<Record<DataOf<"mykey status">["account"], string>>;
  readonly linkStates: Readonly<Record<DataOf<"mykey status">["certificate"]["state"], string>>;
  readonly usableFrom: string;
  readonly loginPassword: string;
  readonly endedAt: string;
  readonly linkedAt: string;
  readonly since: string;
  readonly time: string;
  readonly actor: string;
  readonly actors: (actor: string) => string;
  readonly event: string;
  readonly actions: (action: string) => string;
  readonly email: string;
  readonly notice: string;
  readonly on: string;
  readonly off: string;
  readonly pointsMunicipality: string;
  readonly issuedAt: string;
  readonly created: string;
  readonly existing: string;
  readonly platform: string;
  /** Of an OpenID Connect login elsewhere. */
  readonly provider: string;
  readonly sandbox: string;
  readonly loggedIn: string;
  readonly loggedOut: string;
  readonly notLoggedIn: string;
  readonly portalSessions: {
    readonly heads: readonly [
      id: string,
      way: string,
      device: string,
      address: string,
      since: string,
      until: string,
      current: string,
    ];
    readonly ways: Readonly<Record<"card" | "password" | "device" | "code", string>>;
    readonly current: string;
    /** Where the platform is in the same process. */
    readonly thisComputer: string;
    readonly ended: (sessions: number) => string;
  };
  /** What the browser shows when it comes back from an OpenID Connect provider; without markup. */
  readonly redirectPages: Readonly<Record<"received" | "foreign", { readonly title: string; readonly text: string }>>;
  readonly client: string;
  readonly grantedScope: string;
  readonly deviceLogin: {
    readonly decided: Readonly<Record<"approved" | "denied", string>>;
    readonly device: string;
    readonly address: string;
    readonly code: string;
  };
  readonly session: string;
  readonly subjectId: string;
  readonly expiresAt: string;
  readonly name: string;
  readonly profile: string;
  readonly about: string;
  readonly createdAt: string;
  readonly notCreated: string;
  readonly pinValues: string;
  readonly burnt: string;
  readonly person: string;
  readonly violation: (pin: string, verify: number) => string;
  readonly asExpected: (name: string) => string;
  readonly notAsExpected: (name: string) => string;
  readonly expected: string;
  readonly actual: string;
  readonly sharedPins: string;
  readonly ownPins: string;
  readonly profileGroups: Readonly<Record<DataOf<"sim profiles">["profiles"][number]["group"], string>>;
  readonly explanationKinds: Readonly<Record<NonNullable<DataOf<"explain">["explanation"]>["kind"], string>>;
  readonly explainClosing: string;
  readonly officialAddresses: string;
  readonly siteHead: readonly [name: string, purpose: string, address: string, seen: string, here: string];
  readonly sources: string;
  readonly exitCode: string;
  readonly mayRetry: string;
  readonly deleted: (name: string) => string;
  readonly simulated: string;
  readonly ended: string;
  readonly warning: string;
  readonly error: string;
  readonly hint: string;
  readonly pinSent: string;
  readonly pinNotSent: string;
  readonly failedStep: Readonly<Record<IssueStep | ReachStep, string>>;
  readonly pinRight: (name: string) => string;
  readonly pinChanged: (name: string) => string;
  readonly pinKept: string;
  readonly pinUnclear: string;
  readonly database: string;
  readonly auditLines: string;
  readonly auditHash: string;
  readonly auditWhole: string;
  readonly auditProblem: (
    kind: NonNullable<DataOf<"sandbox audit verify">["problem"]>["kind"],
    sequence: number,
  ) => string;
  readonly auditLimits: string;
  readonly list: (items: readonly string[]) => string;
}
