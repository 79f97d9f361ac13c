import {
  type Attributes,
  type Deliveries,
  deliveryServices,
  type InsuranceAnswer,
  type SelfInformation,
  type SelfInformationAnswer,
} from "../../portal/wire/api.ts";
import type { InformationItem, InformationRecord, InformationTopic } from "../../portal/wire/information.ts";
import type { Links } from "../../portal/wire/links.ts";
import { dayAt } from "../points/day.ts";
import type { Db } from "../store/schema.ts";
import { requireUser } from "./change.ts";
import type { ConsentRow } from "./consents.ts";
import { identifierAt, linksOf } from "./links.ts";
import { yearsAfter } from "./people/days.ts";
import { insuranceOn, registrationsOn } from "./people/insurance.ts";
import { lifeOf } from "./people/life.ts";
import { seedOf } from "./people/seed.ts";
import { recordsOf } from "./people/topics.ts";

interface Part {
  readonly topics: readonly InformationTopic[];
  readonly isOf: (item: InformationItem) => boolean;
}

const isVaccination = (item: InformationItem): boolean => item.startsWith("vaccine-");
const isCheckup = (item: InformationItem): boolean => item === "child-checkup" || item.startsWith("checkup-");

/** Which topics what can be read is of; a topic's name stands for all of it. */
function partCalled(of: SelfInformation): Part {
  if (of === "vaccinations") return { topics: ["children"], isOf: isVaccination };
  if (of === "checkups") return { topics: ["children", "health"], isOf: isCheckup };
  return { topics: [of], isOf: () => true };
}

/**
 * A topic of a person's own information (自己情報), or a part of one. It is answered at once: how long the real ones take
 * is not published.
 * @throws {Refusal} not-registered
 */
export async function selfInformationOf(
  db: Db,
  person: string,
  of: SelfInformation,
  now: number,
): Promise<SelfInformationAnswer> {
  await requireUser(db, person);
  const seed = await seedOf(db, person);
  const today = dayAt(now);
  const { topics, isOf } = partCalled(of);
  const known = (until: string): InformationRecord[] =>
    topics
      .flatMap((topic) => recordsOf(seed, topic, until))
      .filter(({ item }) => isOf(item))
      .toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  const planned = known(yearsAfter(today, 1)).filter(
    ({ day, item }) => day > today && (isVaccination(item) || item === "child-checkup"),
  );
  return { sandbox: true, synthetic: true, of, records: known(today), planned };
}

/** Who insures a person, and whether the card serves as the insurance card. @throws {Refusal} not-registered */
export async function insuranceOf(db: Db, person: string, now: number): Promise<InsuranceAnswer> {
  await requireUser(db, person);
  const seed = await seedOf(db, person);
  const today = dayAt(now);
  const { insurer, since } = insuranceOn(lifeOf(seed), today);
  const { insuranceCard: cardSince } = registrationsOn(seed, today);
  return { sandbox: true, synthetic: true, insurer, insuredSince: since, cardSince };
}

/** The private delivery services among a person's links. */
export const deliveriesIn = ({ links }: Links): Deliveries => ({
  sandbox: true,
  deliveries: deliveryServices.map((service) => ({
    service,
    linkedAt: links.find((link) => link.service === service)?.linkedAt ?? null,
  })),
});

/** The same of a person. @throws {Refusal} not-registered */
export const deliveriesOf = async (db: Db, person: string): Promise<Deliveries> =>
  deliveriesIn(await linksOf(db, person));

/** Under what a service, and no other, knows a person. @throws {Refusal} not-registered */
export async function attributesFor(db: Db, { person, client }: ConsentRow): Promise<Attributes> {
  await requireUser(db, person);
  return { sandbox: true, identifier: identifierAt(person, `client ${client}`) };
}
