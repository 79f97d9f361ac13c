interface Site {
  /** Null: no source names it for certain, and a wrong one would be worse than none. */
  readonly address: string | null;
  /** The year of the latest source that names the service or its address; null: the sources bear no date. */
  readonly seen: string | null;
  /** What stands in for it here, at the sandbox. */
  readonly command: string | null;
}

/**
 * Services around the card, which Mynaportal and its guides link to. Sources: the guides of `explain related-sites`, and
 * the official pages that the others name.
 */
export const relatedSites = {
  mynaportal: { address: "https://myna.go.jp", seen: "2023", command: "mynakit portal login" },
  "e-tax": { address: null, seen: "2022", command: "mynakit portal links" },
  "nenkin-net": { address: null, seen: "2022", command: "mynakit portal links" },
  "e-shishobako": { address: null, seen: "2022", command: "mynakit portal links" },
  mypost: { address: null, seen: "2022", command: "mynakit portal links" },
  "one-stop": { address: null, seen: "2022", command: "mynakit portal procedures search" },
  "public-payments": { address: null, seen: "2022", command: "mynakit portal pay" },
  mykey: { address: "https://id.mykey.soumu.go.jp", seen: "2020", command: "mynakit mykey issue" },
  jpki: { address: "https://www.jpki.go.jp", seen: "2026", command: "mynakit cert check" },
  card: { address: "https://www.kojinbango-card.go.jp", seen: null, command: "mynakit card status" },
  "digital-agency": { address: "https://www.digital.go.jp", seen: "2026", command: null },
} as const satisfies Record<string, Site>;

export type RelatedSite = keyof typeof relatedSites;
