import * as v from "valibot";
import { apiScopes, everyScope } from "../../portal/wire/api.ts";
import { consentStates } from "../../portal/wire/consents.ts";
import { exchangeGrounds, exchangeParties, exchangeTopics } from "../../portal/wire/exchanges.ts";
import { functionNames } from "../../portal/wire/functions.ts";
import { informationItems, informationTopics, informationUnits } from "../../portal/wire/information.ts";
import { linkServices } from "../../portal/wire/links.ts";
import { noticeKinds } from "../../portal/wire/notices.ts";
import { demandKinds, paymentMeans } from "../../portal/wire/payments.ts";
import { count, distinguishedName, pinReport, platform, time } from "./common.ts";

const portalSession = v.object({
  id: v.string(),
  current: v.boolean(),
  way: v.picklist(["card", "password", "device", "code"]),
  client: v.string(),
  /** What an external service is called; null: mynakit itself, or a page of the platform. */
  service: v.nullable(v.string()),
  /** As the device called itself: nobody checked it. */
  device: v.nullable(v.string()),
  address: v.nullable(v.string()),
  startedAt: time,
  expiresAt: time,
});

const session = v.object({ subject: v.string(), expiresAt: time });

const portalUser = v.object({
  nickname: v.string(),
  email: v.nullable(v.string()),
  notify: v.boolean(),
  registeredAt: time,
  /** Since which day, `2026-06-01`; null: not registered. Where `synthetic` is true, of a synthetic person. */
  registrations: v.object({
    synthetic: v.boolean(),
    insuranceCard: v.nullable(v.string()),
    publicAccount: v.nullable(v.string()),
  }),
  platform,
});

const portalConsent = v.object({
  id: v.string(),
  client: v.string(),
  service: v.string(),
  scopes: v.array(v.picklist(apiScopes)),
  state: v.picklist(consentStates),
  givenAt: time,
  until: time,
  withdrawnAt: v.nullable(time),
});

const portalNotice = v.object({
  number: count,
  kind: v.picklist(noticeKinds),
  /** What it is about where the kind does not say it, e.g. the year of a tax return. */
  about: v.nullable(v.string()),
  at: time,
  readAt: v.nullable(time),
});

export const portalSchemas = {
  "portal login": v.object({
    method: v.picklist(["reader", "qr", "browser"]),
    session,
    /** With `--issuer` that provider, which is no sandbox unless it says so. */
    platform,
    /** Null without `--issuer`. `scope` is what was granted; `bound`: to the key of this device (DPoP). */
    issuer: v.nullable(v.object({ clientId: v.string(), scope: v.string(), bound: v.boolean() })),
    ...pinReport,
  }),
  "portal ping": v.object({
    platform,
    /** How long its answer took. */
    milliseconds: count,
    /** How often it was asked until it answered. */
    attempts: count,
    /** How far its clock is ahead of this computer's; null: it does not say. */
    aheadSeconds: v.nullable(v.pipe(v.number(), v.integer())),
    /** When it will let nobody in, where that is announced; a null `until`: nobody said until when. */
    closing: v.nullable(v.object({ from: time, until: v.nullable(time) })),
  }),
  /** `device` is who asked; its `name` nobody checked. A null `address` is this computer's. */
  "portal approve": v.object({
    decision: v.picklist(["approved", "denied"]),
    userCode: v.string(),
    /** The external service that asks, and what for; null: mynakit itself. */
    service: v.nullable(v.object({ name: v.string(), scopes: v.array(v.picklist(everyScope)) })),
    device: v.object({
      name: v.nullable(v.string()),
      client: v.string(),
      address: v.nullable(v.string()),
      requestedAt: time,
    }),
    platform,
    ...pinReport,
  }),
  "portal whoami": v.object({
    session,
    /** Null with `--issuer`. */
    certificate: v.nullable(
      v.object({
        issuer: distinguishedName,
        serialNumber: v.string(),
        revocation: v.picklist(["good", "revoked", "not-checked"]),
      }),
    ),
    /** What the provider says of the person; null without `--issuer`. */
    claims: v.nullable(v.record(v.string(), v.unknown())),
    platform,
  }),
  /** `ended` are the identifiers of those that `--end` has ended; a null `address` is this computer's. */
  "portal sessions": v.object({ sessions: v.array(portalSession), ended: v.array(v.string()), platform }),
  "portal logout": v.object({
    /** `sandbox` is null where the platform could not be asked. */
    loggedOut: v.boolean(),
    /** How many sessions the platform has ended. */
    ended: count,
    platform: v.object({ url: v.string(), sandbox: v.nullable(v.boolean()) }),
  }),
  "portal register": portalUser,
  "portal profile": portalUser,
  /** The newest first. */
  "portal notices": v.object({ notices: v.array(portalNotice), platform }),
  /** A line of `--watch`. */
  "portal notices notice": portalNotice,
  "portal info": v.object({
    /** The question that was asked; without a topic all, the newest first. */
    requests: v.array(
      v.object({
        number: count,
        topic: v.picklist(informationTopics),
        from: v.nullable(v.string()),
        until: v.nullable(v.string()),
        state: v.picklist(["requested", "answered"]),
        requestedAt: time,
        /** Lies ahead where the state is `requested`. */
        answeredAt: time,
      }),
    ),
    /** Of a synthetic person, never the holder's; null: not answered yet, or not asked for. */
    records: v.nullable(
      v.array(
        v.object({
          day: v.string(),
          member: v.string(),
          item: v.picklist(informationItems),
          amount: v.nullable(v.number()),
          unit: v.nullable(v.picklist(informationUnits)),
          /** What is no number, such as an address. */
          text: v.nullable(v.string()),
        }),
      ),
    ),
    /** Where `--csv` put the table; null: nowhere. */
    csv: v.nullable(v.union([v.object({ file: v.string() }), v.object({ content: v.string() })])),
    platform,
  }),
  /** The newest first. */
  "portal exchanges": v.object({
    exchanges: v.array(
      v.object({
        at: time,
        requester: v.picklist(exchangeParties),
        /** What an external service is called; null where the requester is none. */
        service: v.nullable(v.string()),
        provider: v.picklist(exchangeParties),
        topic: v.picklist(exchangeTopics),
        ground: v.picklist(exchangeGrounds),
        outcome: v.picklist(["provided", "refused"]),
      }),
    ),
    platform,
  }),
  /** The newest first. `withdrawn` is the one that `--end` has ended. */
  "portal consents": v.object({ consents: v.array(portalConsent), withdrawn: v.nullable(v.string()), platform }),
  /** What was added to the portal, and whether it was there on the day. */
  "portal functions": v.object({
    asOf: v.string(),
    functions: v.array(
      v.object({ name: v.picklist(functionNames), since: v.string(), available: v.boolean(), source: v.string() }),
    ),
  }),
  "portal links": v.object({
    links: v.array(
      v.object({
        service: v.picklist(linkServices),
        gets: v.array(v.picklist(informationTopics)),
        /** Under which the person is known there, and nowhere else. */
        identifier: v.nullable(v.string()),
        linkedAt: v.nullable(time),
      }),
    ),
    changed: v.nullable(v.picklist(["connect", "remove"])),
    platform,
  }),
  /** What is due first, first; the one that was paid. No money moves. */
  "portal pay": v.object({
    demands: v.array(
      v.object({
        id: v.string(),
        kind: v.picklist(demandKinds),
        year: count,
        /** Null: it is paid at once. */
        term: v.nullable(count),
        yen: count,
        due: v.string(),
        paid: v.nullable(v.object({ receipt: v.string(), means: v.picklist(paymentMeans), at: time })),
      }),
    ),
    platform,
  }),
} as const;
