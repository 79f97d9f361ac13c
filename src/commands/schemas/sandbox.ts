import * as v from "valibot";
import { termNames } from "../../mykey/points/programmes.ts";
import { reportKinds } from "../../mykey/points/wire.ts";
import { accountHistory, count, programmeNumber, time } from "./common.ts";

const sandboxClock = v.object({
  database: v.string(),
  /** By the platform's clock. */
  time,
  /** Of this computer's clock; negative: behind it. */
  aheadSeconds: v.pipe(v.number(), v.integer()),
  /** What the platform's clock said when it was last moved; null: it never was. */
  movedAt: v.nullable(time),
});

const sandboxClosing = v.object({
  database: v.string(),
  open: v.boolean(),
  /** When it closes; null: it is closed now, or stays open. */
  from: v.nullable(time),
  /** When it will probably be open again; null: nobody said, or it is. */
  until: v.nullable(time),
});

const sandboxClients = v.object({
  database: v.string(),
  clients: v.array(
    v.object({
      /** The `client_id`. */
      id: v.string(),
      name: v.string(),
      redirectUris: v.array(v.string()),
      /** What it may ask for, separated by spaces. */
      scope: v.string(),
      createdAt: time,
    }),
  ),
});

const sandboxProgrammes = v.object({
  database: v.string(),
  /** In Japan, by the platform's clock. */
  today: v.string(),
  programmes: v.array(
    v.object({
      programme: programmeNumber,
      state: v.picklist(["unknown", "announced", "running", "ended"]),
      from: v.nullable(v.string()),
      until: v.nullable(v.string()),
      /** What is not as it was published, and the day from which it is so. */
      setByOperator: v.array(
        v.object({
          term: v.picklist(termNames),
          value: v.nullable(v.union([v.string(), v.number(), v.boolean()])),
          known: v.string(),
        }),
      ),
    }),
  ),
});

const sandboxMoved = v.object({
  database: v.string(),
  file: v.string(),
  accounts: count,
  auditLines: count,
  /** In all. */
  rows: count,
  /** Over all lines but the last, which has it. */
  sha256: v.string(),
});

const sandboxUser = v.object({
  database: v.string(),
  /** Under the platform's identifier. */
  person: v.string(),
  ...accountHistory,
  /** Whether this command changed anything. */
  changed: v.boolean(),
});

export const sandboxSchemas = {
  "sandbox start": v.object({
    url: v.string(),
    database: v.string(),
    listening: v.string(),
    metrics: v.nullable(v.string()),
  }),
  "sandbox user show": sandboxUser,
  "sandbox user suspend": sandboxUser,
  "sandbox user lift": sandboxUser,
  "sandbox audit verify": v.object({
    database: v.string(),
    whole: v.boolean(),
    /** In order, from the first. */
    lines: count,
    /** Of the last line in order; null: there is none. */
    hash: v.nullable(v.string()),
    problem: v.nullable(
      v.object({
        kind: v.picklist(["line-missing", "line-changed", "end-missing", "line-added", "anchor-changed"]),
        /** Counts from 1. */
        sequence: count,
      }),
    ),
  }),
  "sandbox clock show": sandboxClock,
  "sandbox clock set": sandboxClock,
  "sandbox clock advance": sandboxClock,
  "sandbox clock reset": sandboxClock,
  "sandbox capacity": v.object({
    database: v.string(),
    /** How many persons can reserve, have, and still can: 0 where the limit was set below what is taken. */
    limit: count,
    taken: count,
    left: count,
    /** False: the limit is the published one. */
    setByOperator: v.boolean(),
  }),
  "sandbox close": sandboxClosing,
  "sandbox open": sandboxClosing,
  "sandbox programme list": sandboxProgrammes,
  "sandbox programme show": sandboxProgrammes,
  "sandbox programme open": sandboxProgrammes,
  "sandbox programme close": sandboxProgrammes,
  "sandbox programme set": sandboxProgrammes,
  "sandbox programme reset": sandboxProgrammes,
  "sandbox client add": sandboxClients,
  "sandbox client list": sandboxClients,
  "sandbox client remove": v.object({ database: v.string(), id: v.string(), sessionsEnded: count }),
  "sandbox service add": v.object({
    database: v.string(),
    service: v.string(),
    /** For the service's reports; shown this once. */
    token: v.string(),
  }),
  "sandbox service account": v.object({
    database: v.string(),
    service: v.string(),
    serviceId: v.string(),
    /** Shown this once. */
    securityCode: v.string(),
  }),
  "sandbox export": sandboxMoved,
  "sandbox import": sandboxMoved,
  "sandbox charge": v.object({
    database: v.string(),
    service: v.string(),
    serviceId: v.string(),
    reportId: v.string(),
    kind: v.picklist(reportKinds),
    yen: count,
    programme: programmeNumber,
    /** For this report, and in all. */
    points: count,
    totalPoints: count,
    mostPoints: count,
  }),
} as const;
