import { createHash, verify } from "node:crypto";
import { describe, expect, test } from "vitest";
import { MynakitError } from "../../src/errors.ts";
import { type AuthenticationOptions, authenticate } from "../../src/jpki/authentication.ts";
import { withCard } from "../../src/jpki/card.ts";
import type { PinPrompt } from "../../src/jpki/pin/entry.ts";
import { verifyPin } from "../../src/jpki/pin/guard.ts";
import type { Pin } from "../../src/jpki/pin/pin.ts";
import { parsePin } from "../../src/jpki/pin/policy.ts";
import { pinReference } from "../../src/jpki/pin/references.ts";
import { computeSignature, sha256DigestInfo } from "../../src/jpki/sign.ts";
import { CardVanished } from "../../src/simulator/card.ts";
import { connect, type SimulatedReader, simulatedReader } from "./support/readers.ts";

const auth = pinReference("auth");
const message = new Uint8Array(Buffer.from("header.payload"));
const isd = "00A4040C07A0000001510000";

/** Signs with the right PIN and tells what was called in which order, the card being free or not. */
function signing(reader: SimulatedReader, change: Partial<AuthenticationOptions> = {}) {
  const calls: string[] = [];
  const prompts: PinPrompt[] = [];
  const holds = () => reader.dispositions.length;
  const options: AuthenticationOptions = {
    connect,
    minTries: 2,
    check: () => void calls.push(`check after ${holds()} hold`),
    askPin: async (prompt) => {
      calls.push(`ask after ${holds()} hold`);
      prompts.push(prompt);
      return parsePin(auth, "1234");
    },
    message: async () => {
      calls.push(`message after ${holds()} hold`);
      return message;
    },
    ...change,
  };
  return { calls, prompts, result: authenticate(reader, options) };
}

describe("signing with the authentication key", () => {
  test.each(["standard", "short-only", "auth-two-tries"] as const)("on the card %s", async (profile) => {
    const reader = simulatedReader({ profile });
    const { certificate, signature, pin } = await signing(reader).result;
    expect(verify("sha256", message, certificate.pem, signature)).toBe(true);
    expect(pin).toEqual({ pinSent: true, triesBefore: profile === "auth-two-tries" ? 2 : 3, triesAfter: 3 });
    expect(reader.events).toHaveLength(1);
  });

  test("asks the person and the network while the card is free, in that order [rows 39, 83]", async () => {
    const { calls, prompts, result } = signing(simulatedReader());
    await result;
    expect(calls).toEqual(["check after 1 hold", "ask after 1 hold", "message after 1 hold"]);
    expect(prompts).toEqual([{ reference: auth, tries: 3, max: 3 }]);
  });

  test("takes twelve commands in two holds, and leaves the card logged out", async () => {
    const reader = simulatedReader();
    await signing(reader).result;
    expect(reader.dispositions).toEqual(["leave", "unpower"]);
    expect(reader.log).toHaveLength(12);
    expect(reader.log.at(-1)).toBe(isd);
    expect(reader.log.at(-2)).toMatch(/^802A009733.{102}00$/);
  });

  test("gives the message the certificate, and wipes the PIN", async () => {
    let used: Pin | undefined;
    let subject = "";
    const askPin = async () => {
      used = parsePin(auth, "1234");
      return used;
    };
    const messageOf: AuthenticationOptions["message"] = async (certificate) => {
      subject = certificate.subject.text;
      return message;
    };
    await signing(simulatedReader(), { askPin, message: messageOf }).result;
    expect(subject).toMatch(/^CN=/);
    expect(used?.bytes()).toEqual(new Uint8Array(4));
  });
});

describe("nobody is asked for a PIN", () => {
  test.each([
    ["auth-last-try", "ERR_PIN_WITHHELD", 1],
    ["auth-locked", "ERR_PIN_LOCKED", 0],
    ["counter-unreadable", "ERR_PIN_WITHHELD", null],
    ["no-auth-cert", "ERR_CERT_ABSENT", null],
    ["cert-garbage", "ERR_CERT_MALFORMED", null],
    ["cert-cut-short", "ERR_CERT_MALFORMED", null],
    ["suica", "ERR_CARD_KIND", null],
    ["android-token", "ERR_CARD_KIND", null],
  ] as const)("on the card %s", async (profile, code, tries) => {
    const reader = simulatedReader({ profile });
    const { calls, result } = signing(reader);
    const pin = { pinSent: false, triesBefore: tries, triesAfter: tries };
    await expect(result).rejects.toMatchObject({ code, pin });
    expect(calls).toEqual([]);
    expect(reader.events).toEqual([]);
  });

  test("for a certificate that is refused", async () => {
    const refusal = new MynakitError("ERR_CERT_EXPIRED", { kind: "auth", notAfter: "2020-01-01T00:00:00Z" });
    const { calls, result } = signing(simulatedReader(), { check: () => Promise.reject(refusal) });
    const pin = { pinSent: false, triesBefore: 3, triesAfter: 3 };
    await expect(result).rejects.toMatchObject({ code: "ERR_CERT_EXPIRED", pin });
    expect(calls).toEqual([]);
  });

  test("below the person's own floor", async () => {
    const { result } = signing(simulatedReader(), { minTries: 4 });
    await expect(result).rejects.toMatchObject({ code: "ERR_PIN_WITHHELD", details: { reason: "min-tries" } });
  });
});

describe("a PIN that was asked for is not sent", () => {
  const notSent = { pinSent: false, triesBefore: 3, triesAfter: 3 };

  test("when the platform fails", async () => {
    const failure = new MynakitError("ERR_NETWORK_TIMEOUT", { url: "http://platform.test", seconds: 1 });
    const reader = simulatedReader();
    const { result } = signing(reader, { message: () => Promise.reject(failure) });
    await expect(result).rejects.toMatchObject({ code: "ERR_NETWORK_TIMEOUT", pin: notSent });
    expect(reader.events).toEqual([]);
  });

  test("when the person cancels", async () => {
    const controller = new AbortController();
    const reader = simulatedReader();
    const askPin = async () => {
      controller.abort("SIGINT");
      return parsePin(auth, "1234");
    };
    const { calls, result } = signing(reader, { askPin, connect: { ...connect, signal: controller.signal } });
    await expect(result).rejects.toMatchObject({ code: "ERR_CANCELLED", details: { signal: "SIGINT" }, pin: notSent });
    expect(calls).not.toContain("message after 1 hold");
    expect(reader.events).toEqual([]);
  });

  test("to another card that lies there by then", async () => {
    const reader = simulatedReader();
    const other = simulatedReader({ seed: "another" });
    const askPin = async () => {
      reader.card = other.card;
      return parsePin(auth, "1234");
    };
    const { result } = signing(reader, { askPin });
    await expect(result).rejects.toMatchObject({ code: "ERR_CARD_CHANGED", pin: notSent });
    expect(other.events).toEqual([]);
  });

  test("to a card from which another program has taken tries meanwhile", async () => {
    const reader = simulatedReader();
    const askPin = async () => {
      for (const pin of reader.image.pins) pin.remaining = 1;
      return parsePin(auth, "1234");
    };
    const pin = { pinSent: false, triesBefore: 1, triesAfter: 1 };
    await expect(signing(reader, { askPin }).result).rejects.toMatchObject({ code: "ERR_PIN_WITHHELD", pin });
    expect(reader.events).toEqual([]);
  });
});

describe("after the PIN was sent", () => {
  const sent = { pinSent: true, triesBefore: 3, triesAfter: 3 };

  test("a wrong one is told with what is left", async () => {
    const { result } = signing(simulatedReader(), { askPin: async () => parsePin(auth, "0000") });
    const pin = { pinSent: true, triesBefore: 3, triesAfter: 2 };
    await expect(result).rejects.toMatchObject({ code: "ERR_PIN_WRONG", pin });
  });

  test("a card whose signature does not fit its certificate has been changed", async () => {
    const reader = simulatedReader();
    const other = simulatedReader({ seed: "another", change: (image) => Object.assign(image, { seed: "jpki" }) });
    const token = reader.image.files.find(({ application, file }) => application === "jpki" && file === 6);
    for (const file of other.image.files) if (file.file === 6 && token) file.content = token.content;
    const askPin = async () => {
      reader.card = other.card;
      return parsePin(auth, "1234");
    };
    const { result } = signing(reader, { askPin });
    const differ = other.image.keys[0]?.privateKey !== reader.image.keys[0]?.privateKey;
    expect(differ).toBe(true);
    await expect(result).rejects.toMatchObject({ code: "ERR_CARD_CHANGED", pin: sent });
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])(
    "a card pulled out at command %i ends in one error, with the truth about the PIN",
    async (command) => {
      const reader = simulatedReader();
      const { transmit } = reader.card;
      let count = 0;
      reader.card.transmit = (bytes) => {
        count += 1;
        const answer = transmit(bytes);
        if (count >= command) throw new CardVanished("pulled out before the answer");
        return answer;
      };
      const failure = await signing(reader).result.catch((error: unknown) => error);
      expect(failure).toMatchObject({ code: "ERR_CARD_REMOVED", pin: { pinSent: command >= 10 } });
      expect(reader.dispositions).toHaveLength(command <= 5 ? 1 : 2);
    },
  );
});

describe("a signature", () => {
  test("needs the PIN", async () => {
    const unverified = withCard(simulatedReader(), { connect }, (card) =>
      computeSignature(card, "auth", sha256DigestInfo(message)),
    );
    await expect(unverified).rejects.toMatchObject({ code: "ERR_CARD_ANSWER", details: { sw: "6982" } });
  });

  test("of the DigestInfo of SHA-256", () => {
    const info = Buffer.from(sha256DigestInfo(message)).toString("hex");
    expect(info).toBe(`3031300d060960864801650304020105000420${createHash("sha256").update(message).digest("hex")}`);
  });

  test.each([0, 246])("of %i bytes is not asked for", async (length) => {
    const reader = simulatedReader();
    const signed = withCard(reader, { connect }, (card) => computeSignature(card, "auth", new Uint8Array(length)));
    await expect(signed).rejects.toMatchObject({ code: "ERR_INTERNAL" });
    expect(reader.log).toEqual([]);
  });

  test.each(["6A82", "6A86", "6D00"])("is made by SELECT where a short file id is answered %s", async (sw) => {
    const reader = simulatedReader({ change: (image) => Object.assign(image.switches.shortFileId, { sign: sw }) });
    await withCard(reader, { connect }, async (card) => {
      await verifyPin(card, auth, parsePin(auth, "1234"), { minTries: 2 });
      const signature = await computeSignature(card, "auth", sha256DigestInfo(message));
      expect(signature).toHaveLength(256);
    });
    expect(reader.events).toHaveLength(1);
  });

  test("with the signing key, after its own password", async () => {
    const reader = simulatedReader();
    const sign = pinReference("sign");
    const signature = await withCard(reader, { connect }, async (card) => {
      await verifyPin(card, sign, parsePin(sign, "TEST1234"), { minTries: 2 });
      return computeSignature(card, "sign", sha256DigestInfo(message));
    });
    expect(signature).toHaveLength(256);
    expect(reader.log.at(-2)).toMatch(/^802A009A/);
  });
});
