import * as v from "valibot";
import { type Exchanges, exchangeGrounds, exchangeParties, exchangeTopics } from "../../../../portal/wire/exchanges.ts";
import {
  type InformationAnswer,
  type InformationQuestion,
  type InformationRequests,
  informationItems,
  informationTopics,
  informationUnits,
} from "../../../../portal/wire/information.ts";
import { type LinkChange, type Links, linkServices } from "../../../../portal/wire/links.ts";
import { type NoticeRead, type NoticeReading, type Notices, noticeKinds } from "../../../../portal/wire/notices.ts";
import { type Demands, demandKinds, type Paid, type Payment, paymentMeans } from "../../../../portal/wire/payments.ts";
import type { PortalUser, UserChange, UserRegistration } from "../../../../portal/wire/user.ts";
import { type Component, component, day, flag, matching, moment, sandbox, text, whole } from "../component.ts";

const nickname = text("What the person wants to be called: 1 to 20 characters.");
const email = v.nullable(text("An e-mail address."));
const notify = flag("Whether notices are to go to the address, too. A sandbox sends no mail.");

const notice = v.strictObject({
  number: whole("Names it among the person's."),
  kind: v.pipe(v.picklist(noticeKinds), v.description("What it is of.")),
  about: v.nullable(text("What it is about, where the kind does not say it.")),
  at: moment("Since when it is shown."),
  readAt: v.nullable(moment("When it was read first.")),
});
const readNotice = {
  number: 3,
  kind: "tax-return-opens",
  about: "2026",
  at: "2027-02-16T00:00:00Z",
  readAt: "2027-02-17T09:00:00Z",
} as const;

const question = {
  topic: v.pipe(v.picklist(informationTopics), v.description("What is asked for.")),
  from: v.nullable(day("The first day, in Japan; null: from the beginning.")),
  until: v.nullable(day("The last day; null: until the end.")),
};
const request = v.strictObject({
  ...question,
  number: whole("Names it among the person's."),
  state: v.picklist(["requested", "answered"]),
  requestedAt: moment("When it was asked."),
  answeredAt: moment("When it is answered, which may lie ahead."),
});
const askedQuestion = { topic: "tax", from: "2026-01-01", until: null } as const;
const answeredRequest = {
  ...askedQuestion,
  number: 1,
  state: "answered",
  requestedAt: "2026-11-22T03:00:00Z",
  answeredAt: "2026-11-22T03:05:00Z",
} as const;
const registrations = v.strictObject({
  synthetic: flag("True: it is made up, and nobody's."),
  insuranceCard: v.nullable(day("Since when the card serves as the insurance card; null: it does not.")),
  publicAccount: v.nullable(day("Since when an account for public money is registered; null: none.")),
});

/** A line of somebody's own information. */
export const informationRecord = v.strictObject({
  day: day("The day in Japan."),
  member: text("Whom of the household it is about: self, spouse, child-1."),
  item: v.pipe(v.picklist(informationItems), v.description("What it is of.")),
  amount: v.nullable(v.number()),
  unit: v.nullable(v.picklist(informationUnits)),
  text: v.nullable(text("What is no number, such as an address.")),
});

const synthetic = flag("True: it is made up, and nobody's.");

const service = v.pipe(v.picklist(linkServices), v.description("A stand-in for the real one, which is not reached."));
const means = v.pipe(v.picklist(paymentMeans), v.description("By which means; no money moves."));
const demand = v.strictObject({
  id: text("Names it among the person's."),
  kind: v.picklist(demandKinds),
  year: whole("The fiscal year."),
  term: v.nullable(whole("Which of the year's instalments; null: it is paid at once.")),
  yen: whole("How much."),
  due: day("The last day."),
  paid: v.nullable(v.strictObject({ receipt: text("Begins with SIM-."), means, at: moment("When it was paid.") })),
});
const paidDemand = {
  id: "resident-tax-2026-1",
  kind: "resident-tax",
  year: 2026,
  term: 1,
  yen: 31_200,
  due: "2026-06-30",
  paid: { receipt: "SIM-0A1B2C3D4E5F", means: "bank", at: "2026-11-22T03:00:00Z" },
} as const;

export const portalServiceComponents = {
  PortalUser: component<PortalUser>()(
    v.strictObject({ sandbox, nickname, email, notify, registeredAt: moment("Of the registration."), registrations }),
    {
      sandbox: true,
      nickname: "たろう",
      email: "taro@example.jp",
      notify: true,
      registeredAt: "2026-11-22T03:00:00Z",
      registrations: { synthetic: true, insuranceCard: "2022-08-03", publicAccount: null },
    },
  ),
  UserRegistration: component<UserRegistration>()(
    v.object({ nickname, email: v.exactOptional(email), notify: v.exactOptional(notify) }),
    { nickname: "たろう" },
  ),
  UserChange: component<UserChange>()(
    v.object({ nickname: v.exactOptional(nickname), email: v.exactOptional(email), notify: v.exactOptional(notify) }),
    { email: "taro@example.jp", notify: true },
  ),
  Notices: component<Notices>()(v.strictObject({ sandbox, notices: v.array(notice) }), {
    sandbox: true,
    notices: [readNotice],
  }),
  NoticeReading: component<NoticeReading>()(v.strictObject({ number: whole("Of the notice.") }), { number: 3 }),
  NoticeRead: component<NoticeRead>()(v.strictObject({ sandbox, notice }), { sandbox: true, notice: readNotice }),
  InformationRequests: component<InformationRequests>()(v.strictObject({ sandbox, requests: v.array(request) }), {
    sandbox: true,
    requests: [answeredRequest],
  }),
  InformationQuestion: component<InformationQuestion>()(v.strictObject(question), askedQuestion),
  InformationAnswer: component<InformationAnswer>()(
    v.strictObject({
      sandbox,
      synthetic,
      request,
      records: v.nullable(v.array(informationRecord)),
    }),
    {
      sandbox: true,
      synthetic: true,
      request: answeredRequest,
      records: [{ day: "2026-06-01", member: "self", item: "salary", amount: 3_450_000, unit: "yen", text: null }],
    },
  ),
  Exchanges: component<Exchanges>()(
    v.strictObject({
      sandbox,
      synthetic,
      exchanges: v.array(
        v.strictObject({
          at: moment("When it was."),
          requester: v.pipe(v.picklist(exchangeParties), v.description("Who asked.")),
          service: v.nullable(text("What an external service is called; null: the requester is none.")),
          provider: v.pipe(v.picklist(exchangeParties), v.description("Who was asked.")),
          topic: v.pipe(v.picklist(exchangeTopics), v.description("For what.")),
          ground: v.pipe(v.picklist(exchangeGrounds), v.description("By which law, or with whose consent.")),
          outcome: v.picklist(["provided", "refused"]),
        }),
      ),
    }),
    {
      sandbox: true,
      synthetic: true,
      exchanges: [
        {
          at: "2026-11-22T03:05:00Z",
          requester: "person",
          service: null,
          provider: "municipality",
          topic: "tax",
          ground: "own-request",
          outcome: "provided",
        },
      ],
    },
  ),
  Links: component<Links>()(
    v.strictObject({
      sandbox,
      links: v.array(
        v.strictObject({
          service,
          gets: v.array(v.picklist(informationTopics)),
          identifier: v.nullable(
            matching(/^[0-9a-f]{32}$/, "Under which the person is known there, and nowhere else."),
          ),
          linkedAt: v.nullable(moment("Since when.")),
        }),
      ),
    }),
    {
      sandbox: true,
      links: [
        {
          service: "nenkin-net",
          gets: ["pension"],
          identifier: "8f14e45fceea167a5a36dedd4bea2543",
          linkedAt: "2026-11-22T03:00:00Z",
        },
      ],
    },
  ),
  LinkChange: component<LinkChange>()(v.strictObject({ service, action: v.picklist(["connect", "remove"]) }), {
    service: "nenkin-net",
    action: "connect",
  }),
  Demands: component<Demands>()(v.strictObject({ sandbox, demands: v.array(demand) }), {
    sandbox: true,
    demands: [paidDemand],
  }),
  Payment: component<Payment>()(v.strictObject({ demand: text("Its name."), means }), {
    demand: "resident-tax-2026-1",
    means: "bank",
  }),
  Paid: component<Paid>()(v.strictObject({ sandbox, simulated: flag("True: no money has moved."), demand }), {
    sandbox: true,
    simulated: true,
    demand: paidDemand,
  }),
} as const satisfies Record<string, Component>;
