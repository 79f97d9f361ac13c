import type { ApplicationName, PinId } from "../jpki/applications.ts";

/** What a card knows only as long as it has power. */
export interface Session {
  powered: boolean;
  /** Selected application and EF; null after power-on and reset. */
  application: ApplicationName | null;
  file: number | null;
  /** The application to which the verified state belongs: it outlives a warm reset, which deselects it. */
  verifiedIn: ApplicationName | null;
  verified: Set<PinId>;
  /** Commands since power-on. */
  commands: number;
}

export const unpowered = (): Session => ({
  powered: false,
  application: null,
  file: null,
  verifiedIn: null,
  verified: new Set(),
  commands: 0,
});
