import * as v from "valibot";
import { exchangeGrounds, exchangeParties } from "../../portal/wire/exchanges.ts";
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
  platform,
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
  "portal login": v.object({ method: v.picklist(["reader", "qr"]), session, platform, ...pinReport }),
  /** `device` is who asked; its `name` nobody checked. A null `address` is this computer's. */
  "portal approve": v.object({
    decision: v.picklist(["approved", "denied"]),
    userCode: v.string(),
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
    certificate: v.object({
      issuer: distinguishedName,
      serialNumber: v.string(),
      revocation: v.picklist(["good", "revoked", "not-checked"]),
    }),
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
        provider: v.picklist(exchangeParties),
        topic: v.picklist(informationTopics),
        ground: v.picklist(exchangeGrounds),
        outcome: v.picklist(["provided", "refused"]),
      }),
    ),
    platform,
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
        term: count,
        yen: count,
        due: v.string(),
        paid: v.nullable(v.object({ receipt: v.string(), means: v.picklist(paymentMeans), at: time })),
      }),
    ),
    platform,
  }),
} as const;
