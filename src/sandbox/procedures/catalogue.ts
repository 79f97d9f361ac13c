import type {
  ApplicationChannel,
  Catalogue,
  Municipality,
  Offer,
  ProcedureKind,
} from "../../portal/procedures/wire.ts";
import { dayAt } from "../points/day.ts";
import { type FormKind, forms } from "./forms.ts";
import { type MunicipalityCode, municipalities } from "./municipalities.ts";

/** The day on which what follows was written down. */
const asOf = "2026-11-01";

/** How each is applied for where nothing else is said. */
const usual: Readonly<Record<FormKind, ApplicationChannel>> = {
  "child-allowance": "online",
  "child-allowance-name": "print",
  nursery: "online",
  "work-certificate": "online",
  "care-certification": "online",
  "moving-out": "online",
  "seal-registration": "counter",
  benefit: "online",
  "special-fixed-benefit": "online",
  "disaster-certificate": "online",
  "company-setup": "online",
  "insurance-enrolment": "online",
  "residence-extension": "online",
};

/** To whom an application goes: the kinds that the portal's API names. */
export type ProcedureArea = "company" | "social-insurance-tax" | "residence" | "municipal";

/** Everything else goes to municipalities. */
const areas: Partial<Record<FormKind, ProcedureArea>> = {
  "company-setup": "company",
  "insurance-enrolment": "social-insurance-tax",
  "residence-extension": "residence",
};

const periods: Partial<Record<FormKind, Pick<Offer, "from" | "until">>> = {
  "special-fixed-benefit": { from: "2020-05-01", until: "2020-08-31" },
};

/** Where it is otherwise; null: it is not offered there. */
const otherwise: Partial<Record<MunicipalityCode, Partial<Record<FormKind, ApplicationChannel | null>>>> = {
  "012335": { nursery: "print", "care-certification": "counter", "company-setup": null },
  "072133": { "work-certificate": "print", "company-setup": null },
  "342084": { "child-allowance": "print", "care-certification": "print" },
};

function offersOf(kind: FormKind): Offer[] {
  return municipalities.flatMap(({ code }) => {
    const differing = otherwise[code]?.[kind];
    const channel = differing === undefined ? usual[kind] : differing;
    return channel === null ? [] : [{ municipality: code, channel, from: null, until: null, ...periods[kind] }];
  });
}

const procedures: readonly ProcedureKind[] = forms.map((form) => ({ ...form, offers: offersOf(form.kind) }));

const areaOf = (kind: string): ProcedureArea =>
  new Map<string, ProcedureArea>(Object.entries(areas)).get(kind) ?? "municipal";

/** What of it goes to whom. @param now milliseconds since the epoch */
export const catalogueOf = (area: ProcedureArea, now: number): Catalogue =>
  part(now, ({ kind }) => areaOf(kind) === area);

/** The procedure of one form. @param now milliseconds since the epoch */
export const catalogueOfForm = (form: FormKind, now: number): Catalogue => part(now, ({ kind }) => kind === form);

function part(now: number, belongs: (procedure: ProcedureKind) => boolean): Catalogue {
  const whole = catalogueOn(now);
  return { ...whole, procedures: whole.procedures.filter(belongs) };
}

/** Every procedure that the sandbox knows. @param now milliseconds since the epoch */
export const catalogueOn = (now: number): Catalogue => ({
  sandbox: true,
  asOf,
  today: dayAt(now),
  municipalities,
  procedures,
});

/** A procedure as one municipality offers it. */
export interface Offered {
  readonly kind: ProcedureKind;
  readonly offer: Offer;
  readonly municipality: Municipality;
}

/** What an application's `procedure` names; undefined: nothing. */
export function offeredAs(id: string): Offered | undefined {
  for (const kind of procedures) {
    const offer = kind.offers.find((each) => `${each.municipality}-${kind.kind}` === id);
    const municipality = municipalities.find(({ code }) => code === offer?.municipality);
    if (offer && municipality) return { kind, offer, municipality };
  }
  return undefined;
}
