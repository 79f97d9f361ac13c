import type { PortalNames } from "../../../portal/names.ts";
import type { LoginWay } from "../../store/login-schema.ts";
import type { Way } from "../portal/ways.ts";

/** What a person is told above the choice of logins. */
export const portalNotices = ["ended", "logged-out", "cancelled"] as const;
export type PortalNotice = (typeof portalNotices)[number];

/** The words of the pages of Mynaportal. */
export interface PortalWords {
  readonly service: string;
  readonly names: PortalNames;
  /** What logs in from a page. */
  readonly browser: string;
  readonly top: {
    readonly title: string;
    readonly what: string;
    readonly notReal: string;
    readonly approve: string;
  };
  readonly login: {
    readonly title: string;
    /** A card each time. */
    readonly each: string;
    readonly choose: string;
    readonly notices: Readonly<Record<PortalNotice, string>>;
    readonly ways: Readonly<Record<Way, { readonly title: string; readonly what: string; readonly needs: string }>>;
    /** For whoever reads the page of telephones elsewhere. */
    readonly openOnPhone: string;
    readonly reload: string;
    readonly reloadHint: string;
    readonly start: string;
  };
  readonly waiting: {
    readonly title: string;
    readonly code: string;
    readonly address: string;
    readonly left: string;
    readonly time: (seconds: number) => string;
    readonly asking: string;
    readonly scan: string;
    readonly scanned: string;
    readonly qr: string;
    readonly read: string;
    readonly run: string;
    readonly steps: readonly string[];
    readonly caution: string;
    readonly look: string;
    readonly reloads: (seconds: number) => string;
    readonly stopReloading: string;
    readonly reloadAgain: string;
    readonly cancel: string;
  };
  readonly approval: {
    readonly title: string;
    readonly enter: string;
    readonly code: string;
    readonly codeForm: string;
    readonly look: string;
    readonly asks: string;
    readonly device: string;
    readonly unnamed: string;
    readonly unchecked: string;
    readonly address: string;
    readonly sameMachine: string;
    readonly since: string;
    readonly until: string;
    readonly scope: string;
    /** Where an external service asks. */
    readonly serviceAsks: string;
    readonly externalService: string;
    readonly asked: string;
    readonly consent: string;
    readonly compare: string;
    readonly how: string;
    readonly steps: readonly string[];
    readonly stranger: string;
    readonly deny: string;
    readonly denied: string;
    readonly deniedText: string;
  };
  readonly home: {
    readonly title: string;
    readonly greeting: (name: string) => string;
    readonly unregistered: string;
    readonly register: string;
    readonly unread: (count: number) => string;
    /** How many stand. */
    readonly consents: (count: number) => string;
    readonly loggedInAs: string;
    readonly session: string;
    readonly way: string;
    readonly byCard: string;
    readonly until: string;
    readonly validUntil: string;
    readonly serialNumber: string;
    readonly revocation: string;
    readonly revocations: Readonly<Record<"good" | "not-checked", string>>;
    readonly elsewhere: string;
    /** What there is a command for, and no page. */
    readonly commands: readonly (readonly [what: string, command: string])[];
  };
  readonly notices: {
    readonly title: string;
    readonly none: string;
    readonly head: readonly [notice: string, at: string, state: string];
    readonly read: string;
    readonly unread: string;
    readonly one: string;
    readonly at: string;
    readonly state: string;
    readonly markRead: string;
    readonly back: string;
  };
  readonly exchanges: {
    readonly title: string;
    readonly what: string;
    readonly synthetic: string;
    readonly head: readonly [at: string, by: string, of: string, what: string, ground: string, outcome: string];
  };
  readonly applications: {
    readonly title: string;
    readonly none: string;
    readonly number: string;
    readonly state: string;
    readonly corrects: string;
    readonly history: string;
    readonly head: readonly [at: string, state: string, reason: string];
    readonly correct: string;
    readonly withdraw: string;
  };
  readonly profile: {
    readonly title: string;
    readonly first: string;
    readonly nickname: string;
    readonly nicknameForm: (longest: number) => string;
    readonly email: string;
    readonly notify: string;
    readonly noMail: string;
    readonly submit: string;
    readonly saved: string;
    readonly registrations: string;
    readonly problems: Readonly<Record<"nickname" | "email" | "notify", string>>;
  };
  readonly sessions: {
    readonly title: string;
    readonly what: string;
    readonly head: readonly [device: string, from: string, way: string, since: string, until: string, end: string];
    readonly ways: Readonly<Record<LoginWay, string>>;
    readonly current: string;
    readonly end: string;
    readonly endOne: (device: string) => string;
    readonly ended: string;
    readonly all: string;
    readonly logOutEverywhere: string;
    readonly consents: string;
  };
  readonly consents: {
    readonly title: string;
    readonly what: string;
    readonly none: string;
    readonly head: readonly [service: string, may: string, state: string, given: string, until: string, end: string];
    readonly end: string;
    readonly endOne: (service: string) => string;
    readonly ended: string;
    readonly read: string;
  };
}
