import { pointsPaths } from "../../../../mykey/points/wire.ts";
import type { Operation } from "../operation.ts";

export const pointsOperations: readonly Operation[] = [
  {
    method: "GET",
    path: pointsPaths.status,
    id: "showPoints",
    summary: "What the person has applied for, and the step that comes next.",
    access: "account",
    answer: "PointsStatus",
  },
  {
    method: "GET",
    path: pointsPaths.history,
    id: "listPoints",
    summary: "Applications, charges and purchases of the person.",
    access: "history",
    answer: "PointsHistory",
  },
  {
    method: "POST",
    path: pointsPaths.applications,
    id: "applyForPoints",
    summary: "Applies (申込) for one cashless service, for good. The same again is answered as before.",
    access: "account",
    once: true,
    body: "ApplicationRequest",
    answer: "AppliedFor",
    refusals: [
      "programme-closed",
      "no-mykey-id",
      "reservation-missing",
      "service-unknown",
      "service-account-refused",
      "service-of-another",
      "service-account-taken",
      "application-final",
      "programme-spent",
    ],
  },
  {
    method: "POST",
    path: pointsPaths.reports,
    id: "reportCharge",
    summary: "A cashless service reports a charge or purchase: the points for it are granted, once under its key.",
    access: "service",
    once: true,
    body: "ReportRequest",
    answer: "Granted",
    refusals: ["programme-closed", "application-missing"],
  },
];
