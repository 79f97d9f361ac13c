import { describe, expect, test } from "vitest";
import type { ShownApplication } from "../../src/commands/context.ts";
import { globalOptions } from "../../src/commands/options.ts";
import { commandEntries } from "../../src/commands/registry.ts";
import { errorText, warningText } from "../../src/ui/envelope.ts";
import { en } from "../../src/ui/messages/en/index.ts";
import { ja } from "../../src/ui/messages/ja/index.ts";
import type { Messages } from "../../src/ui/messages/messages.ts";
import { errorCodes, sampleErrors, sampleWarnings, warningCodes } from "../../src/ui/messages/samples.ts";

/** `given`: what stands in the text in a stranger's own words. */
interface Text {
  readonly where: string;
  readonly text: string;
  readonly given?: readonly string[];
}

/** With a field and an attachment. */
const shownApplication: ShownApplication = {
  procedure: {
    id: "□",
    kind: "□",
    version: 1,
    title: { ja: "□", en: "□" },
    summary: { ja: "□", en: "□" },
    keywords: [],
    lifeEvents: [],
    fields: [{ name: "□", label: { ja: "□", en: "□" }, type: "text", required: true, length: 9, choices: [] }],
    attachments: [],
    municipality: { code: "□", name: "□", kana: "□", prefecture: "□" },
    channel: "online",
    from: null,
    until: null,
    open: true,
  },
  applicant: {
    name: "□",
    address: "□",
    birthDate: { raw: "□", western: "□", japanese: "□" },
    sex: "female",
    sexCode: "2",
  },
  answers: [{ name: "□", label: { ja: "□", en: "□" }, answer: { ja: "□", en: "□" } }],
  attachments: [{ name: "□", label: { ja: "□", en: "□" }, mediaType: "application/pdf", size: 9, sha256: "□" }],
};
const shownGiven = ["application/pdf"];

/** What the texts that are functions are called with, by the path at which they stand. */
const called = {
  portal: ({ portal }: Messages): Text[] => [
    { where: "portal.answerLater", text: portal.answerLater("□", "□") },
    { where: "portal.member", text: portal.member("self") },
    { where: "portal.csvWritten", text: portal.csvWritten("□") },
    { where: "portal.serviceCalled", text: portal.serviceCalled("□") },
    { where: "portal.serviceAsks", text: portal.serviceAsks({ name: "□", scopes: "□", address: null, at: "□" }) },
    { where: "portal.linked", text: portal.linked("□") },
    { where: "portal.confirmLink", text: portal.confirmLink("□", "") },
    { where: "portal.demand", text: portal.demand("□", 2026, 1) },
    { where: "portal.yen", text: portal.yen("□") },
    { where: "portal.paidWith", text: portal.paidWith("□", "□") },
    { where: "portal.confirmPayment", text: portal.confirmPayment("□", "□", "□") },
  ],
  prompt: ({ prompt }: Messages): Text[] => [
    { where: "prompt.pin", text: prompt.pin({ name: "□", form: "□", tries: 3, max: 3, purpose: "□" }) },
    { where: "prompt.confirmIssue", text: prompt.confirmIssue({ mykeyId: "□", furigana: "□" }) },
    { where: "prompt.confirmApplication", text: prompt.confirmApplication({ service: "□", serviceId: "□" }) },
    { where: "prompt.securityCode", text: prompt.securityCode("□") },
    { where: "prompt.confirmChange", text: prompt.confirmChange({ mykeyId: "□", furigana: "□", generatedLeft: 2 }) },
    { where: "prompt.confirmDevice", text: prompt.confirmDevice("□") },
    { where: "prompt.newPin", text: prompt.newPin({ name: "□", form: "□" }) },
    { where: "prompt.newPinAgain", text: prompt.newPinAgain({ name: "□" }) },
    { where: "prompt.confirmObvious", text: prompt.confirmObvious("sequence") },
    { where: "prompt.confirmNumber", text: prompt.confirmNumber(true) },
    { where: "prompt.malformed", text: prompt.malformed("□") },
  ],
  progress: ({ progress }: Messages): Text[] => [
    { where: "progress.waitingForCard", text: progress.waitingForCard(undefined) },
    { where: "progress.deviceCode", text: progress.deviceCode({ userCode: "□", address: "□", command: "□" }) },
    { where: "progress.openAddress", text: progress.openAddress("□") },
    { where: "progress.awaitingBrowser", text: progress.awaitingBrowser("□") },
    { where: "progress.platformAway", text: progress.platformAway({ reason: "□", seconds: 2 }) },
    { where: "progress.awaitingApproval", text: progress.awaitingApproval("□") },
    {
      where: "progress.deviceAsks",
      text: progress.deviceAsks({ device: null, client: "□", address: null, requestedAt: "□" }),
    },
    { where: "progress.cardInserted", text: progress.cardInserted("□") },
    { where: "progress.batch", text: progress.batch({ done: 2, lines: 3, failed: 1 }) },
    { where: "progress.sandboxReady", text: progress.sandboxReady("□") },
    { where: "progress.application", text: progress.application(shownApplication).join("\n"), given: shownGiven },
    {
      where: "progress.document",
      text: progress.document({ name: "□", size: 3, hash: "sha256", digest: "□", discloses: true }),
    },
    { where: "progress.proposal", text: progress.proposal({ mykeyId: "□", furigana: "□" }) },
  ],
  apdu: ({ apdu }: Messages): Text[] => [
    { where: "apdu.bytes", text: apdu.bytes(2) },
    { where: "apdu.offset", text: apdu.offset(2) },
    { where: "apdu.record", text: apdu.record(2) },
    { where: "apdu.object", text: apdu.object("□") },
    { where: "apdu.session", text: apdu.session(2) },
    { where: "apdu.milliseconds", text: apdu.milliseconds(2) },
    { where: "apdu.concealedCounts", text: apdu.concealedCounts(2, 2) },
    { where: "apdu.masked", text: apdu.masked(2) },
    { where: "apdu.unsent", text: apdu.unsent(2) },
  ],
  operator: ({ operator }: Messages): Text[] => [
    { where: "operator.ahead", text: operator.ahead(3600) },
    { where: "operator.since", text: operator.since("□") },
  ],
  points: ({ points }: Messages): Text[] => [
    { where: "points.programme", text: points.programme(1) },
    { where: "points.knownBy", text: points.knownBy("□") },
    { where: "points.otherwise", text: points.otherwise("□", "□") },
    { where: "points.month", text: points.month("□") },
    { where: "points.yen", text: points.yen("□") },
    { where: "points.points", text: points.points("□") },
    { where: "points.percent", text: points.percent(25) },
    { where: "points.people", text: points.people("□") },
    { where: "points.pointsOf", text: points.pointsOf("□", "□") },
    { where: "points.remainingOf", text: points.remainingOf("□", "□") },
  ],
  procedures: ({ procedures }: Messages): Text[] => [
    { where: "procedures.until", text: procedures.until("□", "□") },
    {
      where: "procedures.requiredWhere",
      text: procedures.requiredWhere({ field: "□", value: "□" }),
    },
    { where: "procedures.mostOf", text: procedures.mostOf("□", "□") },
  ],
  words: ({ words }: Messages): Text[] => [
    { where: "words.substituted", text: words.substituted("□") },
    { where: "words.writtenTo", text: words.writtenTo("□") },
    { where: "words.mykeyChanged", text: words.mykeyChanged("□") },
    { where: "words.mykeyRevoked", text: words.mykeyRevoked("□") },
    { where: "words.mykeySuspended", text: words.mykeySuspended("□") },
    { where: "words.actors", text: words.actors("person") },
    { where: "words.actions", text: words.actions("mykey.issue") },
    { where: "words.violation", text: words.violation("□", 2) },
    { where: "words.asExpected", text: words.asExpected("□") },
    { where: "words.notAsExpected", text: words.notAsExpected("□") },
    { where: "words.deleted", text: words.deleted("□") },
    { where: "words.pinRight", text: words.pinRight("□") },
    { where: "words.pinChanged", text: words.pinChanged("□") },
    { where: "words.auditProblem", text: words.auditProblem("line-changed", 2) },
  ],
};

const stringsIn = (value: unknown): string[] => storedTexts(value, "").map(({ text }) => text);

/** Texts that are not in the object itself: they are made from details. */
const madeTexts = (messages: Messages): Text[] => [
  ...errorCodes.flatMap((code) =>
    sampleErrors(code).flatMap((error): Text[] => {
      const { message, hint } = errorText(messages, error);
      const given = stringsIn(error.details);
      return [
        { where: `${code} message`, text: message, given },
        { where: `${code} hint`, text: hint, given },
      ];
    }),
  ),
  ...warningCodes.flatMap((code) =>
    sampleWarnings(code).map((warning): Text => {
      return { where: code, text: warningText(messages, warning), given: stringsIn(warning.details) };
    }),
  ),
  ...Object.values(called).flatMap((call) => call(messages)),
];

function storedTexts(value: unknown, where: string): Text[] {
  if (typeof value === "string") return [{ where, text: value }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => storedTexts(inner, where ? `${where}.${key}` : key));
}

const explanations = new Map([
  ["en", await en.explanations()],
  ["ja", await ja.explanations()],
]);

const textsOf = (messages: Messages): Text[] => [
  ...storedTexts(explanations.get(messages.language), "explanations"),
  ...storedTexts({ ...messages, language: undefined }, ""),
  ...madeTexts(messages),
];

/** What is typed or addressed in every language alike. */
const typed =
  /mynakit( [a-z][a-z-]*)*|\b(sim|pcsc|replay|vpcd):\S*|(https?|postgres|chrome|edge):\/\/\S*|about:addons|\b([\w-]+\.)+(go\.)?jp\b|(?<!\w)--?[a-z][a-z-]*|MYNAKIT_\w+|SIGTERM|org\.debian\.[\w.-]+|chmod \d+|\b[a-z][A-Za-z.]*=\S+|(text|visual)-(a|birth|b)|\b(ERR|WARN)_\w*|\bMKEC\w+|\bE[IMW]\d{3}-C?\d+|\b[a-z]+:[a-z]+\b|\bopenid portal mykey\b/g;
/** Names and abbreviations that Japanese writes as they are. */
const terms = new Set(
  "CSV BCG PIN PEM DER CRL OCSP J-LIS ID A B FeliCa PASMO JPKI AP CA APDU VERIFY JSON IC RFC SHA-256 Node.js Ctrl-C SQLite polkit ssh gpg vpcd pcsclite embedded localhost auth text N T09 yes npm rebuild CMS JWS CAdES OpenSSL p7s p7m RS256 RS384 RS512 UTF-8 x5c F RSA PKCS v1.5 sign base64 binary pin b era gregorian ATR atr CLA Lc Le MYNUMBER TLV PDF PAdES XFA signed.pdf X Y lost-card go.jp lg.jp https on off none next I O published d12h30m15s TLS HTTP IP openssl pkey JWKS BEGIN CERTIFICATE PRIVATE KEY X-Forwarded-For Prometheus error warn info NODE_EXTRA_CA_CERTS no applications-from applications-until grants-from grants-until premium-percent premium-of-yen premium-points budget-people guardian-for-minor Suica ISO IEC Type iPhone Chrome Edge Firefox Safari Internet Explorer OK QR e e-shishobako e-Tax e-tax MyPost WEB child-raising care disaster OAuth OpenID Connect PKCE http issuer openid".split(
    " ",
  ),
);

function latinWords({ text, given = [] }: Text): string[] {
  const longestFirst = given.filter(Boolean).toSorted((a, b) => b.length - a.length);
  const own = longestFirst.reduce((sofar, words) => sofar.replaceAll(words, ""), text);
  const words = own.replace(typed, "").match(/[A-Za-z][\w.-]*/g) ?? [];
  return words.map((word) => word.replace(/[.-]+$/, "")).filter((word) => !terms.has(word));
}

const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;

const offenders = (messages: Messages, offends: (text: string) => boolean): Text[] =>
  textsOf(messages).filter(({ text }) => offends(text));

test.each([en, ja])("$language: every text says something", (messages) => {
  const empty = /^\s*$|undefined|null|NaN|\[object|Invalid Date/;
  expect(textsOf(messages).length).toBeGreaterThan(200);
  expect(offenders(messages, (text) => empty.test(text))).toEqual([]);
});

test("both languages have the same texts", () => {
  const places = (messages: Messages): string[] => textsOf(messages).map(({ where }) => where);
  expect(places(ja)).toEqual(places(en));
});

test("every function among the texts is called here", () => {
  for (const [group, call] of Object.entries(called)) {
    const functions = Object.entries(en[group as keyof typeof called]).filter(
      ([, value]) => typeof value === "function",
    );
    const elsewhere = ["words.triesOf", "words.reasons", "words.list"];
    const expected = functions.map(([key]) => `${group}.${key}`).filter((where) => !elsewhere.includes(where));
    expect(call(en).map(({ where }) => where)).toEqual(expected);
  }
});

test.each([en, ja])("$language: what a command or option is for is said to every one", (messages) => {
  for (const [name] of commandEntries) expect(messages.nouns[name.split(" ")[0] ?? ""] ?? name).not.toBe("");
  expect(Object.keys(messages.globalOptions)).toEqual(Object.keys(globalOptions));
});

test("Japanese texts are Japanese", () => {
  /** A name that is the same in every language, and a command to be typed. */
  const untranslated = ["words.fingerprint", "ERR_IO_PIN_FILE_MODE hint"];
  const foreign = offenders(ja, (text) => !japanese.test(text)).map(({ where }) => where);
  expect(foreign.filter((where) => !untranslated.includes(where))).toEqual([]);
});

test("no English was left in Japanese texts", () => {
  const left = textsOf(ja).map((text) => ({ where: text.where, words: latinWords(text) }));
  expect(left.filter(({ words }) => words.length > 0)).toEqual([]);
});

test("English texts hold no Japanese", () => {
  expect(offenders(en, (text) => japanese.test(text))).toEqual([]);
});

describe("reasons and counts", () => {
  test("a reason that is not known is shown as it is", () => {
    expect(en.words.reasons("certificate-eaten")).toBe("certificate-eaten");
  });

  test("a reason that is known is put into words", () => {
    expect(en.words.reasons("pin-locked")).toBe("the PIN is locked");
    expect(ja.words.reasons("pin-locked")).toMatch(japanese);
  });

  test("a counter that cannot be read is a question mark", () => {
    expect(en.words.triesOf(null, 3)).toBe("?");
    expect(en.words.triesOf(2, null)).toBe("2");
    expect(en.words.triesOf(2, 3)).toBe("2 of 3");
    expect(ja.words.triesOf(2, 3)).toBe("2/3");
  });
});
