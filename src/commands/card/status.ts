import { toHex } from "../../apdu/hex.ts";
import { isError, MynakitError } from "../../errors.ts";
import type { Clock } from "../../host.ts";
import { type ApplicationName, type CertificateKind, pinReferences } from "../../jpki/applications.ts";
import { readAvailability } from "../../jpki/availability.ts";
import { parseCertificate } from "../../jpki/certificate/parse.ts";
import { readCertificate } from "../../jpki/certificate/read.ts";
import { validityState } from "../../jpki/certificate/validity.ts";
import type { Card } from "../../jpki/hold.ts";
import { identifyCard, probeApplications } from "../../jpki/identify.ts";
import { type PinCounter, readCounters } from "../../jpki/pin/query.ts";
import { pinReference } from "../../jpki/pin/references.ts";
import { earliestUse, usualWaitingTime } from "../../mykey/waiting.ts";
import { useCard } from "../card-use.ts";
import { expiryWarnings } from "../cert/warnings.ts";
import type { Run } from "../command.ts";
import { lowWarnings, namedCounters } from "../pin/counters.ts";
import type { DataOf } from "../results.ts";

type Status = DataOf<"card status">;
type CertificateStatus = Status["certificates"]["auth"];
type Pins = Status["pins"];
type Usable = Status["usableFor"]["login"];

const yes: Usable = { ok: true, reason: null };
const no = (reason: string): Usable => ({ ok: false, reason });

/** Shows what the card is, what it holds, and what it can be used for. Sends no PIN. */
export const run: Run<Status> = async (context) =>
  useCard(context, async (card, { uri, simulated }) => {
    const identity = await identifyCard(card);
    const common = {
      reader: uri,
      atr: toHex(card.atr),
      kind: identity.kind,
      name: identity.name[context.messages.language],
      token: identity.token?.label ?? null,
    };
    if (!identity.applications.includes("jpki")) return { data: { ...common, ...foreignCard } };
    const clock = context.clock({ simulatedCard: simulated });
    const availability = await readAvailability(card);
    const auth = await authStatus(card, availability?.auth, clock);
    const sign = signStatus(availability?.sign);
    const counters = await readCounters(
      card,
      pinReferences.map(({ id }) => id),
    );
    const pins = namedCounters(context.messages, counters);
    const login = identity.kind === "smartphone-jpki" ? no("phone-unsupported") : loginUse(auth.status, pins);
    return {
      data: {
        ...common,
        applications: await probeApplications(card, applicationsOf(counters)),
        certificates: { auth: auth.status, sign },
        pins,
        usableFor: {
          login,
          sign: signUse(sign, auth.status, pins),
          reservation: login.ok ? reservationUse(auth.notBefore, clock) : login,
        },
      },
      warnings: [
        ...lowWarnings(counters),
        ...(auth.status.notAfter
          ? expiryWarnings({ kind: "auth", notAfter: new Date(auth.status.notAfter) }, clock())
          : []),
      ],
    };
  });

/** Where a PIN's counter answered, its application is there. */
const applicationsOf = (counters: readonly PinCounter[]): ReadonlyMap<ApplicationName, boolean> =>
  new Map(
    counters.flatMap(({ id, state }) => (state === "absent" ? [] : [[pinReference(id).application, true] as const])),
  );

const absentCertificate: CertificateStatus = { present: false, notAfter: null, state: "absent" };
const notThisCard = no("not-my-number-card");
const foreignCard = {
  applications: [],
  certificates: { auth: absentCertificate, sign: absentCertificate },
  pins: [],
  usableFor: { login: notThisCard, sign: notThisCard, reservation: notThisCard },
};

async function authStatus(
  card: Card,
  available: boolean | undefined,
  clock: Clock,
): Promise<{ status: CertificateStatus; notBefore: Date | null }> {
  if (available === false) return { status: absentCertificate, notBefore: null };
  const kind: CertificateKind = "auth";
  try {
    const certificate = parseCertificate(await readCertificate(card, kind), kind);
    const state = validityState(certificate, clock());
    return {
      status: { present: true, notAfter: certificate.notAfter.toISOString(), state },
      notBefore: certificate.notBefore,
    };
  } catch (error) {
    if (isError(error, "ERR_CERT_ABSENT")) return { status: absentCertificate, notBefore: null };
    if (isError(error, "ERR_CERT_MALFORMED")) {
      return { status: { present: true, notAfter: null, state: "malformed" }, notBefore: null };
    }
    // A phone opens it only with the PIN.
    if (error instanceof MynakitError && isError(error, "ERR_CARD_ANSWER") && error.details.sw === "6982") {
      return { status: { present: true, notAfter: null, state: "unreadable" }, notBefore: null };
    }
    throw error;
  }
}

/** The signing certificate opens only with the password, so its dates stay unknown here. */
function signStatus(available: boolean | undefined): CertificateStatus {
  if (available === false) return absentCertificate;
  return { present: available ?? null, notAfter: null, state: "unreadable" };
}

function pinUse(pins: Pins, id: "auth" | "sign"): Usable {
  const state = pins.find((pin) => pin.id === id)?.state;
  if (state === "locked") return no("pin-locked");
  if (state === "last-try") return no("pin-last-try");
  return state === "ok" || state === "low" ? yes : no("pin-unknown");
}

function loginUse({ state }: CertificateStatus, pins: Pins): Usable {
  if (state !== "valid") return no(`certificate-${state}`);
  return pinUse(pins, "auth");
}

/**
 * The signing certificate is shut, but it never outlives the authentication certificate (issuing practice of JPKI).
 * What is not known stays said beside the yes.
 */
function signUse({ state }: CertificateStatus, auth: CertificateStatus, pins: Pins): Usable {
  if (state === "absent") return no("certificate-absent");
  if (auth.state === "expired" || auth.state === "not-yet-valid") return no(`certificate-${auth.state}`);
  const use = pinUse(pins, "sign");
  return use.ok ? { ok: true, reason: "certificate-unreadable" } : use;
}

function reservationUse(notBefore: Date | null, clock: Clock): Usable {
  if (!notBefore) return no("certificate-unreadable");
  return earliestUse(notBefore, usualWaitingTime) > clock() ? no("certificate-too-new") : yes;
}
