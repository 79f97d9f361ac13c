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
    person: "yourself",
    "tax-office": "tax office",
    municipality: "municipality",
    "pension-service": "Japan Pension Service",
    "health-insurer": "health insurer",
    "employment-office": "employment office",
  },
  grounds: { "own-request": "own request", "number-act-19-8": "My Number Act, article 19 (8)" },
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
