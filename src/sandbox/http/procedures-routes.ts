import type { Hono } from "hono";
import { proceduresPaths } from "../../portal/procedures/wire.ts";
import { catalogueOn } from "../procedures/catalogue.ts";
import type { ChangeParts } from "../store/change.ts";

/** Procedures of municipalities: what there is, for everybody. */
export function proceduresRoutes(app: Hono, { now }: ChangeParts): void {
  app.get(proceduresPaths.catalogue, (context) => context.json(catalogueOn(now())));
}
