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
];
