import { challengePath, platformPath } from "../../../../login/wire.ts";
import type { Operation } from "../operation.ts";

export const platformOperations: readonly Operation[] = [
  {
    method: "GET",
    path: platformPath,
    id: "describePlatform",
    summary: "What answers here, and that it is a sandbox.",
    access: "nothing",
    answer: "PlatformDescription",
  },
  {
    method: "GET",
    path: "/health",
    id: "checkHealth",
    summary: "Whether the platform is alive.",
    access: "nothing",
    evenWhenClosed: true,
    answer: "Health",
  },
  {
    method: "GET",
    path: "/ready",
    id: "checkReadiness",
    summary: "Whether it can serve: its database answers, in the right version, and it is not being stopped.",
    access: "nothing",
    evenWhenClosed: true,
    answer: "Ready",
  },
  {
    method: "GET",
    path: "/openapi.json",
    id: "describeProtocol",
    summary: "This document.",
    access: "nothing",
    answer: "ProtocolDescription",
  },
  {
    method: "POST",
    path: challengePath,
    id: "askNonce",
    summary: "A nonce for the assertion of one card login.",
    access: "nothing",
    answer: "Challenge",
  },
];
