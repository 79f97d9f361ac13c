import { proceduresPaths, submissionRefusals } from "../../../../portal/procedures/wire.ts";
import type { Operation } from "../operation.ts";

export const proceduresOperations: readonly Operation[] = [
  {
    method: "GET",
    path: proceduresPaths.catalogue,
    id: "listProcedures",
    summary: "Municipalities, and the procedures that each offers.",
    access: "nothing",
    answer: "Catalogue",
  },
  {
    method: "GET",
    path: proceduresPaths.applications,
    id: "listApplications",
    summary: "The person's applications and their states.",
    access: "portal",
    answer: "ApplicationList",
  },
  {
    method: "POST",
    path: proceduresPaths.applications,
    id: "submitApplication",
    summary: "Hands in an application that the person's signing key has signed. The same again is answered as before.",
    access: "portal",
    once: true,
    body: "Submission",
    answer: "Received",
    refusals: submissionRefusals,
  },
  {
    method: "POST",
    path: proceduresPaths.withdrawals,
    id: "withdrawApplication",
    summary: "Withdraws (取下) an application on which nothing was decided.",
    access: "portal",
    once: true,
    body: "WithdrawalRequest",
    answer: "Withdrawn",
    refusals: ["application-unknown", "application-decided"],
  },
];
