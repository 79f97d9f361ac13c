import { verify } from "node:crypto";
import { describe, expect, test } from "vitest";
import { jpkiFiles } from "../../src/jpki/applications.ts";
import type { Pin } from "../../src/jpki/pin/pin.ts";
import { parsePin } from "../../src/jpki/pin/policy.ts";
import { pinReference } from "../../src/jpki/pin/references.ts";
import { digestOf, hashNames, type SigningKey } from "../../src/jpki/sign.ts";
import { type Signer, type SigningOptions, signDocument } from "../../src/jpki/signature/signing.ts";
import { CardVanished } from "../../src/simulator/card.ts";
import { connect, now, type SimulatedReader, simulatedReader } from "./support/readers.ts";

const message = new Uint8Array(Buffer.from("a text"));
const passwords = { auth: "1234", sign: "TEST1234" } as const;
const isd = "00A4040C07A0000001510000";
const signOnce = (signer: Signer): Promise<Uint8Array> => signer.sign(message, "sha256");

/** Signs with the right PIN, and tells when the person was asked. */
function signing<T = Uint8Array>(reader: SimulatedReader, key: SigningKey, change: Partial<SigningOptions<T>> = {}) {
  const asked: string[] = [];
  const options = {
    connect,
    minTries: 2,
    key,
    clock: () => now,
    askPin: async ({ tries }: { tries: number }) => {
      asked.push(`${tries} tries, after ${reader.dispositions.length} hold`);
      return parsePin(pinReference(key), passwords[key]);
    },
    work: signOnce as SigningOptions<T>["work"],
    ...change,
  };
  return { asked, result: signDocument(reader, options) };
}

describe("signing with a key of the card", () => {
  test.for([
    ["standard", "sign"],
    ["standard", "auth"],
    ["short-only", "sign"],
    ["android-token", "auth"],
    ["android-token", "sign"],
  ] as const)("on the card %s with the key %s", async ([profile, key]) => {
    const reader = simulatedReader({ profile });
    const { asked, result } = signing(reader, key);
    const { result: signature, certificate, pin } = await result;
    expect(verify("sha256", message, certificate.publicKey, signature)).toBe(true);
    expect(certificate.kind).toBe(key);
    const tries = key === "sign" ? 5 : 3;
    expect(pin).toEqual({ pinSent: true, triesBefore: tries, triesAfter: tries });
    expect(asked).toEqual([`${tries} tries, after 1 hold`]);
    expect(reader.events).toHaveLength(1);
    expect(reader.dispositions).toEqual(["leave", "unpower"]);
    expect(reader.log.at(-1)).toBe(isd);
  });

  test("takes thirteen commands, and one more for each further signature", async () => {
    const reader = simulatedReader();
    await signing(reader, "sign").result;
    const once = reader.log.length;
    expect(once).toBe(13);
    const thrice = simulatedReader();
    const work = async (signer: Signer) =>
      Promise.all(hashNames.map((hash) => signer.signDigest(digestOf(hash, message))));
    const { result: signatures, certificate } = await signing(thrice, "sign", { work }).result;
    expect(thrice.log).toHaveLength(once + 2);
    expect(thrice.events).toHaveLength(1);
    const good = signatures.map((signature, at) =>
      verify(hashNames[at] ?? "", message, certificate.publicKey, signature),
    );
    expect(good).toEqual([true, true, true]);
  });

  test("brings the authority's certificate where it is asked for", async () => {
    const work = async ({ authority }: Signer) => authority?.subject.text ?? null;
    expect((await signing(simulatedReader(), "sign", { work, withAuthority: true }).result).result).toMatch(/JPKI-SIM/);
    expect((await signing(simulatedReader(), "sign", { work }).result).result).toBeNull();
  });

  test("wipes the PIN", async () => {
    let used: Pin | undefined;
    const askPin = async () => {
      used = parsePin(pinReference("sign"), passwords.sign);
      return used;
    };
    await signing(simulatedReader(), "sign", { askPin }).result;
    expect(used?.bytes()).toEqual(new Uint8Array(8));
  });
});

describe("nobody is asked for a PIN", () => {
  test.for([
    ["under-15", "sign", "ERR_CERT_ABSENT"],
    ["no-auth-cert", "auth", "ERR_CERT_ABSENT"],
    ["auth-last-try", "auth", "ERR_PIN_WITHHELD"],
    ["auth-locked", "auth", "ERR_PIN_LOCKED"],
    ["expired", "auth", "ERR_CERT_EXPIRED"],
    ["not-yet-valid", "auth", "ERR_CERT_NOT_YET_VALID"],
    ["suica", "sign", "ERR_CARD_KIND"],
  ] as const)("on the card %s for the key %s: %s", async ([profile, key, code]) => {
    const reader = simulatedReader({ profile });
    const { asked, result } = signing(reader, key);
    await expect(result).rejects.toMatchObject({ code, pin: { pinSent: false } });
    expect(asked).toEqual([]);
    expect(reader.events).toEqual([]);
  });

  test("with one try left for the signature password", async () => {
    const change = (image: SimulatedReader["image"]): void => {
      for (const pin of image.pins) pin.remaining = 1;
    };
    const { asked, result } = signing(simulatedReader({ change }), "sign");
    await expect(result).rejects.toMatchObject({ code: "ERR_PIN_WITHHELD" });
    expect(asked).toEqual([]);
  });
});

describe("nothing is signed", () => {
  const sent = { pinSent: true, triesBefore: 5, triesAfter: 5 };
  const signatures = (reader: SimulatedReader): string[] => reader.log.filter((command) => command.startsWith("802A"));

  test.for([
    ["expired", "ERR_CERT_EXPIRED"],
    ["not-yet-valid", "ERR_CERT_NOT_YET_VALID"],
  ] as const)("with a certificate that is %s, which the password shows", async ([profile, code]) => {
    const reader = simulatedReader({ profile });
    await expect(signing(reader, "sign").result).rejects.toMatchObject({ code, pin: sent });
    expect(signatures(reader)).toEqual([]);
  });

  test("with a certificate whose key may not be used for signatures", async () => {
    const signAndCommit = "030206C0";
    const change = (image: SimulatedReader["image"]): void => {
      for (const file of image.files)
        if (file.application === "jpki" && file.file === jpkiFiles.signCertificate)
          file.content = file.content.replace(signAndCommit, "03020780");
    };
    const reader = simulatedReader({ change });
    const failure = { code: "ERR_CERT_KEY_USAGE", details: { kind: "sign", keyUsage: "digitalSignature" }, pin: sent };
    await expect(signing(reader, "sign").result).rejects.toMatchObject(failure);
    expect(signatures(reader)).toEqual([]);
  });

  test("on another card that lies there by then", async () => {
    const reader = simulatedReader();
    const other = simulatedReader({ seed: "another" });
    const askPin = async () => {
      reader.card = other.card;
      return parsePin(pinReference("sign"), passwords.sign);
    };
    const pin = { pinSent: false, triesBefore: 5, triesAfter: 5 };
    await expect(signing(reader, "sign", { askPin }).result).rejects.toMatchObject({ code: "ERR_CARD_CHANGED", pin });
    expect(other.events).toEqual([]);
  });

  test("twice with a wrong password", async () => {
    const reader = simulatedReader();
    const askPin = async () => parsePin(pinReference("sign"), "WRONG123");
    const pin = { pinSent: true, triesBefore: 5, triesAfter: 4 };
    await expect(signing(reader, "sign", { askPin }).result).rejects.toMatchObject({ code: "ERR_PIN_WRONG", pin });
    expect(reader.events).toHaveLength(1);
  });

  test("where the signature does not fit the certificate", async () => {
    const change = (image: SimulatedReader["image"]): void => {
      const [auth, sign] = image.keys;
      if (auth && sign) sign.privateKey = auth.privateKey;
    };
    const { result } = signing(simulatedReader({ change }), "sign");
    await expect(result).rejects.toMatchObject({ code: "ERR_CARD_CHANGED", pin: sent });
  });
});

test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
  "a card pulled out at command %i ends in one error, with the truth about the password",
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
    const failure = await signing(reader, "sign").result.catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "ERR_CARD_REMOVED" });
    expect(reader.events.length > 0).toBe((failure as { pin: { pinSent: boolean } }).pin.pinSent);
  },
);
