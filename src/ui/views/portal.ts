import { shownTime } from "../dates.ts";
import type { View } from "./index.ts";
import { platformField } from "./platform.ts";

export const portalLogin: View<"portal login"> = ({ session, platform }, messages) => [
  { kind: "lines", lines: [{ text: messages.words.loggedIn, style: "good" }] },
  {
    kind: "fields",
    fields: [
      [messages.words.subjectId, session.subject],
      [messages.words.expiresAt, shownTime(session.expiresAt)],
      platformField(platform, messages),
    ],
  },
];

export const portalWhoami: View<"portal whoami"> = ({ session, certificate, platform }, messages) => [
  {
    kind: "fields",
    fields: [
      [messages.words.subjectId, session.subject],
      [messages.words.expiresAt, shownTime(session.expiresAt)],
      [messages.words.serialNumber, certificate.serialNumber],
      [messages.words.issuer, certificate.issuer],
      [messages.words.revocation, messages.words.revocations[certificate.revocation]],
      platformField(platform, messages),
    ],
  },
];

export const portalLogout: View<"portal logout"> = ({ loggedOut, platform }, messages) => [
  { kind: "lines", lines: [{ text: loggedOut ? messages.words.loggedOut : messages.words.notLoggedIn }] },
  { kind: "fields", fields: [platformField(platform, messages)] },
];
