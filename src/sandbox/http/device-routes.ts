import type { Context, Hono } from "hono";
import {
  type DeviceAuthorization,
  type DeviceDecision,
  devicePaths,
  shownUserCode,
  verificationPath,
} from "../../login/device/wire.ts";
import { deviceNameParameter } from "../../login/wire.ts";
import type { CardGrantParts } from "../authorization/card-grant.ts";
import { requestedOf } from "../authorization/clients.ts";
import { deviceName } from "../authorization/tokens.ts";
import { approve } from "../login/device-approval.ts";
import {
  cancel,
  decide,
  deviceLoginLife,
  lookUp,
  pollInterval,
  requestDeviceLogin,
  requireDecidable,
} from "../login/device-login.ts";
import { issueNonce } from "../login/nonce.ts";
import { verifyProof } from "../login/proof.ts";
import { isStorable } from "../store/text.ts";
import { notesOf } from "./notes.ts";
import { requestOf, textIn } from "./request.ts";

/** The endpoints at which devices ask to be let in, and people with a card decide. */
export function deviceRoutes(app: Hono, parts: CardGrantParts): void {
  const { db, now, random, audience: issuer } = parts;
  app.post(devicePaths.authorization, async (context) => {
    const form = await context.req.parseBody();
    const field = (name: string) => {
      const value = form[name];
      return typeof value === "string" && isStorable(value) ? value : undefined;
    };
    const client = field("client_id") ?? "";
    const scope = await requestedOf(db, client, field("scope"));
    const proof = context.req.header("dpop");
    const url = `${issuer}${devicePaths.authorization}`;
    const thumbprint = proof === undefined ? null : await verifyProof(parts, { proof, method: "POST", url });
    const order = {
      client,
      scope,
      device: deviceName(field(deviceNameParameter)),
      address: addressOf(context),
      thumbprint,
    };
    const { deviceCode, userCode } = await requestDeviceLogin(order, parts);
    const page = `${issuer}${verificationPath}`;
    context.header("Cache-Control", "no-store");
    return context.json({
      device_code: deviceCode,
      user_code: shownUserCode(userCode),
      verification_uri: page,
      verification_uri_complete: `${page}?user_code=${shownUserCode(userCode)}`,
      expires_in: deviceLoginLife,
      interval: pollInterval,
      sandbox: true,
    } satisfies DeviceAuthorization);
  });
  app.post(devicePaths.cancellations, async (context) => {
    await cancel(await textIn(context, "deviceCode"), parts);
    return context.json({ sandbox: true, state: "cancelled" } satisfies DeviceDecision);
  });
  app.post(devicePaths.lookups, async (context) =>
    context.json(await lookUp(await textIn(context, "userCode"), addressOf(context), parts)),
  );
  app.post(devicePaths.challenges, async (context) => {
    const request = await textIn(context, "request");
    await requireDecidable(db, request, now());
    return context.json(await issueNonce(db, now(), random, request));
  });
  app.post(devicePaths.approvals, async (context) => {
    const request = await textIn(context, "request");
    const registered = await approve({ request, assertion: await textIn(context, "assertion") }, parts);
    return context.json({ sandbox: true, state: "approved", registered } satisfies DeviceDecision);
  });
  app.post(devicePaths.denials, async (context) => {
    await decide(db, await textIn(context, "request"), { state: "denied" }, now());
    return context.json({ sandbox: true, state: "denied" } satisfies DeviceDecision);
  });
}

const addressOf = (context: Context): string | null => notesOf(requestOf(context)).address ?? null;
