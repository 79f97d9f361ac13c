import type { DataOf } from "../../commands/results.ts";
import type { Block, Cell } from "../layout.ts";
import type { Messages } from "../messages/messages.ts";
import { checkBlocks } from "./checks.ts";
import type { View } from "./index.ts";

type Proof = Pick<DataOf<"card info">, "checks" | "verdict">;
type Field = readonly [label: string, value: Cell | string];

/** The data, and behind it what proves it; in front of it, where nothing does, that it is not proven. */
const proven = (data: Proof, messages: Messages, blocks: readonly Block[]): Block[] => [
  ...(data.verdict === "failed"
    ? [{ kind: "lines", lines: [{ text: messages.words.unproven, style: "bad" }] } as const]
    : []),
  ...blocks,
  ...checkBlocks(
    data.checks.map(({ name, result, detail }) => ({
      name: messages.words.integrityChecks[name],
      result,
      detail: detail ? messages.words.integrityDetails[detail] : "",
    })),
    data.verdict,
    messages.words.integrityVerdicts[data.verdict],
    messages,
  ),
];

const shownDay = ({ raw, western, japanese }: DataOf<"card serial">["expiry"]): string =>
  western ? `${western} (${japanese ?? "?"})` : raw;

/** Birth date and sex, which text and face of the card have in common. */
export const personFields = (data: Pick<DataOf<"card info">, "birthDate" | "sex">, { words }: Messages): Field[] => [
  [words.holderBirthDate, shownDay(data.birthDate)],
  [words.holderSex, words.sexes[data.sex]],
];

export const cardInfo: View<"card info"> = (data, messages) =>
  proven(data, messages, [
    {
      kind: "fields",
      fields: [
        [messages.words.holderName, { text: data.name, style: "strong" }],
        [messages.words.holderAddress, data.address],
        ...personFields(data, messages),
      ],
    },
  ]);

export const cardNumber: View<"card number"> = (data, messages) =>
  proven(data, messages, [
    { kind: "fields", fields: [[messages.words.myNumber, { text: data.number, style: "strong" }]] },
  ]);

export const cardFace: View<"card face"> = (data, messages) => {
  const { words } = messages;
  return proven(data, messages, [
    { kind: "fields", fields: [...personFields(data, messages), [words.cardExpiry, shownDay(data.expiry)]] },
    {
      kind: "table",
      head: [words.image, words.bytes, words.file],
      rows: data.images.map(({ name, bytes, file }) => [
        words.images[name],
        String(bytes),
        file ?? { text: words.notWritten, style: "muted" },
      ]),
    },
  ]);
};

export const cardSerial: View<"card serial"> = (data, { words }) => [
  {
    kind: "fields",
    fields: [
      [words.cardSerialNumber, data.serialNumber],
      [words.manufactureNumber, data.manufactureNumber],
      [words.municipality, data.municipality],
      [words.cardExpiry, shownDay(data.expiry)],
    ],
  },
];
