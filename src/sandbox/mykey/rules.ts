import type { MykeyRules } from "../../mykey/wire.ts";

interface WaitingTime {
  readonly hours: number;
  /** What it was for. */
  readonly scope: string;
  readonly since: string;
  readonly inForce: boolean;
  readonly source: string;
}

/**
 * How old a certificate must be before it can get a MyKey ID. Sources disagree because the rule changed: the longest
 * that stood for the reservation itself is in force here, the later ones are for the points of programme 2.
 */
export const waitingTimes: readonly WaitingTime[] = [
  {
    hours: 24,
    scope: "reservation",
    since: "2020",
    inForce: true,
    source:
      "5gla.sakura.ne.jp/myna/yoyaku.html: on the day of the renewal the reservation fails, after 24 hours it works",
  },
  {
    hours: 1,
    scope: "programme 2: new card, health insurance card",
    since: "2022",
    inForce: false,
    source: "Wako city, Mynapoint help 2022/23",
  },
  {
    hours: 72,
    scope: "programme 2: account for public money",
    since: "2022",
    inForce: false,
    source: "Wako city, Mynapoint help 2022/23",
  },
];

/**
 * For how many persons the budget lasts: 200 thousand million yen at 5000 points each (5gla.sakura.ne.jp, 2020). Nikkei
 * BP speaks of about 250 thousand million; the smaller one is in force here.
 */
export const reservationCap = 40_000_000;

/** The quota of which every reservation takes one. */
export const reservationQuota = "reservation";

/**
 * How another ID is chosen (wwq.mydns.jp/4129): after three choices that were taken one is generated, and three are
 * generated at most. How long the platform counts is unknown; here a day.
 */
export const changeRules = { duplicatesAllowed: 3, generatedAllowed: 3, triesLifeSeconds: 24 * 60 * 60 } as const;

const waitingHours = Math.max(...waitingTimes.filter((rule) => rule.inForce).map((rule) => rule.hours));

/** How long a proposed ID is kept for the person who thinks about it; the real platform's time is unknown. */
const proposalLifeSeconds = 10 * 60;

/** Eight letters and digits (Toyama prefectural library 2018, Nikkei BP 2020). */
const idLength = 8;

/** The real alphabet is unknown. Ours leaves out what is easily mistaken: I and 1, O and 0. */
const idAlphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/** The rules in force, as the platform tells them to clients. */
export const rules: Omit<MykeyRules, "reservations"> = {
  sandbox: true,
  waitingTimeSeconds: waitingHours * 60 * 60,
  proposalLifeSeconds,
  idLength,
  idAlphabet,
};

/** How each character is read aloud, to be noted down with the ID. */
export const readings: Readonly<Record<string, string>> = {
  A: "エー",
  B: "ビー",
  C: "シー",
  D: "ディー",
  E: "イー",
  F: "エフ",
  G: "ジー",
  H: "エイチ",
  I: "アイ",
  J: "ジェー",
  K: "ケー",
  L: "エル",
  M: "エム",
  N: "エヌ",
  O: "オー",
  P: "ピー",
  Q: "キュー",
  R: "アール",
  S: "エス",
  T: "ティー",
  U: "ユー",
  V: "ブイ",
  W: "ダブリュー",
  X: "エックス",
  Y: "ワイ",
  Z: "ゼット",
  "0": "ゼロ",
  "1": "イチ",
  "2": "ニ",
  "3": "サン",
  "4": "ヨン",
  "5": "ゴ",
  "6": "ロク",
  "7": "ナナ",
  "8": "ハチ",
  "9": "キュウ",
};
