import { writeFileSync } from "node:fs";
import path from "node:path";
import { success } from "./documents.ts";
import type { Fixtures } from "./test.ts";

export const apply = "portal procedures apply";
/** An application for moving out, which needs no attachment. */
export const moving = [
  ...`${apply} 131105-moving-out --set movingDay=2026-12-01 --set phone=0312345678`.split(" "),
  "--set",
  "newAddress=大阪市北区１",
];
/** What it takes to go all the way, `both` beside it. */
export const signed = ["--yes", "--pin-stdin", "--json"];
export const env = { MYNAKIT_READER: "sim:standard" };
export const both = { env, input: "5678\nTEST1234\n" };
/** Nothing answers there: whoever touches the card fails. */
export const noCard = { env: { MYNAKIT_READER: "sim:nobody" } };

export const logIn = async (mynakit: Fixtures["mynakit"]): Promise<void> => {
  success("portal login", await mynakit("portal login --pin-stdin --json", { env, input: "1234\n" }));
};

/** Writes a file. @returns where it is */
export const file = (home: string, name: string, content: string): string => {
  const at = path.join(home, name);
  writeFileSync(at, content);
  return at;
};
