import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MynakitError } from "../../src/errors.ts";
import { examine, factsOf, peculiarities } from "../../src/simulator/facts.ts";
import { parseImage } from "../../src/simulator/image.ts";
import { isProfileName, profiles } from "../../src/simulator/profiles.ts";
import { settingsOf } from "../../src/simulator/settings.ts";
import { imageOf } from "./cards.ts";

const refused = (profile: "standard" | "under-15" | "suica", setting: string): MynakitError["details"] => {
  try {
    imageOf({ profile, settings: [setting] });
  } catch (error) {
    if (error instanceof MynakitError && error.code === "ERR_USAGE_SIM_SETTING") return error.details;
    throw error;
  }
  throw new Error(`${setting} was taken`);
};

describe("a setting", () => {
  test.each([
    ["auth.remaining=2"],
    ["sign.remaining=0"],
    ["text-b.remaining=10"],
    ["person.name=設定　花子"],
    ["person.address=見本県模擬市設定町９番９号"],
    ["person.birth=2000-02-29"],
    ["person.sex=2"],
    ["removeAfter=7"],
    ["garbageAt=3"],
    ["resetAt=4"],
    ["answerAt=5:6F00"],
    ["slowMs=3000"],
    ["mute=true"],
    ["verifiedElsewhere=sign"],
    ["query=9000-when-verified"],
    ["query=6983"],
    ["lockedVerify=6983"],
    ["shortFileId.read=6A86"],
    ["extendedLength=false"],
    ["verifiedOutlivesApplication=true"],
    ["link=nfc106"],
    ["strict=true"],
  ])("%s is what the card is then like, and it comes back from its file", (setting) => {
    const image = imageOf({ settings: [setting] });
    const [key = "", value = ""] = setting.split("=");
    expect(factsOf(image).get(key)).toBe(value);
    expect(parseImage(JSON.stringify(image))).toEqual(image);
  });

  test("changes that alone: the rest of the profile stays", () => {
    const image = imageOf({ profile: "short-only", settings: ["shortFileId.read=none", "removeAfter=7"] });
    expect(Object.fromEntries(peculiarities(image))).toEqual({
      "shortFileId.verify": "6A86",
      "shortFileId.sign": "6A86",
      extendedLength: "false",
      removeAfter: "7",
    });
  });

  test("of a name does not leave another person's name in the certificate", () => {
    const image = imageOf({ profile: "substituted-name", settings: ["person.name=設定　花子"] });
    expect(factsOf(image).get("person.certificateName")).toBe("none");
  });

  test("chooses generation and age of the certificates", () => {
    const [old, young] = ["certificates.generation=2015", "certificates.issuedHoursAgo=-24"].map((setting) =>
      imageOf({ settings: [setting] }),
    );
    expect(old?.files).not.toEqual(imageOf().files);
    expect(young?.files).not.toEqual(imageOf().files);
  });

  test.each([
    ["auth.remaining=4", "0..3"],
    ["auth.remaining=-1", "0..3"],
    ["auth.remaining=two", "0..3"],
    ["auth.remaining", "0..3"],
    ["person.birth=1999-02-30", "YYYY-MM-DD"],
    ["person.birth=1990-1-1", "YYYY-MM-DD"],
    ["person.sex=3", "1|2|9"],
    [`person.address=${"あ".repeat(201)}`, "TEXT"],
    ["person.name=a\u0007b", "TEXT"],
    ["person.name=", "TEXT"],
    ["removeAfter=0", "N|none"],
    ["answerAt=5:1234", "N:SW|none"],
    ["query=1999", "counter|9000-when-verified|SW"],
    ["link=usb", "contact|nfc106|nfc424"],
    ["strict=yes", "true|false"],
    ["certificates.generation=2020", "2015|2019|2023"],
    ["certificates.issuedHoursAgo=99999999", "N"],
  ])("%s is refused, saying what it takes", (setting, form) => {
    expect(refused("standard", setting)).toMatchObject({ key: setting.split("=")[0], form });
  });

  test.each([
    ["standard", "auth.value=9876", "auth.value"],
    ["standard", "auth=9876", "auth"],
    ["standard", "1234", "…"],
    ["standard", "TEST1234=1", "…"],
    ["under-15", "sign.remaining=2", "sign.remaining"],
    ["suica", "auth.remaining=2", "auth.remaining"],
    ["suica", "person.name=設定　花子", "person.name"],
  ] as const)("unknown to a card (%s: %s) is refused, naming those there are and no value", (profile, setting, key) => {
    const details = refused(profile, setting);
    expect(details).toMatchObject({ key, form: null, keys: [...settingsOf(profiles[profile]).keys()] });
    expect(JSON.stringify(details)).not.toMatch(/9876|1234/);
  });

  test("of any text either makes a card that can be read again or is refused in our words", () => {
    const key = fc.constantFrom(...settingsOf(profiles.standard).keys());
    const value = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.constantFrom("0", "1", "none", "true", "1:6F00", "6F00"),
    );
    fc.assert(
      fc.property(key, value, (name, text) => {
        try {
          const image = imageOf({ settings: [`${name}=${text}`] });
          expect(parseImage(JSON.stringify(image))).toEqual(image);
        } catch (error) {
          expect(error).toMatchObject({ code: "ERR_USAGE_SIM_SETTING" });
        }
      }),
    );
  });
});

describe("an expectation", () => {
  test("is met or not, with both values", () => {
    expect(examine(imageOf(), ["auth.remaining=3", "auth.verifies=1", "verified=none"])).toEqual([
      { key: "auth.remaining", expected: "3", actual: "3", met: true },
      { key: "auth.verifies", expected: "1", actual: "0", met: false },
      { key: "verified", expected: "none", actual: "none", met: true },
    ]);
  });

  test("of something that the card does not know is a usage error", () => {
    expect(() => examine(imageOf(), ["auth.left=3"])).toThrow(
      expect.objectContaining({
        code: "ERR_USAGE_SIM_SETTING",
        details: expect.objectContaining({ key: "auth.left" }),
      }),
    );
  });

  test("knows every key that can be set, of every profile, but the making of certificates", () => {
    for (const profile of Object.keys(profiles).filter(isProfileName)) {
      const facts = factsOf(imageOf({ profile }));
      const keys = [...settingsOf(profiles[profile]).keys()].filter((key) => !key.startsWith("certificates."));
      expect(keys.filter((key) => !facts.has(key))).toEqual([]);
    }
  });
});
