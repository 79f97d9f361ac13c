import { pageSegments as ownSegments } from "../../web/paths.ts";

/** First segments of the paths that are pages for browsers: HTML, not part of the protocol and not described by it. */
export const pageSegments: readonly string[] = ["auth", "session", ...ownSegments].sort();

/** @param path beginning with a slash */
export const isPage = (path: string): boolean => pageSegments.includes(path.split("/")[1] ?? "");
