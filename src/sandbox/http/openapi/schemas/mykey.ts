import * as v from "valibot";
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
  mykeyStates,
  type PageTicket,
  type PasswordRequest,
  type PasswordSet,
  type Profile,
  type ProfileChange,
  type ProposalAnswer,
  pageTicketPath,
  type RevocationRequest,
  type RevokedMykeyId,
} from "../../../../mykey/wire.ts";
import {
  type Component,
  component,
  flag,
  furigana,
  matching,
  moment,
  mykeyId,
  sandbox,
  serialNumber,
  text,
  whole,
} from "../component.ts";

const proposalId = text("Of a proposal that was made for the person.");
const issuedAt = moment("When the ID was issued.");
const proposal = { sandbox, proposalId, mykeyId, furigana, expiresAt: moment("Until when it is kept for the person.") };

const issued = v.strictObject({
  sandbox,
  mykeyId,
  furigana,
  state: v.literal("active"),
  issuedAt,
  reservation: v.strictObject({ state: v.literal("reserved"), at: moment("When the points were reserved (予約).") }),
  created: flag("False: the ID was there before this request."),
});

const profile = {
  email: v.nullable(text("Where notices go.")),
  notify: flag("Whether notices go to the e-mail address (メール通知)."),
  pointsMunicipality: v.nullable(
    matching(/^\d{6}$/, "Whose municipal points are the basic ones: the local public entity's code."),
  ),
};

const proposed = {
  sandbox: true,
  proposalId: "c2FtcGxl",
  mykeyId: "ABCDEFGH",
  furigana: "エー ビー シー ディー イー エフ ジー エイチ",
  expiresAt: "2026-11-22T03:10:00Z",
} as const;

export const mykeyComponents = {
  MykeyRules: component<MykeyRules>()(
    v.strictObject({
      sandbox,
      waitingTimeSeconds: whole("How long after its notBefore a certificate is refused."),
      proposalLifeSeconds: whole("How long a proposed ID is kept."),
      idLength: whole("Characters of a MyKey ID."),
      idAlphabet: text("The characters that it can have."),
      reservations: v.strictObject({
        limit: whole("How many persons can reserve."),
        left: whole("How many more."),
      }),
    }),
    {
      sandbox: true,
      waitingTimeSeconds: 86_400,
      proposalLifeSeconds: 600,
      idLength: 8,
      idAlphabet: "ABCDEFGHJKLMNPQRSTUVWXYZ23456789",
      reservations: { limit: 40_000_000, left: 39_999_999 },
    },
  ),
  IssuedMykeyId: component<IssuedMykeyId>()(issued, {
    sandbox: true,
    mykeyId: "ABCDEFGH",
    furigana: proposed.furigana,
    state: "active",
    issuedAt: "2026-11-22T03:00:00Z",
    reservation: { state: "reserved", at: "2026-11-22T03:00:00Z" },
    created: true,
  }),
  ProposalAnswer: component<ProposalAnswer>()(
    v.union([v.strictObject({ sandbox, existing: issued }), v.strictObject(proposal)]),
    proposed,
  ),
  IssueRequest: component<IssueRequest>()(v.object({ proposalId }), { proposalId: "c2FtcGxl" }),
  ChangeRequest: component<ChangeRequest>()(
    v.object({ wanted: v.exactOptional(text("The person's own choice; left out: a generated one.")) }),
    { wanted: "SAKURA22" },
  ),
  ChangeProposal: component<ChangeProposal>()(
    v.strictObject({
      ...proposal,
      generated: flag("False: it is the person's own choice."),
      generatedLeft: whole("How many more are generated."),
    }),
    { ...proposed, mykeyId: "SAKURA22", generated: false, generatedLeft: 3 },
  ),
  RevocationOrder: component<RevocationRequest>()(
    v.object({ mykeyId: text("The person's ID, typed to confirm the revocation.") }),
    { mykeyId: "ABCDEFGH" },
  ),
  RevokedMykeyId: component<RevokedMykeyId>()(
    v.strictObject({ sandbox, mykeyId, state: v.literal("revoked"), revokedAt: moment("Of the revocation.") }),
    { sandbox: true, mykeyId: "ABCDEFGH", state: "revoked", revokedAt: "2026-11-22T03:00:00Z" },
  ),
  LeakReported: component<LeakReported>()(
    v.strictObject({ sandbox, mykeyId, state: v.literal("suspended"), suspendedAt: moment("Of the suspension.") }),
    { sandbox: true, mykeyId: "ABCDEFGH", state: "suspended", suspendedAt: "2026-11-22T03:00:00Z" },
  ),
  AccountStatus: component<AccountStatus>()(
    v.strictObject({
      sandbox,
      account: v.picklist(accountStates),
      mykeyId: v.nullable(mykeyId),
      reservation: v.strictObject({
        state: v.picklist(["reserved", "none"]),
        at: v.nullable(moment("Of the reservation.")),
      }),
      certificate: v.strictObject({
        serialNumber,
        state: v.pipe(
          v.picklist(linkStates),
          v.description("`waiting`: too new, usable from then on. `not-linked`: its first use links it."),
        ),
        usableFrom: moment("When the waiting time ends."),
      }),
      passwordSet: flag("Whether a password logs in."),
    }),
    {
      sandbox: true,
      account: "active",
      mykeyId: "ABCDEFGH",
      reservation: { state: "reserved", at: "2026-11-22T03:00:00Z" },
      certificate: { serialNumber: "1A2B3C4D", state: "linked", usableFrom: "2023-01-02T00:00:00Z" },
      passwordSet: false,
    },
  ),
  AccountHistory: component<AccountHistory>()(
    v.strictObject({
      sandbox,
      ids: v.array(
        v.strictObject({
          mykeyId,
          furigana,
          state: v.picklist(mykeyStates),
          issuedAt,
          endedAt: v.nullable(moment("Since when it is not the person's any more.")),
        }),
      ),
      certificates: v.array(
        v.strictObject({
          issuer: text("The distinguished name of its issuer."),
          serialNumber,
          linkedAt: v.nullable(moment("When its first use made it the account's.")),
          unlinkedAt: v.nullable(moment("When another took its place.")),
        }),
      ),
      events: v.array(
        v.strictObject({
          at: moment("Of the event."),
          actor: text("A kind: person, service, operator, platform."),
          action: text("What was done."),
        }),
      ),
    }),
    {
      sandbox: true,
      ids: [
        {
          mykeyId: "ABCDEFGH",
          furigana: proposed.furigana,
          state: "active",
          issuedAt: "2026-11-22T03:00:00Z",
          endedAt: null,
        },
      ],
      certificates: [
        {
          issuer: "C=JP, O=Simulation",
          serialNumber: "1A2B3C4D",
          linkedAt: "2026-11-22T03:00:00Z",
          unlinkedAt: null,
        },
      ],
      events: [{ at: "2026-11-22T03:00:00Z", actor: "person", action: "mykey.issue" }],
    },
  ),
  Profile: component<Profile>()(v.strictObject({ sandbox, ...profile }), {
    sandbox: true,
    email: "taro@example.jp",
    notify: true,
    pointsMunicipality: "130001",
  }),
  ProfileChange: component<ProfileChange>()(
    v.object({
      email: v.exactOptional(profile.email),
      notify: v.exactOptional(profile.notify),
      pointsMunicipality: v.exactOptional(profile.pointsMunicipality),
    }),
    { email: "taro@example.jp", notify: true },
  ),
  PasswordRequest: component<PasswordRequest>()(
    v.object({ password: text("10 to 128 characters; logs in with the MyKey ID from now on.") }),
    { password: "correct horse battery" },
  ),
  PasswordSet: component<PasswordSet>()(v.strictObject({ sandbox, changedAt: moment("Of the change.") }), {
    sandbox: true,
    changedAt: "2026-11-22T03:00:00Z",
  }),
  PageTicket: component<PageTicket>()(
    v.strictObject({
      sandbox,
      ticket: text(`A secret: \`ticket\` in the query of ${pageTicketPath}, which a browser opens.`),
      expiresAt: moment("Of the ticket, a minute from now."),
    }),
    { sandbox: true, ticket: "q1Zy0aYq8mC2fJ5yXk3oZb9wT7uVn4sL6dRhEgPiAcM", expiresAt: "2026-11-22T03:01:00Z" },
  ),
} as const satisfies Record<string, Component>;
