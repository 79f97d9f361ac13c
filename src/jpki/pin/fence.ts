import type { CommandApdu } from "../../apdu/command.ts";

/**
 * The commands that no counter can be spent with, by class: everything else stays with the guard. A list of the
 * harmless, not of the dangerous: an instruction that nobody here knows is not sent to somebody's card.
 * Source: ISO/IEC 7816-4:2020, table 5 and 11; JICSAP 1.1 (PSO with class 80).
 */
const harmless: ReadonlyMap<number, ReadonlySet<number>> = new Map([
  [
    0x00, // SELECT, READ BINARY, READ RECORD, GET DATA, GET CHALLENGE, INTERNAL AUTHENTICATE, GET RESPONSE
    new Set([0xa4, 0xb0, 0xb2, 0xca, 0x84, 0x88, 0xc0]),
  ],
  [0x80, new Set([0x2a])], // PERFORM SECURITY OPERATION: COMPUTE DIGITAL SIGNATURE
]);

/**
 * True for the one VERIFY that asks and does not tell: exactly `00 20 00 80+SFI`, four bytes without Lc and Le.
 * A fifth byte makes it another command (a real card answers 6700), so it is not allowed to have one.
 */
export function isCounterQuery(command: CommandApdu): boolean {
  return (
    command.cla === 0x00 &&
    command.ins === 0x20 &&
    command.p1 === 0x00 &&
    (command.p2 & 0xe0) === 0x80 &&
    command.data === undefined &&
    command.le === undefined
  );
}

/** True where a command can neither present nor change a PIN, a password or a key, and spends no try. */
export function isHarmless(command: CommandApdu): boolean {
  return isCounterQuery(command) || harmless.get(command.cla)?.has(command.ins) === true;
}
