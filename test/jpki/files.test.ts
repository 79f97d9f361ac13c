import { describe, expect, test } from "vitest";
import { encodeTlv } from "../../src/apdu/tlv.ts";
import { withCard } from "../../src/jpki/card.ts";
import { parseCertificate } from "../../src/jpki/certificate/parse.ts";
import { readCertificate } from "../../src/jpki/certificate/read.ts";
import type { CardImage } from "../../src/simulator/image.ts";
import { connect, type ObservedReader, scriptedReader, simulatedReader } from "./support/readers.ts";

/** Any object of 1600 bytes in all: to the reader of a file a certificate is a length. */
const certificate = encodeTlv(0x30, new Uint8Array(1596).fill(0xa5));

function withLongCertificate(image: CardImage): void {
  const file = image.files.find((each) => each.application === "jpki" && each.file === 0x0a);
  if (file) file.content = Buffer.from(certificate).toString("hex");
}

const read = (reader: ObservedReader) => withCard(reader, { connect }, (card) => readCertificate(card, "auth"));

describe("a certificate of 1600 bytes in a file of 3808", () => {
  test("takes three commands and not a byte of filler where reader and card carry extended length", async () => {
    const reader = simulatedReader({ change: withLongCertificate });
    expect(await read(reader)).toEqual(certificate);
    expect(reader.log).toEqual(["00A4040C0AD392F000260100000001", "00B08A0000", "00B00100000540"]);
  });

  test("takes eight commands by short length, the last one asking for exactly the rest", async () => {
    const reader = simulatedReader({ change: withLongCertificate, extendedLength: false });
    expect(await read(reader)).toEqual(certificate);
    expect(reader.log).toHaveLength(8);
    expect(reader.log.slice(1, 3)).toEqual(["00B08A0000", "00B0010000"]);
    expect(reader.log.at(-1)).toBe("00B0060040");
  });

  test("is read by SELECT on a card that refuses short file ids, which is found out once", async () => {
    const reader = simulatedReader({ profile: "short-only", change: withLongCertificate });
    await withCard(reader, { connect }, async (card) => {
      await readCertificate(card, "auth");
      await readCertificate(card, "auth-ca");
    });
    expect(reader.log.slice(1, 4)).toEqual(["00B08A0000", "00A4020C02000A", "00B0000000"]);
    expect(reader.log.filter((command) => command.startsWith("00B08"))).toHaveLength(1);
  });

  test.each(["6A82", "6A86", "6D00"])("is read by SELECT where a short file id is answered %s", async (sw) => {
    const change = (image: CardImage) => {
      withLongCertificate(image);
      image.switches.shortFileId.read = sw;
    };
    expect(await read(simulatedReader({ change }))).toEqual(certificate);
  });

  test("is read by short length where a card that announces extended length refuses it", async () => {
    const change = (image: CardImage) => {
      withLongCertificate(image);
      image.switches.extendedLength = false;
    };
    const reader = simulatedReader({ change });
    expect(await read(reader)).toEqual(certificate);
    expect(reader.log).toHaveLength(9);
  });
});

test("extended length is not tried where the card denies it", async () => {
  const reader = simulatedReader({ profile: "short-only" });
  await read(reader);
  expect(reader.log.every((command) => command.length <= 15 * 2)).toBe(true);
});

test("every certificate of the standard card is whole", async () => {
  const reader = simulatedReader();
  for (const kind of ["auth", "auth-ca", "sign-ca"] as const) {
    const der = await withCard(reader, { connect }, (card) => readCertificate(card, kind));
    expect(parseCertificate(der, kind).kind).toBe(kind);
  }
});

describe("absent certificates", () => {
  test("no file", async () => {
    await expect(read(simulatedReader({ profile: "no-auth-cert" }))).rejects.toMatchObject({ code: "ERR_CERT_ABSENT" });
  });

  test("no application", async () => {
    await expect(read(scriptedReader({ answer: () => "6A82" }))).rejects.toMatchObject({ code: "ERR_CERT_ABSENT" });
  });

  test.each(["6982", "6985"])("a file that refuses with %s, and the card says that it has none", async (sw) => {
    const answer = (command: string) => (command.startsWith("00B081") ? sw : answers(command));
    const answers = (command: string) => (command.startsWith("00B088") ? "008F009000" : "9000");
    const reading = withCard(scriptedReader({ answer }), { connect }, (card) => readCertificate(card, "sign"));
    await expect(reading).rejects.toMatchObject({ code: "ERR_CERT_ABSENT", details: { kind: "sign" } });
  });

  test("a shut file is not absent", async () => {
    const reading = withCard(simulatedReader(), { connect }, (card) => readCertificate(card, "sign"));
    await expect(reading).rejects.toMatchObject({ code: "ERR_CARD_ANSWER", details: { sw: "6982" } });
  });
});

describe("a file that holds no certificate ends in an error, soon", () => {
  const selectThen = (answer: () => string) =>
    scriptedReader({
      answer: (command) => (command.startsWith("00A4") ? "9000" : command === "00B0880003" ? "8F8F009000" : answer()),
    });

  test.each([
    ["nothing", "9000"],
    ["zeros", `${"00".repeat(256)}9000`],
    ["a claim of 4 GB", "3084FFFFFFFF9000"],
    ["a claim of 40 KB", "30829C409000"],
    ["an indefinite length", "30809000"],
    ["half a header", "30829000"],
  ])("%s", async (_, answer) => {
    const reader = selectThen(() => answer);
    await expect(read(reader)).rejects.toMatchObject({ code: "ERR_CERT_MALFORMED", details: { kind: "auth" } });
    expect(reader.log.length).toBeLessThan(8);
  });

  test("one byte at a time without an end", async () => {
    let first = true;
    const reader = selectThen(() => {
      const answer = first ? "308220009000" : "AA9000";
      first = false;
      return answer;
    });
    await expect(read(reader)).rejects.toMatchObject({ code: "ERR_CARD_ANSWER" });
    expect(reader.log.length).toBeLessThan(300);
  });

  test("a file cut short gives what there is, and the parser says so", async () => {
    const der = await read(simulatedReader({ profile: "cert-cut-short" }));
    expect(() => parseCertificate(der, "auth")).toThrow(
      expect.objectContaining({ code: "ERR_CERT_MALFORMED", details: expect.objectContaining({ kind: "auth" }) }),
    );
  });

  test("garbage", async () => {
    const reading = read(simulatedReader({ profile: "cert-garbage" }));
    await expect(reading).rejects.toMatchObject({ code: "ERR_CERT_MALFORMED" });
  });
});
