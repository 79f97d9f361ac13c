import type { Name } from "./x509.ts";

/** Which of the two certificate hierarchies. */
export type Usage = "auth" | "sign";

const unit: Record<Usage, string> = { auth: "JPKI for user authentication", sign: "JPKI for digital signature" };

/** Shaped like the real authorities' names, but for an organisation that nobody can take for them. */
export const authorityName = (usage: Usage): Name => [
  ["C", "JP"],
  ["O", "JPKI-SIM"],
  ["OU", unit[usage]],
  ["OU", "mynakit simulated card"],
];

const alternativeUnit: Record<Usage, string> = { auth: "利用者証明用（模擬）", sign: "署名用（模擬）" };

/** The authority's name in Japanese: its subjectAltName, its certificates' issuerAltName. */
export const authorityAlternativeName = (usage: Usage): Name => [
  ["C", "JP"],
  ["O", "模擬認証局（JPKI-SIM）"],
  ["OU", alternativeUnit[usage]],
];
