import * as v from "valibot";
import type { Me } from "../../../../portal/wire.ts";
import { type Component, component, moment, sandbox, serialNumber, text } from "../component.ts";

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
} as const satisfies Record<string, Component>;
