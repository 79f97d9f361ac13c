import type { PortalNames } from "../names.ts";

const topics: PortalNames["topics"] = {
  health: "Health",
  tax: "Tax and income",
  pension: "Pension",
  children: "Children",
  household: "Household",
  welfare: "Welfare and care",
  employment: "Employment insurance, accidents at work",
};

export const en: PortalNames = {
  notices: {
    registered: () => "You have registered.",
    "application-moved": (id) => `There is news of application ${id}: mynakit portal applications ${id}`,
    "tax-return-opens": (year) => `Tax returns for ${year} are accepted from now on.`,
    "tax-transfer-planned": (year) => `The income tax for ${year} will be taken from the account.`,
    "tax-transfer-done": (year) => `The income tax for ${year} has been taken from the account.`,
    "allowance-report-opens": (year) => `The child allowance reports of ${Number(year) + 1} are accepted from now on.`,
    "information-answered": (topic) =>
      `The answer is there: ${topics[topic as keyof typeof topics] ?? topic}. See mynakit portal info ${topic}`,
  },
  topics,
  parties: {
    person: "Yourself",
    "tax-office": "Tax office",
    municipality: "Municipality",
    "pension-service": "Japan Pension Service",
    "health-insurer": "Health insurer",
    "employment-office": "Employment office",
    portal: "Mynaportal",
    service: "External service",
  },
  serviceCalled: (name) => `${name} (external service)`,
  exchangeTopics: {
    vaccinations: "Vaccinations",
    checkups: "Check-ups",
    insurance: "Health insurance",
    notices: "Notices",
    deliveries: "Private delivery services",
    registration: "Registration",
    applications: "Applications",
    attributes: "Identifier for linking",
  },
  grounds: {
    "own-request": "Own request",
    "number-act-19-8": "My Number Act, article 19 (8)",
    consent: "Your consent",
  },
  outcomes: { provided: "provided", refused: "refused" },
  states: {
    received: "received",
    "under-review": "under review",
    accepted: "accepted",
    done: "done",
    returned: "returned",
    corrected: "corrected by another",
    withdrawn: "withdrawn",
  },
};
