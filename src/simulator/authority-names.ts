import type { SimGeneration } from "../login/sim-authorities.ts";
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

/**
 * When each generation of authorities began to issue; the real ones began on these days. Source: the validity of their
 * certificates, by way of public verifiers.
 */
export const generationBegins: Readonly<Record<SimGeneration, string>> = {
  2015: "2015-10-20T03:00:00Z",
  2019: "2019-09-14T00:00:00Z",
  2023: "2023-07-16T01:00:00Z",
};

/** The generation that issued certificates at a time: the newest that had begun, or the first of all. */
export function generationAt(time: Date): SimGeneration {
  if (time >= new Date(generationBegins[2023])) return 2023;
  return time >= new Date(generationBegins[2019]) ? 2019 : 2015;
}
