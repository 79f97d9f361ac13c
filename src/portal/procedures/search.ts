import type { Catalogue, LifeEvent, Municipality, Offer, ProcedureKind } from "./wire.ts";

/** A procedure as one municipality offers it. */
export interface Procedure extends Omit<ProcedureKind, "offers">, Omit<Offer, "municipality"> {
  /** `131105-moving-out`. */
  readonly id: string;
  readonly municipality: Municipality;
  /** Whether it can be applied for today. */
  readonly open: boolean;
}

const kanaDistance = 0x60;

/**
 * Text as it is compared: what Unicode holds for compatible is the same (NFKC), capital letters and small ones too, and
 * katakana and hiragana; spaces do not count, nor that before a voiced sound mark that stands by itself (U+309B).
 */
export function folded(text: string): string {
  const hiragana = (katakana: string): string => String.fromCodePoint((katakana.codePointAt(0) ?? 0) - kanaDistance);
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\u30a1-\u30f6]/g, hiragana)
    .replace(/\s/g, "")
    .normalize("NFKC");
}

/** Municipalities of a code, else of a name (with its prefecture or without), else those whose name has it in it. */
export function municipalitiesOf({ municipalities }: Catalogue, wanted: string): readonly Municipality[] {
  const sought = folded(wanted);
  const named = (test: (spelling: string) => boolean) =>
    municipalities.filter(({ code, name, kana, prefecture }) =>
      [code, name, kana, `${prefecture}${name}`].some((spelling) => test(folded(spelling))),
    );
  const exact = named((spelling) => spelling === sought);
  return exact.length > 0 || sought === "" ? exact : named((spelling) => spelling.includes(sought));
}

export interface Search {
  readonly municipality: Municipality;
  readonly lifeEvent?: LifeEvent;
  /** Its parts, separated by spaces, must all be found. */
  readonly keyword?: string;
}

/** What a municipality offers for a life event, with a keyword in title, summary or keywords. */
export function searchProcedures(catalogue: Catalogue, { municipality, lifeEvent, keyword = "" }: Search): Procedure[] {
  const parts = keyword.normalize("NFKC").split(/\s+/).map(folded);
  return proceduresIn(catalogue, municipality).filter(
    ({ lifeEvents, title, summary, keywords }) =>
      (lifeEvent === undefined || lifeEvents.includes(lifeEvent)) &&
      parts.every((part) =>
        [title.ja, title.en, summary.ja, summary.en, ...keywords].some((text) => folded(text).includes(part)),
      ),
  );
}

/** The procedure of an id; undefined: there is none. */
export function procedureOf(catalogue: Catalogue, id: string): Procedure | undefined {
  return catalogue.municipalities
    .flatMap((municipality) => proceduresIn(catalogue, municipality))
    .find((procedure) => procedure.id === id.toLowerCase());
}

function proceduresIn({ procedures, today }: Catalogue, municipality: Municipality): Procedure[] {
  return procedures.flatMap(({ offers, ...kind }) =>
    offers
      .filter((offer) => offer.municipality === municipality.code)
      .map(({ channel, from, until }) => ({
        ...kind,
        id: `${municipality.code}-${kind.kind}`,
        municipality,
        channel,
        from,
        until,
        open: (from ?? today) <= today && today <= (until ?? today),
      })),
  );
}
