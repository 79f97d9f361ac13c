import type { DataOf } from "../../commands/results.ts";
import { japanTime } from "../../jpki/certificate/japanese-date.ts";
import { shownTime } from "../dates.ts";
import type { Messages } from "../messages/messages.ts";
import type { View } from "./index.ts";
import { platformField } from "./platform.ts";

export const portalPing: View<"portal ping"> = (data, messages) => {
  const { platform, milliseconds, attempts, aheadSeconds, closing } = data;
  const { ping } = messages.portal;
  return [
    { kind: "lines", lines: [{ text: ping.answers, style: "good" }] },
    {
      kind: "fields",
      fields: [
        platformField(platform, messages),
        [ping.time, `${milliseconds} ms`],
        ...(attempts > 1 ? [[ping.attempts, String(attempts)] as const] : []),
        ...(aheadSeconds === null ? [] : [[ping.clock, messages.operator.ahead(aheadSeconds)] as const]),
        ...(closing
          ? [
              [
                ping.closing,
                {
                  text: ping.period(shownTime(closing.from), closing.until && shownTime(closing.until)),
                  style: "caution",
                },
              ] as const,
            ]
          : []),
      ],
    },
  ];
};

export const portalLogin: View<"portal login"> = ({ session, platform, issuer }, messages) => [
  { kind: "lines", lines: [{ text: messages.words.loggedIn, style: "good" }] },
  {
    kind: "fields",
    fields: [
      [messages.words.subjectId, session.subject],
      [messages.words.expiresAt, shownTime(session.expiresAt)],
      ...(issuer
        ? ([
            [messages.words.client, issuer.clientId],
            [messages.words.grantedScope, issuer.scope],
          ] as const)
        : []),
      platformField(platform, messages, issuer ? messages.words.provider : undefined),
    ],
  },
];

export const portalApprove: View<"portal approve"> = ({ decision, userCode, service, device, platform }, messages) => {
  const { portal, words } = messages;
  const { decided } = service ? { decided: portal.serviceDecided } : words.deviceLogin;
  return [
    { kind: "lines", lines: [{ text: decided[decision], style: "good" }] },
    {
      kind: "fields",
      fields: [
        ...whoAsks(service, device, messages),
        [words.deviceLogin.address, device.address ?? words.portalSessions.thisComputer],
        [words.deviceLogin.code, userCode],
        platformField(platform, messages),
      ],
    },
  ];
};

type Asked = DataOf<"portal approve">;

function whoAsks(service: Asked["service"], device: Asked["device"], { portal, words }: Messages): [string, string][] {
  if (!service) return [[words.deviceLogin.device, device.name ?? device.client]];
  const [name, asked] = portal.serviceAndScopes;
  return [
    [name, service.name],
    [asked, words.list(service.scopes.map((scope) => portal.scopes[scope]))],
    ...(device.name === null ? [] : [[words.deviceLogin.device, device.name] as [string, string]]),
  ];
}

export const portalWhoami: View<"portal whoami"> = ({ session, certificate, claims, platform }, messages) => [
  {
    kind: "fields",
    fields: [
      [messages.words.subjectId, session.subject],
      [messages.words.expiresAt, shownTime(session.expiresAt)],
      ...(certificate
        ? ([
            [messages.words.serialNumber, certificate.serialNumber],
            [messages.words.issuer, certificate.issuer],
            [messages.words.revocation, messages.words.revocations[certificate.revocation]],
          ] as const)
        : []),
      ...Object.entries(claims ?? {})
        .filter(([name]) => name !== "sub")
        .map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)] as const),
      platformField(platform, messages, claims ? messages.words.provider : undefined),
    ],
  },
];

/** Who is in a session: people know a service by its name. */
const called = ({ service, client }: DataOf<"portal sessions">["sessions"][number]): string => service ?? client;

export const portalSessions: View<"portal sessions"> = ({ sessions, ended, platform }, messages) => {
  const { words } = messages;
  const { heads, ways, current, thisComputer, ended: endedWords } = words.portalSessions;
  const rows = sessions.map((session) => [
    session.id,
    ways[session.way],
    session.device === null ? called(session) : `${session.device} (${called(session)})`,
    session.address ?? thisComputer,
    japanTime(session.startedAt),
    japanTime(session.expiresAt),
    session.current ? { text: current, style: "good" as const } : "",
  ]);
  return [
    ...(ended.length === 0 ? [] : [{ kind: "lines" as const, lines: [{ text: endedWords(ended.length) }] }]),
    ...(rows.length === 0 ? [] : [{ kind: "table" as const, head: heads, rows }]),
    { kind: "fields", fields: [platformField(platform, messages)] },
  ];
};

export const portalLogout: View<"portal logout"> = ({ loggedOut, ended, platform }, messages) => [
  { kind: "lines", lines: [{ text: loggedOut ? messages.words.loggedOut : messages.words.notLoggedIn }] },
  ...(ended > 1 ? [{ kind: "lines" as const, lines: [{ text: messages.words.portalSessions.ended(ended) }] }] : []),
  { kind: "fields", fields: [platformField(platform, messages)] },
];
