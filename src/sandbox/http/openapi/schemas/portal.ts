import * as v from "valibot";
import {
  loginWays,
  type Me,
  type PortalSessions,
  type SessionsEnd,
  type SessionsEnded,
} from "../../../../portal/wire.ts";
import { type Component, component, flag, matching, moment, sandbox, serialNumber, text } from "../component.ts";

const sessionId = matching(/^[0-9a-f]{16}$/, "Names a session; opens nothing.");

export const portalComponents = {
  Me: component<Me>()(
    v.strictObject({
      sandbox,
      subject: text("The person, under an identifier that outlives certificates."),
      expiresAt: moment("When the session ends."),
      certificate: v.strictObject({
        issuer: text("The distinguished name of its issuer."),
        serialNumber,
        notAfter: moment("Until when it is valid."),
        revocation: v.picklist(["good", "not-checked"]),
      }),
    }),
    {
      sandbox: true,
      subject: "8f14e45fceea167a5a36dedd4bea2543",
      expiresAt: "2026-11-22T03:15:00Z",
      certificate: {
        issuer: "C=JP, O=Simulation",
        serialNumber: "1A2B3C4D",
        notAfter: "2028-01-01T14:59:59Z",
        revocation: "good",
      },
    },
  ),
  PortalSessions: component<PortalSessions>()(
    v.strictObject({
      sandbox,
      sessions: v.array(
        v.strictObject({
          id: sessionId,
          current: flag("Whether it is the one that asks."),
          way: v.pipe(v.picklist(loginWays), v.description("How the person got in.")),
          client: text("The OAuth client."),
          service: v.nullable(text("What an external service is called; null: it is none.")),
          device: v.nullable(text("As the device called itself; nobody checked it.")),
          address: v.nullable(text("As the platform saw it.")),
          startedAt: moment("When it began."),
          expiresAt: moment("When it ends."),
        }),
      ),
    }),
    {
      sandbox: true,
      sessions: [
        {
          id: "0f1e2d3c4b5a6978",
          current: true,
          way: "card",
          client: "mynakit",
          service: null,
          device: "living-room",
          address: "192.0.2.7",
          startedAt: "2026-11-22T03:00:00Z",
          expiresAt: "2026-11-22T03:15:00Z",
        },
      ],
    },
  ),
  SessionsEnd: component<SessionsEnd>()(v.strictObject({ session: text("The identifier of a session, or `all`.") }), {
    session: "0f1e2d3c4b5a6978",
  }),
  SessionsEnded: component<SessionsEnded>()(v.strictObject({ sandbox, ended: v.array(sessionId) }), {
    sandbox: true,
    ended: ["0f1e2d3c4b5a6978"],
  }),
} as const satisfies Record<string, Component>;
