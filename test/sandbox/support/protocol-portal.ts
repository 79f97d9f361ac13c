import { expect } from "vitest";
import { withdrawApplication } from "../../../src/portal/procedures/applications.ts";
import { canonicalJson, maxSubmissionBytes } from "../../../src/portal/procedures/wire.ts";
import { linkPaths } from "../../../src/portal/wire/links.ts";
import { noticePaths } from "../../../src/portal/wire/notices.ts";
import { type Demands, paymentPaths } from "../../../src/portal/wire/payments.ts";
import { userPaths } from "../../../src/portal/wire/user.ts";
import { portalServiceOperations } from "../../../src/sandbox/http/openapi/operations/portal-services.ts";
import { signerOf } from "../../../src/sandbox/procedures/cms.ts";
import { openStore } from "../../../src/sandbox/store/store.ts";
import { applicant } from "./applicant.ts";
import { now } from "./cards.ts";
import { operationAt, type World } from "./protocol-world.ts";
import { runSandbox, temporaryFolder } from "./sandbox.ts";

/** What Mynaportal does for who has registered, and refuses to who has not. */
export async function portalServesItsUsers({ ask, post, tokenOf }: World): Promise<void> {
  const token = await tokenOf({});
  for (const operation of portalServiceOperations) {
    if (operation.path !== userPaths.registration) await ask(operation, { token });
  }
  await post(userPaths.registration, token, { nickname: " " });
  await post(userPaths.registration, token);
  await post(userPaths.registration, token);
  await post(userPaths.changes, token, { nickname: " " });
  for (const operation of portalServiceOperations) await ask(operation, { token });
  for (const number of [1, 900]) await post(noticePaths.readings, token, { number });
  for (const action of ["connect", "connect", "remove", "remove"]) {
    await post(linkPaths.changes, token, { service: "e-tax", action });
  }
  const { demands } = (await ask(operationAt("GET", paymentPaths.demands), { token })) as unknown as Demands;
  for (const _time of [1, 2]) await post(paymentPaths.payments, token, { demand: demands[0]?.id, means: "bank" });
}

/** Applications that are received and withdrawn, and everything for which one is not. */
export async function applicationsAreDecidedOn(): Promise<void> {
  const database = `${temporaryFolder()}/sandbox.db`;
  const { platform, ...sandbox } = await runSandbox({ database });
  const { accessToken, document, sign, submit, apply } = await applicant({ ...sandbox, platform });
  const isRefused = (answer: Promise<unknown>, reason: string) =>
    expect(answer).rejects.toMatchObject({ details: { reason } });
  const first = await document();
  const text = canonicalJson(first);
  const signature = await sign(text);
  const tooMuch = [{ name: "photo", content: "A".repeat(maxSubmissionBytes) }];
  await isRefused(submit(text, signature, tooMuch), "request-too-large");
  const { id } = await submit(text, signature, [], "taken");
  const second = canonicalJson(await document());
  await isRefused(submit(second, await sign(second), [], "taken"), "idempotency-key-reused");
  await isRefused(submit(second, signature), "signature-refused");
  await isRefused(apply({ nonce: first.nonce, fields: { ...first.fields, newAddress: "京都市" } }), "nonce-unknown");
  await isRefused(apply({ procedure: "131105-nothing" }), "procedure-unknown");
  await isRefused(apply({ procedure: "131105-seal-registration", fields: {} }), "procedure-closed");
  await isRefused(apply({ fields: {} }), "form-refused");
  await isRefused(apply({}, [{ name: "photo", content: "" }]), "attachment-refused");
  await isRefused(apply({ corrects: "nobody's" }), "application-unknown");
  await isRefused(apply({ corrects: id }), "application-decided");
  const withdraw = (application: string, idempotencyKey: string) =>
    withdrawApplication(platform, accessToken, { application, idempotencyKey });
  await isRefused(withdraw("nobody's", "another's"), "application-unknown");
  await withdraw(id, "once");
  await isRefused(withdraw(id, "again"), "application-decided");
  await revokeSigner(database, { signature, text });
  await isRefused(apply(), "signer-revoked");
}

/** The operator revokes the certificate that goes with a signature. */
async function revokeSigner(database: string, { signature, text }: { signature: string; text: string }): Promise<void> {
  const { issuer, serialNumber } = signerOf(new Uint8Array(Buffer.from(signature, "base64")), Buffer.from(text));
  const { db, close } = await openStore(database, () => now.getTime());
  const row = { issuer, serial_number: serialNumber, reason: "lost", revoked_at: 0 };
  await db.insertInto("revoked_certificate").values(row).execute();
  await close();
}
