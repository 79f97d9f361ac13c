import { onTestFinished } from "vitest";
import { authenticate } from "../../../src/jpki/authentication.ts";
import { Pin } from "../../../src/jpki/pin/pin.ts";
import { digestOf, type SigningKey } from "../../../src/jpki/sign.ts";
import { createSignedData } from "../../../src/jpki/signature/cms.ts";
import { signDocument } from "../../../src/jpki/signature/signing.ts";
import { readAttributes } from "../../../src/jpki/text/read.ts";
import { type CardSigner, cardLogin } from "../../../src/login/card-login.ts";
import { fetchNonce } from "../../../src/login/nonce.ts";
import { listApplications, submitApplication } from "../../../src/portal/procedures/applications.ts";
import { type ApplicationDocument, canonicalJson } from "../../../src/portal/procedures/wire.ts";
import { simBackend } from "../../../src/simulator/backend.ts";
import { now, random } from "./cards.ts";
import { type RunningSandbox, temporaryFolder } from "./sandbox.ts";

const connect = { waitForCard: 0, signal: new AbortController().signal };
const holds = { connect, minTries: 2 };
const secrets = { auth: "1234", sign: "TEST1234", text: "5678" };
const askPin = (id: keyof typeof secrets) => ({ askPin: async () => Pin.fromAscii(secrets[id]) });
const key = () => Buffer.from(random(16)).toString("hex");

/** A simulated card's person at a platform, and what is needed to apply. */
export async function applicant(sandbox: RunningSandbox, card = "standard") {
  const { platform } = sandbox;
  const backend = simBackend({ home: temporaryFolder(), now: () => now, sleep: async () => {} });
  onTestFinished(() => backend.close());
  const reader = await backend.open(card, connect);
  const signer: CardSigner = (message) =>
    authenticate(reader, { ...holds, ...askPin("auth"), check: () => {}, message: ({ der }) => message(der) });
  const { session } = await cardLogin({ platform, scope: ["portal"], clock: () => now, random, sign: signer });
  const { attributes } = await readAttributes(reader, "text", { ...holds, ...askPin("text") });
  const { name, address, birth, sex } = attributes;
  const { accessToken } = session;
  const document = async (changed: Partial<ApplicationDocument> = {}): Promise<ApplicationDocument> => ({
    type: "mynakit.application/1",
    platform: platform.url,
    procedure: "131105-moving-out",
    version: 1,
    applicant: { name, address, birth, sex },
    fields: { newAddress: "大阪市", movingDay: "2026-12-01", phone: "0312345678" },
    attachments: [],
    corrects: null,
    nonce: await fetchNonce(platform),
    time: now.toISOString(),
    ...changed,
  });
  const sign = async (text: string, signingKey: SigningKey = "sign"): Promise<string> => {
    const { result } = await signDocument(reader, {
      ...holds,
      ...askPin(signingKey),
      key: signingKey,
      clock: () => now,
      work: (signer) =>
        createSignedData({
          digest: digestOf("sha256", Buffer.from(text)),
          certificates: [signer.certificate.der],
          signingTime: now,
          sign: signer.sign,
        }),
    });
    return Buffer.from(result).toString("base64");
  };
  const submit = (
    application: string,
    signature: string,
    attachments: { name: string; content: string }[] = [],
    idempotencyKey = key(),
  ) => submitApplication(platform, accessToken, { application, signature, attachments, idempotencyKey });
  const apply = async (
    changed: Partial<ApplicationDocument> = {},
    attachments: { name: string; content: string }[] = [],
  ) => {
    const text = canonicalJson(await document(changed));
    return submit(text, await sign(text), attachments);
  };
  return { accessToken, signer, document, sign, submit, apply, list: () => listApplications(platform, accessToken) };
}
