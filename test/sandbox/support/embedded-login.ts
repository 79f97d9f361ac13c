/** A process that logs a card into the embedded platform of the home it is told, and prints who it is. */
import { embeddedPlatform } from "../../../src/sandbox/embedded.ts";
import { makeCard, now, random } from "./cards.ts";
import { logIn } from "./login.ts";

const [, , home = ""] = process.argv;
const platform = await embeddedPlatform({ home, clock: () => now, random });
const { subject } = await logIn(platform, makeCard({ holder: "holder", serialNumber: 4711 }));
await platform.close();
process.stdout.write(subject);
