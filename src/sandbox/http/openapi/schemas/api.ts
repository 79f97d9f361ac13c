import * as v from "valibot";
import {
  type Attributes,
  apiScopes,
  type Deliveries,
  type DeliveryChange,
  deliveryServices,
  type InsuranceAnswer,
  insurers,
  type SelfInformationAnswer,
  selfInformation,
} from "../../../../portal/wire/api.ts";
import { type ConsentEnd, type Consents, consentStates } from "../../../../portal/wire/consents.ts";
import { type Component, component, day, flag, matching, moment, sandbox, text } from "../component.ts";
import { informationRecord } from "./portal-services.ts";

const synthetic = flag("True: it is made up, and nobody's.");
const service = v.pipe(v.picklist(deliveryServices), v.description("A stand-in for the real one."));
const consentId = matching(/^[0-9a-f]{16}$/, "Names a consent; opens nothing.");

export const apiComponents = {
  SelfInformation: component<SelfInformationAnswer>()(
    v.strictObject({
      sandbox,
      synthetic,
      of: v.pipe(v.picklist(selfInformation), v.description("What was asked for.")),
      records: v.array(informationRecord),
      planned: v.pipe(v.array(informationRecord), v.description("What falls due within a year.")),
    }),
    {
      sandbox: true,
      synthetic: true,
      of: "vaccinations",
      records: [{ day: "2026-06-01", member: "child-1", item: "vaccine-bcg", amount: null, unit: null, text: null }],
      planned: [
        { day: "2027-01-14", member: "child-1", item: "vaccine-chickenpox", amount: null, unit: null, text: null },
      ],
    },
  ),
  Insurance: component<InsuranceAnswer>()(
    v.strictObject({
      sandbox,
      synthetic,
      insurer: v.picklist(insurers),
      insuredSince: day("Since when there."),
      cardSince: v.nullable(day("Since when the card serves as the insurance card; null: it does not.")),
    }),
    { sandbox: true, synthetic: true, insurer: "employees", insuredSince: "2014-04-01", cardSince: "2022-08-03" },
  ),
  Deliveries: component<Deliveries>()(
    v.strictObject({
      sandbox,
      deliveries: v.array(v.strictObject({ service, linkedAt: v.nullable(moment("Since when; null: not linked.")) })),
    }),
    { sandbox: true, deliveries: [{ service: "mypost", linkedAt: "2026-11-22T03:00:00Z" }] },
  ),
  DeliveryChange: component<DeliveryChange>()(v.strictObject({ service, action: v.picklist(["connect", "remove"]) }), {
    service: "mypost",
    action: "connect",
  }),
  Attributes: component<Attributes>()(
    v.strictObject({
      sandbox,
      identifier: matching(/^[0-9a-f]{32}$/, "What the service links its own account to."),
    }),
    { sandbox: true, identifier: "8f14e45fceea167a5a36dedd4bea2543" },
  ),
  Consents: component<Consents>()(
    v.strictObject({
      sandbox,
      consents: v.array(
        v.strictObject({
          id: consentId,
          client: text("The OAuth client."),
          service: text("What the operator called it."),
          scopes: v.array(v.picklist(apiScopes)),
          state: v.picklist(consentStates),
          givenAt: moment("When it was given."),
          until: moment("When it ends by itself."),
          withdrawnAt: v.nullable(moment("When it was taken back.")),
        }),
      ),
    }),
    {
      sandbox: true,
      consents: [
        {
          id: "0f1e2d3c4b5a6978",
          client: "a1b2c3d4e5f60718",
          service: "健康アプリ",
          scopes: ["selfinfo:vaccinations", "selfinfo:checkups"],
          state: "standing",
          givenAt: "2026-11-22T03:00:00Z",
          until: "2026-11-22T03:15:00Z",
          withdrawnAt: null,
        },
      ],
    },
  ),
  ConsentEnd: component<ConsentEnd>()(v.strictObject({ consent: text("Its identifier.") }), {
    consent: "0f1e2d3c4b5a6978",
  }),
} as const satisfies Record<string, Component>;
