import type { Running } from "./program.ts";

const userCode = /[B-Z]{4}-[B-Z]{4}/;

/** The code that a device without a card shows on standard error while it waits. */
export async function codeOf(device: Running): Promise<string> {
  let told = "";
  device.child.stderr.on("data", (chunk: string) => {
    told += chunk;
  });
  await device.tells(userCode);
  return userCode.exec(told)?.[0] ?? "";
}
