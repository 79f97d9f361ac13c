/** How many kills on each store; MYNAKIT_CRASH_ROUNDS asks for more or fewer. */
export const crashKills = Number(process.env.MYNAKIT_CRASH_ROUNDS ?? 200);
/** MYNAKIT_CRASH_SEED asks for another run. A seed brings back what clients want, not the moments of the kills. */
export const crashSeed = Number(process.env.MYNAKIT_CRASH_SEED ?? 20261122);
/** Milliseconds that a campaign may take. */
export const crashTime = 180_000 + crashKills * 3_000;
