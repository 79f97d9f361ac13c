import { portalTopics } from "./portal-topics.ts";
import { relatedSites } from "./related-sites.ts";

/** What can be explained, without its words (`ui/messages/<language>/explanations.ts`). */
export interface Subject {
  /** What else a person may call it. */
  readonly names?: readonly string[];
  readonly sources: readonly string[];
  /** Official addresses to go to, or to compare with. */
  readonly addresses?: readonly string[];
}

const faq2020 = "mynumbercard.point.soumu.go.jp/faq (2020)";
const guide2020 = "5gla.sakura.ne.jp/myna/yoyaku.html (2020)";
const pinPages = "jpki.go.jp/procedure/password.html, kojinbango-card.go.jp, digital.go.jp";

/** Hosts of the services around the card. What ends otherwise is none of them, however it looks. */
const officialHosts = [
  ...Object.values(relatedSites).flatMap(({ address }) => address ?? []),
  "https://mynumbercard.point.soumu.go.jp",
];

export const topics = {
  contacts: {
    names: ["contact", "support", "help", "窓口", "問い合わせ", "連絡先", "電話"],
    sources: [faq2020, "myna.go.jp", "digital.go.jp"],
    addresses: [relatedSites.card.address, relatedSites.jpki.address, relatedSites["digital-agency"].address],
  },
  "lost-card": {
    names: ["lost", "stolen", "紛失", "盗難"],
    sources: [faq2020],
    addresses: [relatedSites.card.address],
  },
  pins: {
    names: ["pin", "which-pin", "password", "暗証番号", "パスワード", "ロック", "暗証番号の初期化"],
    sources: [pinPages, "city.omihachiman.lg.jp", "city.niigata.lg.jp", "trinitas.jp/column/2344 (2022)"],
    addresses: [relatedSites.jpki.address],
  },
  phishing: {
    names: ["scam", "url", "フィッシング", "詐欺"],
    sources: [guide2020],
    addresses: officialHosts,
  },
  reservation: {
    names: ["reserve", "issue", "予約", "発行", "マイキーid"],
    sources: [faq2020, guide2020],
  },
  "carry-over": {
    names: ["renewal", "renew", "reissue", "更新", "再交付", "引継ぎ"],
    sources: [faq2020, guide2020, "Wako city (2022/23)"],
  },
  ...portalTopics,
} as const satisfies Record<string, Subject>;

/** Codes that the services show, by the noun of the service. Only what a public source tells of is here. */
export const serviceCodes = {
  MKEC101E: { kind: "mykey-code", sources: ["MyKey browser extension"] },
  MKEC102E: { kind: "mykey-code", sources: ["MyKey browser extension"] },
  MKEC201E: { kind: "mykey-code", sources: ["MyKey browser extension"] },
  MKCZ405E: { kind: "mykey-code", sources: ["did2memo.net (2020-06-30)"] },
  E0008: { kind: "mykey-code", names: ["00210026"], sources: ["did2memo.net (2020-07-02)"] },
  "EW044-C300": {
    kind: "portal-code",
    names: ["EM044-C300"],
    sources: ["Mynaportal browser extension", "github.com/jpki/myna"],
  },
  "EI123-2008": { kind: "portal-code", names: ["MPA-IS-I05"], sources: ["did2memo.net (2024-02-04)"] },
  "EI123-2303": { kind: "portal-code", sources: ["sbapp.net"] },
  "115": {
    kind: "portal-code",
    names: ["エラーコード115"],
    sources: ["did2memo.net (2020-05-06)", "sbapp.net", "net-trouble"],
  },
  "62010": { kind: "portal-code", names: ["69900", "90010"], sources: ["app-story", "did2memo.net"] },
} as const satisfies Record<string, Subject & { readonly kind: string }>;

export type Topic = keyof typeof topics;
export type ServiceCode = keyof typeof serviceCodes;

export const isTopic = (id: string): id is Topic => Object.hasOwn(topics, id);
export const isServiceCode = (id: string): id is ServiceCode => Object.hasOwn(serviceCodes, id);

const subjects: readonly (readonly [string, Subject])[] = Object.entries<Subject>({ ...topics, ...serviceCodes });

/** The identifier of a subject, by it or by what else it is called, however it is typed; undefined: there is none. */
export function subjectCalled(given: string, others: readonly string[]): string | undefined {
  const called = normal(given);
  const [id] =
    subjects.find(([each, { names = [] }]) => [each, ...names].some((name) => normal(name) === called)) ?? [];
  return id ?? others.find((other) => normal(other) === called);
}

const normal = (text: string): string =>
  text
    .normalize("NFKC")
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, "-");

const most = 5;

/** The identifiers most like what was typed, the nearest first. */
export function nearest(given: string, ids: readonly string[]): string[] {
  const typed = normal(given);
  const limit = Math.max(2, Math.floor(typed.length / 3));
  return ids
    .map((id) => ({ id, distance: editDistance(typed, normal(id)) }))
    .filter(({ id, distance }) => distance <= limit || (typed.length > 3 && normal(id).includes(typed)))
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, most)
    .map(({ id }) => id);
}

/** How many characters must be put in, left out or replaced to make one text of the other (Levenshtein 1965). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, character] of [...from].entries()) {
    const next = [index + 1];
    for (let column = 1; column <= to.length; column++) {
      const replaced = (row[column - 1] ?? 0) + (to[column - 1] === character ? 0 : 1);
      next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
