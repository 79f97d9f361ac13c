import { describe, expect, test } from "vitest";
import { simBackend } from "../../src/simulator/backend.ts";
import { CardReset } from "../../src/simulator/card.ts";
import { simStore } from "../../src/simulator/store.ts";
import { jpki, select, testCard, verify } from "./cards.ts";
import { temporaryHome } from "./homes.ts";

const sign = "802A0097011100";
const connectOptions = { waitForCard: 0, signal: new AbortController().signal };

describe("a card that another program resets", () => {
  test("does not carry out the command, and has nothing selected any more; a verified PIN stays so", () => {
    const { send, events } = testCard({ settings: ["resetAt=4"] });
    expect([send(jpki), send(verify("1234", "98")), send(select("0018"))]).toEqual(["9000", "9000", "9000"]);
    expect(() => send(verify("1234"))).toThrow(CardReset);
    expect(events).toHaveLength(1);
    expect([send("00200080"), send(sign), send(jpki), send(sign).slice(-4)]).toEqual(["6986", "6A82", "9000", "9000"]);
  });

  test("is named by the reader until its client connects anew", async () => {
    using host = temporaryHome();
    await simStore(host).create("card", { profile: "standard", settings: ["resetAt=1"] });
    const reader = await simBackend(host).open("card", connectOptions);
    const command = { cla: 0, ins: 0x84, p1: 0, p2: 0, le: 8 };
    const first = await reader.connect(connectOptions);
    for (let time = 0; time < 2; time++) {
      await expect(first.transmit(command)).rejects.toMatchObject({ code: "ERR_CARD_RESET" });
    }
    await first.disconnect("leave");
    const second = await reader.connect(connectOptions);
    expect((await second.transmit(command)).sw).toBe(0x9000);
    await second.disconnect("unpower");
  });
});

describe("a card that another program left verified", () => {
  test("signs without a PIN from the start, until another application is selected", () => {
    const { card, send } = testCard({ profile: "verified-elsewhere" });
    expect([send(jpki), send("00200098"), send(sign).slice(-4)]).toEqual(["9000", "9000", "9000"]);
    expect([send("00A4040C07A0000001510000"), send(jpki), send(sign)]).toEqual(["9000", "9000", "6982"]);
    card.powerOff();
    card.powerOn();
    expect([send(jpki), send(sign).slice(-4)]).toEqual(["9000", "9000"]);
  });
});

describe("a strict card", () => {
  const strict = () => testCard({ settings: ["strict=true"] });

  test("condemns a second VERIFY after a wrong one, right or wrong, and answers 6F00 from then on", () => {
    for (const second of ["1234", "0000"]) {
      const { card, send, image } = strict();
      expect([send(jpki), send(verify("0000", "98")), send(verify(second, "98")), send(jpki)]).toEqual([
        "9000",
        "63C2",
        "6F00",
        "6F00",
      ]);
      card.powerOff();
      card.powerOn();
      expect(send("00200098")).toBe("6F00");
      expect(image.strict?.violations[0]).toEqual({ pin: "auth", verify: 2 });
    }
  });

  test("has it recorded before the answer leaves", () => {
    const { send, image, persisted } = strict();
    send(jpki);
    send(verify("0000", "98"));
    expect(image.strict).toEqual({ missed: ["auth"], violations: [] });
    const writes = persisted.length;
    send(verify("0000", "98"));
    expect(persisted.length).toBeGreaterThan(writes);
  });

  test("takes another PIN, questions, and a VERIFY after a right one", () => {
    const { send, image } = strict();
    send(jpki);
    expect([send(verify("1234", "98")), send(verify("1234", "98")), send(verify("0000", "98"))]).toEqual([
      "9000",
      "9000",
      "63C2",
    ]);
    expect([send("00200098"), send("00200098"), send(verify("TEST1234", "9B"))]).toEqual(["63C2", "63C2", "9000"]);
    expect(image.strict?.violations).toEqual([]);
  });
});
