import { submissionRefusals } from "../../../../portal/procedures/wire.ts";
import { type ApiScope, apiPaths, type SelfInformation, selfInformation } from "../../../../portal/wire/api.ts";
import type { ComponentName, Operation } from "../operation.ts";

type Described = Pick<Operation, "id" | "path" | "summary">;

/** What nobody has to consent to. */
const open = (described: Described): Operation => ({
  ...described,
  method: "GET",
  access: "nothing",
  answer: "Catalogue",
});

const reading = (scope: ApiScope, answer: ComponentName, described: Described): Operation => ({
  ...described,
  method: "GET",
  access: "consent",
  scope,
  answer,
  refusals: ["not-registered"],
});

const writing = (
  scope: ApiScope,
  operation: Described & Pick<Operation, "body" | "answer" | "refusals">,
): Operation => ({ ...operation, method: "POST", access: "consent", scope, once: true });

/** Applications (手続申請). */
export const apiProcedures: readonly Operation[] = [
  open({ path: apiPaths.companyProcedures, id: "listCompanyProcedures", summary: "Setting up a company (法人設立)." }),
  open({
    path: apiPaths.insuranceProcedures,
    id: "listInsuranceProcedures",
    summary: "Social insurance and tax (社会保険・税).",
  }),
  open({ path: apiPaths.residenceProcedures, id: "listResidenceProcedures", summary: "Residence status (在留)." }),
  open({
    path: apiPaths.municipalProcedures,
    id: "listMunicipalProcedures",
    summary: "Procedures of municipalities (地方公共団体手続).",
  }),
  {
    ...reading("procedures:status", "ApplicationList", {
      path: apiPaths.applications,
      id: "followApplications",
      summary: "The person's applications and their states.",
    }),
    refusals: [],
  },
  writing("procedures:submit", {
    path: apiPaths.applications,
    id: "submitForPerson",
    summary: "Hands in an application that the person's signing key has signed. The same again is answered as before.",
    body: "Submission",
    answer: "Received",
    refusals: submissionRefusals,
  }),
];

/** Forms (様式取得). */
export const apiForms: readonly Operation[] = [
  open({
    path: apiPaths.workCertificate,
    id: "getWorkCertificate",
    summary: "The form of a work certificate (就労証明書), and which municipalities take it.",
  }),
];

const summaries: Readonly<Record<SelfInformation, string>> = {
  health: "Health (健康・医療).",
  tax: "Tax and income (税・所得).",
  pension: "Pension (年金).",
  children: "Children (子供・子育て).",
  household: "Household (世帯).",
  welfare: "Welfare and care (福祉・介護).",
  employment: "Employment insurance, accidents at work (雇用保険・労災).",
  vaccinations: "Vaccinations (予防接種), given and planned.",
  checkups: "Check-ups (健診), done and planned.",
};

const capital = (name: string): string => `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;

/** Information about the person (利用者情報取得). */
export const apiInformation: readonly Operation[] = [
  ...selfInformation.map((of) =>
    reading(`selfinfo:${of}`, "SelfInformation", {
      path: apiPaths[of],
      id: `get${capital(of)}`,
      summary: summaries[of],
    }),
  ),
  reading("selfinfo:insurance", "Insurance", {
    path: apiPaths.insurance,
    id: "getInsurance",
    summary: "Health insurance (医療保険情報).",
  }),
  reading("selfinfo:notices", "Notices", {
    path: apiPaths.notices,
    id: "getNotices",
    summary: "The person's notices (お知らせ情報).",
  }),
  reading("selfinfo:deliveries", "Deliveries", {
    path: apiPaths.deliveries,
    id: "getDeliveries",
    summary: "The private delivery services that the person linked (民間送達サービス保有情報).",
  }),
  reading("selfinfo:registration", "PortalUser", {
    path: apiPaths.registration,
    id: "getRegistration",
    summary: "What the person registered with Mynaportal (利用者登録).",
  }),
  writing("registration:write", {
    path: apiPaths.registration,
    id: "registerPerson",
    summary: "Registers the person with Mynaportal.",
    body: "UserRegistration",
    answer: "PortalUser",
    refusals: ["already-registered", "registration-malformed"],
  }),
];

/** Connections (つなぐ). */
export const apiConnections: readonly Operation[] = [
  writing("link:deliveries", {
    path: apiPaths.deliveryConnections,
    id: "connectDelivery",
    summary: "Links a private delivery service, or takes it away (民間送達接続).",
    body: "DeliveryChange",
    answer: "Deliveries",
    refusals: ["not-registered", "already-linked", "not-linked"],
  }),
  reading("link:attributes", "Attributes", {
    path: apiPaths.attributes,
    id: "getAttributes",
    summary: "Under what this service, and no other, knows the person (属性連携).",
  }),
];
