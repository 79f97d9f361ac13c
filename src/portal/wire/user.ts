/** A person's registration with Mynaportal (利用者登録) on the wire. */
export const userPaths = {
  user: "/portal/v1/user",
  registration: "/portal/v1/user/registration",
  changes: "/portal/v1/user/changes",
} as const;

/** Answer of `GET /portal/v1/user`, and of what registers and changes. */
export interface PortalUser {
  readonly sandbox: boolean;
  /** What the person wants to be called (ニックネーム). */
  readonly nickname: string;
  readonly email: string | null;
  /** Whether notices are to go to that address, too. A sandbox sends no mail. */
  readonly notify: boolean;
  /** RFC 3339. */
  readonly registeredAt: string;
  readonly registrations: Registrations;
}

/** What else can be registered from the portal, as it stands. Days as `2026-06-01`. */
export interface Registrations {
  /** True: it is a synthetic person's. */
  readonly synthetic: boolean;
  /** Since when the card serves as the insurance card (健康保険証利用); null: it does not. */
  readonly insuranceCard: string | null;
  /** Since when an account for public money (公金受取口座) is registered; null: none. */
  readonly publicAccount: string | null;
}

/** Body of `POST /portal/v1/user/registration`. */
export interface UserRegistration {
  readonly nickname: string;
  readonly email?: string | null;
  readonly notify?: boolean;
}

/** Body of `POST /portal/v1/user/changes`: what is not named stays. */
export type UserChange = Partial<UserRegistration>;

/** Characters. */
export const longestNickname = 20;

export const isNickname = (text: string): boolean =>
  /^(?=.*\S)[^\p{C}\p{Zl}\p{Zp}]+$/u.test(text) && [...text].length <= longestNickname;
