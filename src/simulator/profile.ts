import type { PinId } from "../jpki/applications.ts";
import type { SimGeneration } from "../login/sim-authorities.ts";
import type { Faults, Person, Switches } from "./image.ts";
import type { Link } from "./link.ts";

/** What a profile is about, in the order in which they are shown. */
export const profileGroups = ["people", "pins", "certificates", "phones", "other-cards", "faults"] as const;

export type ProfileGroup = (typeof profileGroups)[number];

/** A kind of card to make: a person or a fault with a name. What is left out is as in `standard`. */
export interface Profile {
  readonly group: ProfileGroup;
  readonly description: { readonly ja: string; readonly en: string };
  /** Null: a card of another kind, with no application of ours. */
  readonly person: Person | null;
  /** The applications' names that a card of another kind answers to, in hexadecimal. */
  readonly answersTo?: readonly string[];
  readonly atr?: string;
  readonly tokenLabel?: string;
  /** When the certificates were issued, in hours before the card is made; negative: after. */
  readonly issuedHoursAgo?: number;
  /** The authorities' generation; that of the time of issue if not given. */
  readonly generation?: SimGeneration;
  /** Counters of a card that has seen wrong entries. */
  readonly remaining?: Partial<Record<PinId, number>>;
  /** `absent`: the certificate's file alone is missing; its PIN and key are there. */
  readonly authCertificate?: "absent" | "cut-short" | "garbage" | "behind-pin";
  /** Missing together with its key and PIN. What a real card answers then is not published; here 6A82. */
  readonly signCertificate?: "absent";
  /** A phone holds the JPKI application alone. */
  readonly jpkiOnly?: boolean;
  readonly switches?: Partial<Switches>;
  readonly faults?: Partial<Faults>;
  readonly link?: Link;
  /** True: the card condemns a client that sends a second VERIFY after a wrong one. */
  readonly strict?: boolean;
}
