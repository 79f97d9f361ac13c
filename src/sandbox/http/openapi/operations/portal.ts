import { consentPaths } from "../../../../portal/wire/consents.ts";
import { portalPaths } from "../../../../portal/wire.ts";
import type { Operation } from "../operation.ts";

export const portalOperations: readonly Operation[] = [
  {
    method: "GET",
    path: portalPaths.me,
    id: "showMe",
    summary: "Who is logged in to Mynaportal, and until when.",
    access: "portal",
    answer: "Me",
  },
  {
    method: "GET",
    path: portalPaths.sessions,
    id: "listSessions",
    summary: "The person's sessions that stand, the newest first.",
    access: "portal",
    answer: "PortalSessions",
  },
  {
    method: "POST",
    path: portalPaths.sessionEnds,
    id: "endSessions",
    summary: "Ends one of the person's sessions, or all.",
    access: "portal",
    once: true,
    body: "SessionsEnd",
    answer: "SessionsEnded",
    refusals: ["session-unknown"],
  },
  {
    method: "GET",
    path: consentPaths.consents,
    id: "listConsents",
    summary: "What the person has let external services read and do, the newest first.",
    access: "portal",
    answer: "Consents",
  },
  {
    method: "POST",
    path: consentPaths.ends,
    id: "withdrawConsent",
    summary: "Takes a consent back: the service is refused from then on.",
    access: "portal",
    once: true,
    body: "ConsentEnd",
    answer: "Consents",
    refusals: ["consent-unknown"],
  },
];
