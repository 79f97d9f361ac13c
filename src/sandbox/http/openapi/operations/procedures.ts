import { proceduresPaths } from "../../../../portal/procedures/wire.ts";
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
];
