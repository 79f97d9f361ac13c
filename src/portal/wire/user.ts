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
}

/** Body of `POST /portal/v1/user/registration`. */
export interface UserRegistration {
  readonly nickname: string;
  readonly email?: string | null;
  readonly notify?: boolean;
}

/** Body of `POST /portal/v1/user/changes`: what is not named stays. */
export type UserChange = Partial<UserRegistration>;
