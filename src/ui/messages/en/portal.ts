import type { PortalText } from "../portal-text.ts";

export const portal: PortalText = {
  nickname: "Nickname",
  registeredAt: "Registered at",
  mailNotice: "Notices by mail",
  noticeHead: ["Number", "At", "State", "Notice"],
  notices: {
    registered: () => "You have registered.",
    "application-moved": (id) => `There is news of application ${id}: mynakit portal applications ${id}`,
    "tax-return-opens": (year) => `Tax returns for ${year} are accepted from now on.`,
    "tax-transfer-planned": (year) => `The income tax for ${year} will be taken from the account.`,
    "tax-transfer-done": (year) => `The income tax for ${year} has been taken from the account.`,
    "allowance-report-opens": (year) => `The child allowance reports of ${Number(year) + 1} are accepted from now on.`,
  },
  read: "read",
  unread: "unread",
  noNotices: "There are no notices.",
};
