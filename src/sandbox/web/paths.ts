import { pageTicketPath } from "../../mykey/wire.ts";

/** The first segment of what is there for browsers: whatever is under it answers HTML, and is no part of the protocol. */
export const pagesSegment = "mypage";

/** The pages. */
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
