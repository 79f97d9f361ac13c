/**
 * Login of one device that a card at another one approves, on the wire, shared by client and server: the device
 * authorization grant (RFC 8628), and the approval by an assertion that the card signs for this one request.
 */
export const deviceGrant = "urn:ietf:params:oauth:grant-type:device_code";

/** Relative to the platform's URL. All take POST. */
export const devicePaths = {
  /** The device authorization endpoint (RFC 8628, 3.1). */
  authorization: "/device-logins",
  /** Where the device takes back what it asked for. */
  cancellations: "/device-logins/cancellations",
  /** What is known of the request behind a user code. */
  lookups: "/device-logins/lookups",
  /** A nonce for its approval, and for nothing else. */
  challenges: "/device-logins/challenges",
  /** Takes the assertion; its `aud` is this URL. */
  approvals: "/device-logins/approvals",
  denials: "/device-logins/denials",
} as const;

/** What a person opens on another device (RFC 8628, 3.3): a page. */
export const verificationPath = "/device";

/** Answer of the device authorization endpoint (RFC 8628, 3.2). Times are seconds. */
export interface DeviceAuthorization {
  readonly device_code: string;
  readonly user_code: string;
  readonly verification_uri: string;
  readonly verification_uri_complete: string;
  readonly expires_in: number;
  readonly interval: number;
  readonly sandbox: boolean;
}

/** Body of `POST /device-logins/cancellations`. */
export interface DeviceCancellation {
  readonly deviceCode: string;
}

/** Body of `POST /device-logins/lookups`. */
export interface DeviceLookup {
  readonly userCode: string;
}

/** Its answer: who asks to be let in. Dates are RFC 3339. */
export interface DeviceRequest {
  readonly sandbox: boolean;
  /** Names the request to those who have seen its code; opens nothing without a card. */
  readonly request: string;
  readonly userCode: string;
  /** The OAuth client. */
  readonly client: string;
  /** What the client is called where it is an external service; null: mynakit itself. */
  readonly service: string | null;
  /** What the session will be for, separated by spaces. */
  readonly scope: string;
  /** As the device calls itself; nobody checked it. */
  readonly device: string | null;
  /** As the platform saw it; null: in the same process. */
  readonly address: string | null;
  readonly requestedAt: string;
  readonly expiresAt: string;
}

/** Body of `POST /device-logins/challenges` and `…/denials`. */
export interface DeviceReference {
  readonly request: string;
}

/** Body of `POST /device-logins/approvals`. */
export interface DeviceApproval extends DeviceReference {
  readonly assertion: string;
}

/** What came of it; answer of `…/approvals`, `…/denials` and `…/cancellations`. */
export interface DeviceDecision {
  readonly sandbox: boolean;
  readonly state: "approved" | "denied" | "cancelled";
  /** Of an approval: whether the person has registered with Mynaportal, without which there is nothing to read. */
  readonly registered?: boolean;
}

/** Letters of user codes: no vowels, so no words, and nothing that looks like something else (RFC 8628, 6.1). */
const letters = "BCDFGHJKLMNPQRSTVWXZ";
export const userCodeLength = 8;
const wellFormed = new RegExp(`^[${letters}]{${userCodeLength}}$`);

/** A user code from random bytes: bytes that would make some letters likelier are passed over. */
export function newUserCode(random: (length: number) => Uint8Array): string {
  let code = "";
  while (code.length < userCodeLength) {
    const [byte = 255] = random(1);
    if (byte < 256 - (256 % letters.length)) code += letters[byte % letters.length];
  }
  return code;
}

/** A user code as it was typed, in its one spelling; undefined: it cannot be one. */
export function userCodeIn(typed: string): string | undefined {
  const code = typed
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s\p{Pd}.]/gu, "");
  return wellFormed.test(code) ? code : undefined;
}

/** A user code as people read it: two groups of four. */
export const shownUserCode = (code: string): string => `${code.slice(0, 4)}-${code.slice(4)}`;
