/** A process that opens the database it is told to, makes what is missing, and ends. */
import { signingKeys } from "../../../src/sandbox/authorization/keys.ts";
import { openStore } from "../../../src/sandbox/store/store.ts";

const [, , database = ""] = process.argv;
const store = await openStore(database, Date.now);
await signingKeys(store.db);
await store.close();
