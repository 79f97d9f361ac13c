import { Refusal, rfc3339 } from "../refusal.ts";
import { putSetting } from "../store/settings.ts";
import { type Closure, readStanding, standingSettings } from "../store/standing.ts";
import { type OperatorParts, operate } from "./operate.ts";

/** What everybody is told while the platform is closed. */
export const platformClosed = ({ until }: Closure): Refusal =>
  new Refusal(
    "platform-closed",
    "the platform is closed for maintenance",
    until === null ? {} : { earliest: rfc3339(until) },
  );

/** Closes the platform to everybody but its operator, at once or from a moment on, or opens it (null). */
export async function setClosed(closed: Closure | null, parts: OperatorParts): Promise<void> {
  const action = closed ? "platform.close" : "platform.open";
  await operate(parts, [action, closed?.from ?? null, closed?.until ?? null], async (db) => {
    const before = (await readStanding(db)).closed;
    const same = JSON.stringify(before) === JSON.stringify(closed);
    await putSetting(db, standingSettings.closed, closed ?? undefined, parts.now());
    const details = { ...closed };
    return { answer: null, audit: same ? [] : [{ actor: "operator", action, subject: null, details }] };
  });
}
