import { MynakitError } from "../../errors.ts";
import { everyScope } from "../../portal/wire/api.ts";
import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { shownClient } from "./client.ts";
import { withStore } from "./database.ts";
import { operatorParts } from "./parts.ts";

const longestName = 64;

/** Registers an OAuth client, which may then ask people to let it in. */
export const run: Run<DataOf<"sandbox client add">> = async (context, input) => {
  const { isRedirectUri } = await import("../../sandbox/authorization/clients.ts");
  const name = String(input.arguments.name).trim();
  if (name === "") throw new MynakitError("ERR_USAGE_ARGUMENT", { argument: "name", problem: "missing" });
  if ([...name].length > longestName || /\p{C}/u.test(name)) {
    throw new MynakitError("ERR_USAGE_ARGUMENT", { argument: "name", problem: "malformed", allowed: "Example Clinic" });
  }
  const redirectUris = [input.options.redirectUri ?? []].flat().map(String);
  if (!redirectUris.every(isRedirectUri)) {
    const allowed = "https://…, http://127.0.0.1/…, com.example.app:/…";
    throw new MynakitError("ERR_USAGE_OPTION", { option: "--redirect-uri", problem: "not-allowed", allowed });
  }
  const scope = String(input.options.scope);
  const known = new Set<string>(everyScope);
  const asked = scope.split(" ").filter((one) => one !== "");
  if (asked.length === 0 || !asked.every((one) => known.has(one))) {
    const allowed = everyScope.join(" ");
    throw new MynakitError("ERR_USAGE_OPTION", { option: "--scope", problem: "not-allowed", allowed });
  }
  const order = { name, redirectUris, scope };
  return withStore(
    context,
    input,
    async (store) => {
      const { addClient } = await import("../../sandbox/operator/clients.ts");
      const client = await addClient(order, operatorParts(context, store));
      return { data: { database: store.name, clients: [shownClient(client)] } };
    },
    true,
  );
};
