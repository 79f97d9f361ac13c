import type { Profile } from "../profile.ts";
import { atrs } from "./atrs.ts";
import { resident } from "./residents.ts";

/** My Number Cards, and readers, with which something is wrong. */
export const faultyCards = {
  mute: {
    group: "faults",
    description: { ja: "応答しないカード", en: "a card that does not answer to reset" },
    person: resident("黙田　十吾", "1982-10-10", "1", "２番１号"),
    faults: { mute: true },
  },
  "counter-unreadable": {
    group: "faults",
    description: { ja: "暗証番号の残り回数を読み取れない", en: "the PIN counters cannot be read" },
    person: resident("数見　不二", "1975-01-25", "1", "２番２号"),
    switches: { query: "6F00" },
  },
  "cert-cut-short": {
    group: "faults",
    description: {
      ja: "利用者証明用電子証明書のファイルが途中で切れている",
      en: "the authentication certificate's file is cut short",
    },
    person: resident("半田　切子", "1969-08-08", "2", "２番３号"),
    authCertificate: "cut-short",
  },
  "cert-garbage": {
    group: "faults",
    description: {
      ja: "利用者証明用電子証明書のファイルが壊れている",
      en: "the authentication certificate's file is garbage",
    },
    person: resident("乱場　四郎", "1995-04-28", "1", "２番４号"),
    authCertificate: "garbage",
  },
  "removed-midway": {
    group: "faults",
    description: {
      ja: "途中で抜き取られるカード（5番目のコマンド）",
      en: "a card pulled out midway, at the fifth command",
    },
    person: resident("抜井　早苗", "2001-02-14", "2", "２番５号"),
    faults: { removeAfter: 5 },
  },
  "short-only": {
    group: "faults",
    description: {
      ja: "短縮ファイル識別子と拡張長に対応しないカード",
      en: "no short file identifiers, no extended length",
    },
    person: resident("短野　六夫", "1959-11-11", "1", "２番６号"),
    atr: atrs.contactShort,
    switches: { shortFileId: { read: "6A86", verify: "6A86", sign: "6A86" }, extendedLength: false },
  },
  "reset-by-other": {
    group: "faults",
    description: {
      ja: "よそからリセットされる（5番目のコマンド）",
      en: "reset by another program at the fifth command",
    },
    person: resident("再起　初", "1991-01-17", "9", "５番１号"),
    faults: { resetAt: 5 },
  },
  "garbage-midway": {
    group: "faults",
    description: { ja: "途中で意味不明な応答をする（5番目のコマンド）", en: "answers garbage at the fifth command" },
    person: resident("雑音　五郎", "1976-11-02", "1", "５番２号"),
    faults: { garbageAt: 5 },
  },
  "slow-3s": {
    group: "faults",
    description: { ja: "1コマンドに3秒かかる", en: "takes three seconds for every command" },
    person: resident("遅井　待子", "1968-02-29", "2", "５番３号"),
    faults: { slowMs: 3000 },
  },
  "short-apdu-reader": {
    group: "faults",
    description: { ja: "拡張長に対応しないリーダー", en: "a reader that carries short APDUs only" },
    person: resident("短冊　読男", "1998-04-04", "1", "５番４号"),
    switches: { extendedLength: false },
  },
  "verified-elsewhere": {
    group: "faults",
    description: {
      ja: "ほかのプログラムが暗証番号を照合したままのカード",
      en: "another program left the PIN verified",
    },
    person: resident("開田　放", "1989-12-24", "9", "５番５号"),
    switches: { query: "9000-when-verified" },
    faults: { verifiedElsewhere: "auth" },
  },
} as const satisfies Readonly<Record<string, Profile>>;
