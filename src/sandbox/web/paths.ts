import { verificationPath } from "../../login/device/wire.ts";
import { pageTicketPath } from "../../mykey/wire.ts";

/** First segments of what is there for browsers: whatever is under them answers HTML, and is no part of the protocol. */
export const pageSegments = ["mypage", "mynaportal", verificationPath.slice(1), "interaction"] as const;

/** The pages of the MyKey Platform. */
export const pagePaths = {
  top: "/mypage",
  style: "/mypage/style.css",
  login: "/mypage/login",
  card: pageTicketPath,
  logOut: "/mypage/logout",
  account: "/mypage/account",
  points: "/mypage/points",
  history: "/mypage/history",
  profile: "/mypage/profile",
  password: "/mypage/password",
  support: "/mypage/support",
} as const;

/** The pages of Mynaportal; `approval` is what a QR code leads to. */
export const portalPages = {
  top: "/mynaportal",
  login: "/mynaportal/login",
  waiting: "/mynaportal/waiting",
  cancel: "/mynaportal/waiting/cancel",
  logOut: "/mynaportal/logout",
  home: "/mynaportal/home",
  notices: "/mynaportal/notices",
  reading: "/mynaportal/notices/read",
  exchanges: "/mynaportal/exchanges",
  applications: "/mynaportal/applications",
  profile: "/mynaportal/profile",
  sessions: "/mynaportal/sessions",
  sessionEnd: "/mynaportal/sessions/end",
  consents: "/mynaportal/consents",
  consentEnd: "/mynaportal/consents/end",
  approval: verificationPath,
  denial: `${verificationPath}/denial`,
  /** What a service of somebody else asks for; the request's identifier follows. */
  consent: "/interaction",
} as const;
