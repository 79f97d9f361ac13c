import type { PinReport } from "../errors.ts";
import type { Clock } from "../host.ts";
import { authenticate } from "../jpki/authentication.ts";
import type { JpkiCertificate } from "../jpki/certificate/parse.ts";
import { environmentOf } from "../jpki/certificate/profile.ts";
import { requireValid } from "../jpki/certificate/validity.ts";
import { reporting } from "../jpki/pin/reporting.ts";
import { cardLogin, type SigningOptions } from "../login/card-login.ts";
import { type Platform, platformClock } from "../login/platform.ts";
import type { Session } from "../login/session.ts";
import { embeddedUrl, type Scope } from "../login/wire.ts";
import { holdOptions } from "./card-use.ts";
import type { Context, Purpose } from "./context.ts";

export interface LoginOrder {
  readonly platform: Platform;
  readonly scope: readonly Exclude<Scope, "openid">[];
  readonly purpose: Purpose;
  /** Told when there is a reader, before its card is touched. */
  readonly readerFound?: () => void;
  /** Refuses, by throwing, before a PIN is asked for. */
  readonly check?: (certificate: JpkiCertificate, clock: Clock) => void | Promise<void>;
}

export interface Login {
  readonly session: Session;
  readonly pin: PinReport;
}

/**
 * Logs in with the card of the chosen reader; tells when the card may be removed, which is before the platform answers.
 * @throws {MynakitError} what `authenticate` and `cardLogin` throw; ERR_CERT_EXPIRED and ERR_CERT_NOT_YET_VALID before a
 *   PIN is asked for
 */
export async function logIn(context: Context, { scope, ...order }: LoginOrder): Promise<Login> {
  const { hostname: deviceName } = context.host;
  return cardLogin({ ...(await signing(context, order)), scope, deviceName });
}

/** What `cardLogin` and its like need of the card in the chosen reader. @throws {MynakitError} ERR_READER_* and the like */
export async function signing(
  context: Context,
  { platform, purpose, check, readerFound }: Omit<LoginOrder, "scope">,
): Promise<SigningOptions> {
  const reader = await context.reader();
  readerFound?.();
  const clock = context.clock({
    simulatedCard: reader.simulated,
    embeddedPlatform: platform.url === embeddedUrl,
  });
  let signingTime = clock;
  const { random } = context.host;
  return {
    platform,
    clock,
    signingTime: () => signingTime(),
    random,
    async sign(message) {
      context.progress({ step: "reading-card" });
      const { signature, pin } = await authenticate(reader, {
        ...holdOptions(context),
        async check(certificate) {
          signingTime = judgedBy(certificate, platform, clock);
          requireValid(certificate, signingTime());
          await check?.(certificate, signingTime);
        },
        askPin: (prompt) => context.askPin({ ...prompt, purpose }),
        async message({ der }) {
          const bytes = await message(der);
          context.progress({ step: "using-card" });
          return bytes;
        },
      });
      context.progress({ step: "card-done" });
      context.progress({ step: "contacting-platform" });
      return { signature, pin };
    },
  };
}

/**
 * The clock that a certificate is judged by, and that its signature is dated with. For a simulated card, in whatever
 * reader, it is the platform's, which its operator may have moved. A real card never signs another time than its
 * holder's: what it signs could be put away for the day that it bears.
 */
export const judgedBy = (certificate: JpkiCertificate, platform: Platform, clock: Clock): Clock =>
  environmentOf(certificate) === "simulated" ? platformClock(platform, clock) : clock;

/** Work with the platform after the card was used: its errors say, too, what happened to the PIN. */
export const afterLogin = <T>(login: Login, work: () => Promise<T>): Promise<T> => reporting(login.pin, work);

/** The platform as results show it. */
export const shownPlatform = ({ url, sandbox }: Platform) => ({ url, sandbox });
