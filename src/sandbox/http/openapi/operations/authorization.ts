import { badAssertions, badProofs, type Operation, undecidable } from "../operation.ts";

const discovery: Omit<Operation, "id" | "method" | "path"> = {
  summary: "Where the authorization server's endpoints are (RFC 8414, OpenID Connect Discovery 1.0).",
  access: "nothing",
  oauth: true,
  answer: "ServerMetadata",
};

const userinfo: Omit<Operation, "id" | "method" | "path"> = {
  summary: "The person of a session with the scope openid (OpenID Connect Core 1.0, 5.3).",
  access: "openid",
  oauth: true,
  answer: "UserInfo",
  errors: {
    400: ["invalid_request"],
    401: ["invalid_token", "invalid_dpop_proof"],
    403: ["insufficient_scope"],
  },
};

/** What oidc-provider answers. */
export const authorizationOperations: readonly Operation[] = [
  { method: "GET", path: "/.well-known/openid-configuration", id: "discoverOpenid", ...discovery },
  { method: "GET", path: "/.well-known/oauth-authorization-server", id: "discoverOauth", ...discovery },
  {
    method: "GET",
    path: "/jwks",
    id: "showKeys",
    summary: "The keys that sign ID tokens (RFC 7517).",
    access: "nothing",
    oauth: true,
    answer: "Keys",
    contentType: "application/jwk-set+json",
  },
  {
    method: "POST",
    path: "/token",
    id: "logIn",
    summary:
      "Logs in, by an assertion that the card signed (RFC 7523, 2.1), by the code of a device that a card elsewhere let in (RFC 8628, 3.4), by the code that a browser brought back from the authorization endpoint (RFC 6749, 4.1.3; RFC 7636), or by MyKey ID and password.",
    access: "nothing",
    oauth: true,
    proof: true,
    body: "TokenRequest",
    answer: "TokenAnswer",
    refusals: [
      "request-malformed",
      ...badProofs,
      "scope-unknown",
      ...badAssertions,
      "authorization-pending",
      "slow-down",
      "device-login-foreign",
      ...undecidable,
      "login-refused",
      "account-suspended",
      "throttled",
    ],
    errors: {
      400: ["invalid_request", "unsupported_grant_type", "invalid_scope", "invalid_grant"],
      401: ["invalid_client"],
    },
  },
  {
    method: "POST",
    path: "/token/revocation",
    id: "logOut",
    summary: "Ends the session of a token (RFC 7009). A token that is unknown or over is no error.",
    access: "nothing",
    oauth: true,
    body: "RevocationRequest",
    answer: null,
    errors: { 400: ["invalid_request"], 401: ["invalid_client"] },
  },
  { method: "GET", path: "/me", id: "showUser", ...userinfo },
  { method: "POST", path: "/me", id: "showUserByPost", ...userinfo },
];
