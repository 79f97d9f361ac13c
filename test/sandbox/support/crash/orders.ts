import { pointsPaths } from "../../../../src/mykey/points/wire.ts";
import { mykeyPaths, type ProfileChange } from "../../../../src/mykey/wire.ts";

export const service = "mynapay";

/** What somebody wants to have happened, once. */
export type Deed =
  | { readonly kind: "issue"; readonly mykeyId: string; readonly proposalId: string }
  | { readonly kind: "change"; readonly from: string; readonly mykeyId: string; readonly proposalId: string }
  | { readonly kind: "revoke"; readonly mykeyId: string }
  | { readonly kind: "leak"; readonly mykeyId: string }
  /** The operator's: the one deed that is not asked for over HTTP. */
  | { readonly kind: "lift"; readonly mykeyId: string }
  | { readonly kind: "profile"; readonly change: ProfileChange }
  | { readonly kind: "password"; readonly password: string }
  | { readonly kind: "apply"; readonly serviceId: string; readonly securityCode: string }
  | { readonly kind: "grant"; readonly serviceId: string; readonly yen: number };

/** A deed as it is asked for, under one idempotency key until there is an answer. */
export interface Order {
  readonly key: string;
  readonly deed: Deed;
  outcome: "sent" | "done" | "refused";
  /** The body of the answer, once there is one. */
  answer: string | null;
}

export const orderFor = (key: string, deed: Deed): Order => ({ key, deed, outcome: "sent", answer: null });

/** Where a deed is asked for, and with which body. */
export function requestFor(deed: Exclude<Deed, { kind: "lift" }>): { readonly path: string; readonly body: object } {
  switch (deed.kind) {
    case "issue":
      return { path: mykeyPaths.ids, body: { proposalId: deed.proposalId } };
    case "change":
      return { path: mykeyPaths.changes, body: { proposalId: deed.proposalId } };
    case "revoke":
      return { path: mykeyPaths.revocation, body: { mykeyId: deed.mykeyId } };
    case "leak":
      return { path: mykeyPaths.leakReport, body: {} };
    case "profile":
      return { path: mykeyPaths.profile, body: deed.change };
    case "password":
      return { path: mykeyPaths.password, body: { password: deed.password } };
    case "apply": {
      const { serviceId, securityCode } = deed;
      return { path: pointsPaths.applications, body: { service, serviceId, securityCode } };
    }
    case "grant":
      return { path: pointsPaths.reports, body: { serviceId: deed.serviceId, kind: "charge", yen: deed.yen } };
  }
}

/** Deeds that end every session of the person. */
export const endsSessions = ({ kind }: Deed): boolean => ["revoke", "password", "leak"].includes(kind);

/** One person's orders, the next one after the answer to the one before. Written to by their client alone. */
export interface Life {
  readonly name: string;
  /** The person's identifier on the platform, once it has told. */
  person: string | undefined;
  readonly orders: Order[];
}

/** What must stand on the platform for somebody whose deeds were done. */
export interface Standing {
  readonly ids: { readonly id: string; readonly state: string }[];
  readonly profile: ProfileChange;
  readonly password: boolean;
  readonly application: { readonly serviceId: string; readonly yen: number; readonly points: number } | null;
  /** Whether the reservation is the one that the application was for. */
  readonly pointsCount: boolean;
}

const nothing: Standing = { ids: [], profile: {}, password: false, application: null, pointsCount: false };

/** The published rule of the premium: a quarter of 20,000 yen at the most. */
export const pointsFor = (yen: number): number => Math.floor(Math.min(yen, 20_000) / 4);

export const standingAfter = (deeds: readonly Deed[]): Standing => deeds.reduce(after, nothing);

export const isCurrent = ({ state }: { readonly state: string }): boolean => ["active", "suspended"].includes(state);

const current = ({ ids }: Standing) => ids.find(isCurrent);

/** The ID that the person can use. */
export const idOf = (standing: Standing): string | undefined =>
  current(standing)?.state === "active" ? current(standing)?.id : undefined;

export const hasReservation = (standing: Standing): boolean => current(standing) !== undefined;

function after(standing: Standing, deed: Deed): Standing {
  const became = (state: string) => standing.ids.map((one) => (one === current(standing) ? { ...one, state } : one));
  switch (deed.kind) {
    case "issue":
      return { ...standing, ids: [...standing.ids, { id: deed.mykeyId, state: "active" }] };
    case "change":
      return { ...standing, ids: [...became("changed"), { id: deed.mykeyId, state: "active" }] };
    case "revoke":
      return { ...standing, ids: became("revoked"), password: false, pointsCount: false };
    case "leak":
      return { ...standing, ids: became("suspended") };
    case "lift":
      return { ...standing, ids: became("active") };
    case "profile":
      return { ...standing, profile: { ...standing.profile, ...deed.change } };
    case "password":
      return { ...standing, password: true };
    case "apply":
      return { ...standing, application: { serviceId: deed.serviceId, yen: 0, points: 0 }, pointsCount: true };
    case "grant": {
      const yen = Math.min(20_000, (standing.application?.yen ?? 0) + deed.yen);
      return { ...standing, application: { serviceId: deed.serviceId, yen, points: pointsFor(yen) } };
    }
  }
}

export interface Line {
  readonly actor: string;
  readonly action: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** The one line that a deed leaves in the audit log, but for what only the platform knows. */
export function lineOf(deed: Deed, person: string, before: Standing): Line {
  const byPerson = (action: string, details: Line["details"]) => ({ actor: `person ${person}`, action, details });
  switch (deed.kind) {
    case "issue":
      return byPerson("mykey.issue", { mykeyId: deed.mykeyId });
    case "change":
      return byPerson("mykey.change", { from: deed.from, to: deed.mykeyId });
    case "revoke":
      return byPerson("mykey.revoke", { mykeyId: deed.mykeyId });
    case "leak":
      return byPerson("account.suspend", { mykeyId: deed.mykeyId, reason: "leak-report" });
    case "lift":
      return { actor: "operator", action: "account.lift", details: { mykeyId: deed.mykeyId } };
    case "profile":
      return byPerson("profile.change", { changed: Object.keys(deed.change).join(" ") });
    case "password":
      return byPerson("password.set", {});
    case "apply":
      return byPerson("points.apply", { programme: 2, service });
    case "grant": {
      const points = (after(before, deed).application?.points ?? 0) - (before.application?.points ?? 0);
      const details = { programme: 2, kind: "charge", yen: deed.yen, points };
      return { actor: `service ${service}`, action: "points.grant", details };
    }
  }
}
