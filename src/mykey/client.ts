import type { AccessToken } from "../login/access-token.ts";
import { requestJson } from "../login/http.ts";
import type { Platform } from "../login/platform.ts";
import { getFrom, postOnce, type Repeatable } from "../login/request.ts";
import type { Members } from "../login/shape.ts";
import {
  type AccountHistory,
  type AccountStatus,
  accountStates,
  type ChangeProposal,
  type ChangeRequest,
  type IssuedMykeyId,
  type IssueRequest,
  type LeakReported,
  linkStates,
  type MykeyRules,
  mykeyPaths,
  mykeyStates,
  type Profile,
  type ProfileChange,
  type ProposalAnswer,
  pageTicketPath,
  type RevocationRequest,
  type RevokedMykeyId,
} from "./wire.ts";

/** The rules in force. Needs no login. @throws {MynakitError} ERR_NETWORK_*, ERR_PLATFORM_* */
export function fetchRules(platform: Platform): Promise<MykeyRules> {
  return requestJson(platform, {
    method: "GET",
    path: mykeyPaths.rules,
    parse: (answer) => ({
      sandbox: answer.flag("sandbox"),
      waitingTimeSeconds: answer.number("waitingTimeSeconds"),
      proposalLifeSeconds: answer.number("proposalLifeSeconds"),
      idLength: answer.number("idLength"),
      idAlphabet: answer.text("idAlphabet"),
      reservations: {
        limit: answer.object("reservations").number("limit"),
        left: answer.object("reservations").number("left"),
      },
    }),
  });
}

/**
 * Asks for a MyKey ID to think about; who has one gets that instead (`existing`).
 * @throws {MynakitError} ERR_CERT_TOO_NEW, ERR_NETWORK_*, ERR_PLATFORM_*
 */
export function proposeMykeyId(platform: Platform, accessToken: AccessToken): Promise<ProposalAnswer> {
  return requestJson(platform, {
    method: "POST",
    path: mykeyPaths.proposals,
    accessToken,
    parse: (answer) => {
      const sandbox = answer.flag("sandbox");
      if (answer.has("existing")) return { sandbox, existing: issuedMykeyId(answer.object("existing")) };
      return {
        sandbox,
        ...proposalIn(answer),
      };
    },
  });
}

export interface IssueOrder extends IssueRequest, Repeatable {}

/**
 * Has the proposed ID issued, which reserves the points (予約).
 * @throws {MynakitError} ERR_CERT_TOO_NEW, ERR_NETWORK_*, ERR_PLATFORM_*
 */
export function issueMykeyId(platform: Platform, accessToken: AccessToken, order: IssueOrder): Promise<IssuedMykeyId> {
  return takeProposal(platform, accessToken, mykeyPaths.ids, order);
}

/**
 * The MyKey ID of the person who logged in.
 * @throws {MynakitError} ERR_PLATFORM_REFUSED with reason `no-mykey-id`, ERR_NETWORK_*, ERR_PLATFORM_*
 */
export function showMykeyId(platform: Platform, accessToken: AccessToken): Promise<IssuedMykeyId> {
  return getFrom(platform, accessToken, mykeyPaths.mine, issuedMykeyId);
}

/**
 * Asks for another ID: the person's own choice, or a generated one (`wanted` null).
 * @throws {MynakitError} ERR_PLATFORM_REFUSED with reason `mykey-id-taken`, `mykey-id-malformed`, `proposals-exhausted`
 *   or `no-mykey-id`, ERR_NETWORK_*, ERR_PLATFORM_*
 */
export function proposeChange(
  platform: Platform,
  accessToken: AccessToken,
  wanted: string | null,
): Promise<ChangeProposal> {
  return requestJson(platform, {
    method: "POST",
    path: mykeyPaths.changeProposals,
    accessToken,
    body: (wanted === null ? {} : { wanted }) satisfies ChangeRequest,
    parse: (answer) => ({
      sandbox: answer.flag("sandbox"),
      ...proposalIn(answer),
      generated: answer.flag("generated"),
      generatedLeft: answer.number("generatedLeft"),
    }),
  });
}

/** Makes the proposed ID the person's, at once. @throws {MynakitError} ERR_NETWORK_*, ERR_PLATFORM_* */
export function changeMykeyId(platform: Platform, accessToken: AccessToken, order: IssueOrder): Promise<IssuedMykeyId> {
  return takeProposal(platform, accessToken, mykeyPaths.changes, order);
}

/**
 * Revokes the ID for good.
 * @throws {MynakitError} ERR_PLATFORM_REFUSED with reason `confirmation-mismatch` or `no-mykey-id`, ERR_NETWORK_*,
 *   ERR_PLATFORM_*
 */
export function revokeMykeyId(
  platform: Platform,
  accessToken: AccessToken,
  { mykeyId, idempotencyKey }: RevocationRequest & Repeatable,
): Promise<RevokedMykeyId> {
  return postOnce(platform, accessToken, {
    path: mykeyPaths.revocation,
    idempotencyKey,
    body: { mykeyId } satisfies RevocationRequest,
    parse: (answer) => ({
      sandbox: answer.flag("sandbox"),
      mykeyId: mykeyIdIn(answer),
      state: answer.oneOf("state", ["revoked"]),
      revokedAt: answer.date("revokedAt"),
    }),
  });
}

/** Has the account suspended because others know the ID. @throws {MynakitError} ERR_NETWORK_*, ERR_PLATFORM_* */
export function reportLeak(
  platform: Platform,
  accessToken: AccessToken,
  { idempotencyKey }: Repeatable,
): Promise<LeakReported> {
  return postOnce(platform, accessToken, {
    path: mykeyPaths.leakReport,
    idempotencyKey,
    parse: (answer) => ({
      sandbox: answer.flag("sandbox"),
      mykeyId: mykeyIdIn(answer),
      state: answer.oneOf("state", ["suspended"]),
      suspendedAt: answer.date("suspendedAt"),
    }),
  });
}

/** How the account stands; told to suspended ones, too. @throws {MynakitError} ERR_NETWORK_*, ERR_PLATFORM_* */
export function accountStatus(platform: Platform, accessToken: AccessToken): Promise<AccountStatus> {
  return getFrom(platform, accessToken, mykeyPaths.status, (answer) => {
    const reservation = answer.object("reservation");
    const certificate = answer.object("certificate");
    return {
      sandbox: answer.flag("sandbox"),
      account: answer.oneOf("account", accountStates),
      mykeyId: answer.nullable("mykeyId", () => mykeyIdIn(answer)),
      reservation: {
        state: reservation.oneOf("state", ["reserved", "none"]),
        at: reservation.nullable("at", reservation.date),
      },
      certificate: {
        serialNumber: certificate.text("serialNumber"),
        state: certificate.oneOf("state", linkStates),
        usableFrom: certificate.date("usableFrom"),
      },
      passwordSet: answer.flag("passwordSet"),
    };
  });
}

/** What has happened to the account; told to suspended ones, too. @throws {MynakitError} ERR_NETWORK_*, ERR_PLATFORM_* */
export function accountHistory(platform: Platform, accessToken: AccessToken): Promise<AccountHistory> {
  return getFrom(platform, accessToken, mykeyPaths.history, (answer) => ({
    sandbox: answer.flag("sandbox"),
    ids: answer.list("ids").map((id) => ({
      mykeyId: mykeyIdIn(id),
      furigana: id.text("furigana"),
      state: id.oneOf("state", mykeyStates),
      issuedAt: id.date("issuedAt"),
      endedAt: id.nullable("endedAt", id.date),
    })),
    certificates: answer.list("certificates").map((certificate) => ({
      issuer: certificate.text("issuer"),
      serialNumber: certificate.text("serialNumber"),
      linkedAt: certificate.nullable("linkedAt", certificate.date),
      unlinkedAt: certificate.nullable("unlinkedAt", certificate.date),
    })),
    events: answer.list("events").map((event) => ({
      at: event.date("at"),
      actor: event.text("actor"),
      action: event.text("action"),
    })),
  }));
}

/** What the person entered. @throws {MynakitError} ERR_NETWORK_*, ERR_PLATFORM_* */
export function fetchProfile(platform: Platform, accessToken: AccessToken): Promise<Profile> {
  return getFrom(platform, accessToken, mykeyPaths.profile, profile);
}

/**
 * Changes what is named.
 * @throws {MynakitError} ERR_PLATFORM_REFUSED with reason `profile-malformed`, ERR_NETWORK_*, ERR_PLATFORM_*
 */
export function changeProfile(
  platform: Platform,
  accessToken: AccessToken,
  { change, idempotencyKey }: { readonly change: ProfileChange } & Repeatable,
): Promise<Profile> {
  return postOnce(platform, accessToken, {
    path: mykeyPaths.profile,
    idempotencyKey,
    body: change,
    parse: profile,
  });
}

/** An address at which a browser can open the account, and until when it can. */
export interface PageAddress {
  /** Whoever opens it first is logged in: for the person's eyes alone. */
  readonly url: string;
  readonly expiresAt: string;
}

/**
 * Asks for an address that opens the account in a browser, once and within a minute.
 * @throws {MynakitError} ERR_NETWORK_*, ERR_PLATFORM_*
 */
export function pageAddress(platform: Platform, accessToken: AccessToken): Promise<PageAddress> {
  return requestJson(platform, {
    method: "POST",
    path: mykeyPaths.pageTicket,
    accessToken,
    parse: (answer) => {
      const ticket = answer.text("ticket");
      if (!/^[\w-]{16,128}$/.test(ticket)) throw new SyntaxError("ticket is none");
      return { url: `${platform.url}${pageTicketPath}?ticket=${ticket}`, expiresAt: answer.date("expiresAt") };
    },
  });
}

const takeProposal = (
  platform: Platform,
  accessToken: AccessToken,
  path: string,
  { proposalId, idempotencyKey }: IssueOrder,
): Promise<IssuedMykeyId> =>
  postOnce(platform, accessToken, {
    path,
    idempotencyKey,
    body: { proposalId } satisfies IssueRequest,
    parse: issuedMykeyId,
  });

const proposalIn = (answer: Members) => ({
  proposalId: answer.text("proposalId"),
  mykeyId: mykeyIdIn(answer),
  furigana: answer.text("furigana"),
  expiresAt: answer.date("expiresAt"),
});

function profile(answer: Members): Profile {
  return {
    sandbox: answer.flag("sandbox"),
    email: answer.nullable("email", answer.text),
    notify: answer.flag("notify"),
    pointsMunicipality: answer.nullable("pointsMunicipality", answer.text),
  };
}

function issuedMykeyId(answer: Members): IssuedMykeyId {
  const reservation = answer.object("reservation");
  return {
    sandbox: answer.flag("sandbox"),
    mykeyId: mykeyIdIn(answer),
    furigana: answer.text("furigana"),
    state: answer.oneOf("state", ["active"]),
    issuedAt: answer.date("issuedAt"),
    reservation: { state: reservation.oneOf("state", ["reserved"]), at: reservation.date("at") },
    created: answer.flag("created"),
  };
}

/** The published form: eight letters and digits. */
function mykeyIdIn(answer: Members): string {
  const id = answer.text("mykeyId");
  if (!/^[0-9A-Za-z]{8}$/.test(id)) throw new SyntaxError("mykeyId is not eight letters and digits");
  return id;
}
