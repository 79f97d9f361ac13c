import { describe, expect, test } from "vitest";
import { jpkiFiles } from "../../src/jpki/applications.ts";
import { unlockCertificate } from "../../src/jpki/certificate/unlock.ts";
import { parsePin } from "../../src/jpki/pin/policy.ts";
import { pinReference } from "../../src/jpki/pin/references.ts";
import { connect, type SimulatedReader, simulatedReader } from "./support/readers.ts";

type Kind = Parameters<typeof unlockCertificate>[1];

function unlock(reader: SimulatedReader, kind: Kind, meanwhile: () => void = () => undefined) {
  const asked: string[] = [];
  const askPin = async ({ reference }: { reference: { id: string } }) => {
    asked.push(reference.id);
    meanwhile();
    return kind === "sign" ? parsePin(pinReference("sign"), "TEST1234") : parsePin(pinReference("auth"), "1234");
  };
  return { asked, result: unlockCertificate(reader, kind, { connect, minTries: 2, askPin }) };
}

describe("reading a certificate", () => {
  test.each(["auth", "auth-ca", "sign-ca"] as const)(
    "%s of a plastic card asks nobody and takes one hold",
    async (kind) => {
      const reader = simulatedReader();
      const { asked, result } = unlock(reader, kind);
      expect((await result).certificate.kind).toBe(kind);
      expect((await result).pin.pinSent).toBe(false);
      expect(asked).toEqual([]);
      expect(reader.dispositions).toEqual(["leave"]);
    },
  );

  test("sign asks for its password, with the card free, and leaves it logged out", async () => {
    const reader = simulatedReader();
    const { asked, result } = unlock(reader, "sign", () => expect(reader.dispositions).toEqual(["leave"]));
    expect((await result).certificate.holder?.name).toBe("見本　太郎");
    expect((await result).pin).toEqual({ pinSent: true, triesBefore: 5, triesAfter: 5 });
    expect(asked).toEqual(["sign"]);
    expect(reader.dispositions).toEqual(["leave", "unpower"]);
  });

  test("auth of a phone asks for its PIN", async () => {
    const { asked, result } = unlock(simulatedReader({ profile: "android-token" }), "auth");
    expect((await result).certificate.kind).toBe("auth");
    expect(asked).toEqual(["auth"]);
  });

  test("sign of a card without one asks nobody", async () => {
    const { asked, result } = unlock(simulatedReader({ profile: "under-15" }), "sign");
    await expect(result).rejects.toMatchObject({ code: "ERR_CERT_ABSENT", details: { kind: "sign" } });
    expect(asked).toEqual([]);
  });

  test("of another card than the one that was there spends no try of it", async () => {
    const reader = simulatedReader();
    const other = simulatedReader({ seed: "another" });
    const { result } = unlock(reader, "sign", () => {
      reader.card = other.card;
    });
    const pin = { pinSent: false, triesBefore: 5, triesAfter: 5 };
    await expect(result).rejects.toMatchObject({ code: "ERR_CARD_CHANGED", pin });
    expect(other.events).toEqual([]);
  });
});

test("the authority's certificate is read beside it, in the same hold", async () => {
  const reader = simulatedReader();
  const askPin = async () => parsePin(pinReference("sign"), "TEST1234");
  const { authority } = await unlockCertificate(reader, "auth", { connect, minTries: 2, askPin, withAuthority: true });
  expect(authority?.kind).toBe("auth-ca");
  expect(reader.dispositions).toEqual(["leave"]);
  const sign = await unlockCertificate(reader, "sign", { connect, minTries: 2, askPin, withAuthority: true });
  expect(sign.authority?.kind).toBe("sign-ca");
});

test.each(["absent", "garbage"])("an authority's certificate that is %s is none", async (how) => {
  const reader = simulatedReader({
    change: (image) => {
      const file = jpkiFiles.authCaCertificate;
      const others = image.files.filter((each) => !(each.application === "jpki" && each.file === file));
      const garbage = { application: "jpki", file, content: "3003020105", size: 3808, read: [] } as const;
      Object.assign(image, { files: how === "absent" ? others : [...others, garbage] });
    },
  });
  const askPin = async () => parsePin(pinReference("auth"), "1234");
  const { authority } = await unlockCertificate(reader, "auth", { connect, minTries: 2, askPin, withAuthority: true });
  expect(authority).toBeNull();
});
