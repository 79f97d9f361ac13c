import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { canonicalJson } from "../../../src/portal/procedures/wire.ts";
import { applicant } from "./applicant.ts";
import { now } from "./cards.ts";
import { runSandbox } from "./sandbox.ts";

const refusing = (reason: string) => ({ code: "ERR_PLATFORM_REFUSED", details: { reason } });

/** Applications at a platform, whatever their sender's software has checked. @param database a fresh one for each test */
export function proceduresContract(database: () => string | Promise<string>): void {
  test("an application is received once, however often it is sent", async () => {
    const { document, sign, submit, list } = await applicant(await runSandbox({ database: await database() }));
    const text = canonicalJson(await document());
    const signature = await sign(text);
    const [first, ...others] = await Promise.all([1, 2, 3].map(() => submit(text, signature).catch((error) => error)));
    const again = await submit(text, signature);
    const answers = [first, ...others, again].filter((answer) => "id" in answer);
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(await list()).toMatchObject([{ id: again.id, state: "received" }]);
  });

  test("what was altered after it was signed is refused", async () => {
    const { document, sign, submit, list } = await applicant(await runSandbox({ database: await database() }));
    const signed = await document();
    const signature = await sign(canonicalJson(signed));
    const altered = canonicalJson({ ...signed, fields: { ...signed.fields, newAddress: "京都市" } });
    await expect(submit(altered, signature)).rejects.toMatchObject(refusing("signature-refused"));
    await expect(submit(` ${canonicalJson(signed)}`, signature)).rejects.toMatchObject(refusing("request-malformed"));
    expect(await list()).toEqual([]);
  });

  test("another person's signature, one over another application, and one by the key for logging in, are refused", async () => {
    const sandbox = await runSandbox({ database: await database() });
    const taro = await applicant(sandbox);
    const text = canonicalJson(
      await taro.document({ applicant: { name: "別人", address: "東京都", birth: "19700101", sex: "2" } }),
    );
    await expect(taro.submit(text, await taro.sign(text))).rejects.toMatchObject(refusing("signature-refused"));
    const own = canonicalJson(await taro.document());
    const other = await applicant(sandbox, "foreign-resident");
    for (const strangers of [await other.sign(own), await taro.sign(canonicalJson(await taro.document()))]) {
      await expect(taro.submit(own, strangers)).rejects.toMatchObject(refusing("signature-refused"));
    }
    await expect(taro.submit(own, await taro.sign(own, "auth"))).rejects.toMatchObject(refusing("signature-refused"));
  });

  test("a nonce is used once, and what is signed for another platform or at another time is refused", async () => {
    const { document, sign, submit, apply } = await applicant(await runSandbox({ database: await database() }));
    const used = await document();
    const text = canonicalJson(used);
    await submit(text, await sign(text));
    await expect(
      apply({ nonce: used.nonce, corrects: null, time: new Date(now.getTime() + 1).toISOString() }),
    ).rejects.toMatchObject(refusing("nonce-unknown"));
    await expect(apply({ platform: "https://elsewhere.example" })).rejects.toMatchObject(refusing("signature-refused"));
    await expect(apply({ time: "2026-11-22T02:00:00.000Z" })).rejects.toMatchObject(refusing("signature-refused"));
    await expect(apply({ nonce: "made-up" })).rejects.toMatchObject(refusing("nonce-unknown"));
  });

  test("forms and procedures are checked by the platform itself", async () => {
    const { apply } = await applicant(await runSandbox({ database: await database() }));
    await expect(apply({ fields: { newAddress: "大阪市" } })).rejects.toMatchObject(refusing("form-refused"));
    const moving = { newAddress: "大阪市", movingDay: "2026-12-01" };
    await expect(apply({ fields: { ...moving, phone: "abc" } })).rejects.toMatchObject(refusing("form-refused"));
    await expect(apply({ version: 2 })).rejects.toMatchObject(refusing("form-refused"));
    await expect(apply({ procedure: "131105-nothing" })).rejects.toMatchObject(refusing("procedure-unknown"));
    await expect(apply({ procedure: "131105-seal-registration", fields: {} })).rejects.toMatchObject(
      refusing("procedure-closed"),
    );
    await expect(apply({ corrects: "0000000000000000" })).rejects.toMatchObject(refusing("application-unknown"));
  });

  test("attachments are those that were signed, of the names, kinds and sizes that are wanted", async () => {
    const { apply } = await applicant(await runSandbox({ database: await database() }));
    const procedure = "131105-disaster-certificate";
    const fields = { disasterDay: "2026-11-01", cause: "flood", building: "目黒区", phone: "0312345678" };
    const digest = (name: string, bytes: Buffer) => ({
      name,
      mediaType: "application/pdf" as const,
      size: bytes.length,
      sha256: createHash("sha256").update(bytes).digest("hex"),
    });
    const photo = Buffer.from("%PDF-1.4 photo");
    const sent = (name: string, bytes: Buffer) => [{ name, content: bytes.toString("base64") }];
    const refused = (name: string, signed: Buffer, delivered: Buffer) =>
      expect(
        apply({ procedure, fields, attachments: [digest(name, signed)] }, sent(name, delivered)),
      ).rejects.toMatchObject(refusing("attachment-refused"));
    await refused("photo", photo, Buffer.from("%PDF-1.4 swapped"));
    await refused("../../photo", photo, photo);
    await refused("photo", Buffer.from("no PDF"), Buffer.from("no PDF"));
    const huge = Buffer.concat([photo, Buffer.alloc(2 * 1024 * 1024)]);
    await refused("photo", huge, huge);
    await expect(apply({ procedure, fields }, sent("photo", photo))).rejects.toMatchObject(
      refusing("attachment-refused"),
    );
    const received = await apply({ procedure, fields, attachments: [digest("photo", photo)] }, sent("photo", photo));
    expect(received.state).toBe("received");
  });

  test("what is no application is refused, however deep or long it is", async () => {
    const { document, submit } = await applicant(await runSandbox({ database: await database() }));
    const one = await document();
    const signature = Buffer.from("30", "hex").toString("base64");
    const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
    for (const text of ["", "null", "{}", deep, canonicalJson(one).replace("{", `{"more":${deep},`)]) {
      await expect(submit(text || "x", signature)).rejects.toMatchObject(refusing("request-malformed"));
    }
    for (const der of ["30", "3000", "3080", "30820100", "ff".repeat(64)]) {
      const broken = Buffer.from(der, "hex").toString("base64");
      await expect(submit(canonicalJson(one), broken)).rejects.toMatchObject(refusing("signature-refused"));
    }
  });

  test("nobody sees another person's applications", async () => {
    const sandbox = await runSandbox({ database: await database() });
    const [taro, other] = [await applicant(sandbox), await applicant(sandbox, "foreign-resident")];
    await taro.apply();
    expect(await other.list()).toEqual([]);
    await other.apply();
    expect(await other.list()).toHaveLength(1);
  });

  test.for(["substituted-name", "long-address"])("a card of the profile %s applies", async (card) => {
    const { apply } = await applicant(await runSandbox({ database: await database() }), card);
    await expect(apply()).resolves.toMatchObject({ state: "received" });
  });
}
