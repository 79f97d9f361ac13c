import { portalPages } from "../paths.ts";

/** Ways to log in to Mynaportal, as it names them: ICカードリーダライタ, 2次元バーコード, スマートフォン. */
export const ways = ["reader", "qr", "phone"] as const;
export type Way = (typeof ways)[number];

export const wayNamed = (name: string | null | undefined): Way | undefined => ways.find((way) => way === name);

/** Pages that can have sent somebody to the login. */
const returnable = /^\/(mynaportal|interaction|auth)\/[\w/-]{1,200}$/;

/** Where the login leads to: to the page that asked for it, if it is one of ours; no other address is ever gone to. */
export const destination = (asked: string | null | undefined): string =>
  asked && returnable.test(asked) ? asked : portalPages.home;

/** An address with what it has to keep. */
export function keeping(path: string, kept: Readonly<Record<string, string | undefined>>): string {
  const entries = Object.entries(kept).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return entries.length === 0 ? path : `${path}?${new URLSearchParams(entries)}`;
}
