import type { RegisteredClient } from "../../sandbox/authorization/clients.ts";
import type { DataOf } from "../results.ts";

type Shown = DataOf<"sandbox client list">["clients"][number];

/** A registered client as results show it. */
export const shownClient = ({ redirectUris, createdAt, ...client }: RegisteredClient): Shown => ({
  ...client,
  redirectUris: [...redirectUris],
  createdAt: new Date(createdAt).toISOString(),
});
