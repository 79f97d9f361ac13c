import type { ProgrammeNumber } from "../../mykey/points/programmes.ts";
import type { PointsHistory } from "../../mykey/points/wire.ts";
import type { AccountHistory, AccountStatus } from "../../mykey/wire.ts";
import type { PageProblem } from "./problem.ts";
import { en } from "./words/en.ts";
import { ja } from "./words/ja.ts";
import type { PortalWords } from "./words/portal.ts";

export const languages = ["ja", "en"] as const;
export type Language = (typeof languages)[number];

/** A page that says that something is not so, and what to do now. */
export interface ProblemText {
  readonly title: string;
  readonly text: string;
}

/** From when on something is worth trying again, in words, and how long that is from now. */
export interface Earliest {
  readonly time: string;
  readonly seconds: number;
}

/** Every word of the pages, in one language. A language without one of them does not compile. */
export interface PageWords {
  readonly language: Language;
  readonly frame: {
    readonly service: string;
    readonly skip: string;
    readonly sandbox: string;
    readonly sandboxNote: string;
    readonly pages: string;
    readonly languages: string;
    readonly loggedInAs: string;
    readonly logOut: string;
    /** After how many minutes without a click. */
    readonly idle: (minutes: number) => string;
    /** What a table is called where it is scrolled. */
    readonly scrolled: (caption: string) => string;
  };
  readonly form: {
    /** In front of the title of a page whose form was not accepted. */
    readonly error: string;
    readonly summary: string;
    readonly needed: string;
    readonly optional: (label: string) => string;
  };
  readonly problems: Readonly<Record<PageProblem, (earliest: Earliest | undefined) => ProblemText>>;
  readonly top: {
    readonly title: string;
    readonly what: string;
    readonly notReal: string;
    readonly how: string;
    readonly byCard: string;
    readonly byPassword: string;
  };
  readonly login: {
    readonly title: string;
    readonly mykeyId: string;
    readonly mykeyIdForm: string;
    readonly password: string;
    readonly submit: string;
    readonly notices: Readonly<Record<LoginNotice, string>>;
    /** Without a password, or having forgotten it. */
    readonly noPassword: string;
  };
  readonly card: {
    readonly title: string;
    readonly how: string;
    readonly steps: readonly string[];
    readonly arrived: string;
    readonly caution: string;
    readonly submit: string;
  };
  readonly account: {
    readonly title: string;
    readonly none: string;
    readonly mykeyId: string;
    readonly furigana: string;
    readonly state: string;
    readonly states: Readonly<Record<AccountStatus["account"], string>>;
    readonly reservation: string;
    readonly reservations: Readonly<Record<AccountStatus["reservation"]["state"], string>>;
    readonly certificate: string;
    readonly serialNumber: string;
    readonly links: Readonly<Record<AccountStatus["certificate"]["state"], string>>;
    readonly usableFrom: string;
    readonly validUntil: string;
    readonly password: string;
    readonly passwordSet: (set: boolean) => string;
    readonly login: string;
    readonly methods: Readonly<Record<"card" | "password", string>>;
    readonly stillOpen: string;
  };
  readonly points: {
    readonly title: string;
    readonly none: string;
    readonly caption: string;
    readonly programme: string;
    readonly programmes: Readonly<Record<ProgrammeNumber, string>>;
    readonly service: string;
    readonly granted: string;
    readonly left: string;
    readonly appliedAt: string;
    readonly void: string;
    readonly historyCaption: string;
    readonly event: string;
    readonly events: Readonly<Record<PointsHistory["events"][number]["kind"], string>>;
    readonly yen: string;
    readonly points: string;
    readonly number: (value: number) => string;
  };
  readonly history: {
    readonly title: string;
    readonly ids: string;
    readonly certificates: string;
    readonly events: string;
    readonly empty: string;
    readonly states: Readonly<Record<AccountHistory["ids"][number]["state"], string>>;
    readonly issuedAt: string;
    readonly endedAt: string;
    readonly linkedAt: string;
    readonly unlinkedAt: string;
    readonly time: string;
    readonly actor: string;
    /** By kind; another kind is shown as it is called. */
    readonly actors: Readonly<Record<string, string>>;
    readonly event: string;
    /** By action; another one is shown as it is called. */
    readonly actions: Readonly<Record<string, string>>;
  };
  readonly profile: {
    readonly title: string;
    readonly email: string;
    readonly notify: string;
    readonly municipality: string;
    readonly municipalityForm: string;
    readonly submit: string;
    readonly saved: string;
    readonly problems: Readonly<Record<"email" | "notify" | "pointsMunicipality", string>>;
  };
  readonly password: {
    readonly title: string;
    readonly form: (shortest: number, longest: number) => string;
    readonly fresh: string;
    readonly again: string;
    readonly submit: string;
    readonly after: string;
    readonly malformed: (shortest: number, longest: number) => string;
    readonly differ: string;
  };
  readonly consent: {
    readonly title: string;
    readonly asks: (client: string) => string;
    readonly client: string;
    readonly goesTo: string;
    readonly may: string;
    readonly logInFirst: string;
    readonly eachTime: string;
    readonly caution: string;
    /** To whom the service's requests for information would be refused in any case. */
    readonly notRegistered: string;
    readonly allow: string;
    readonly deny: string;
  };
  readonly support: {
    readonly title: string;
    readonly sandbox: string;
    readonly suspended: string;
    readonly real: string;
    readonly lost: string;
  };
  readonly portal: PortalWords;
}

/** What a person is told above the login. */
export const loginNotices = ["ended", "logged-out", "password-changed"] as const;
export type LoginNotice = (typeof loginNotices)[number];

export const wordsIn: Readonly<Record<Language, PageWords>> = { ja, en };
