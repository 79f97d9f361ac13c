import type { InformationTopic } from "./information.ts";

/** Services that are linked with Mynaportal (もっとつながる) on the wire. */
export const linkPaths = { links: "/portal/v1/links", changes: "/portal/v1/links/changes" } as const;

/** Stand-ins of the sandbox for the real services: none of them is reached. */
export const linkServices = ["e-tax", "nenkin-net", "e-shishobako", "mypost"] as const;
export type LinkService = (typeof linkServices)[number];

export interface Link {
  readonly service: LinkService;
  /** What it may get of the person's information. */
  readonly gets: readonly InformationTopic[];
  /** Under which the person is known there and nowhere else; null: not linked. */
  readonly identifier: string | null;
  /** RFC 3339; null: not linked. */
  readonly linkedAt: string | null;
}

/** Answer of `GET /portal/v1/links` and of what changes one. */
export interface Links {
  readonly sandbox: boolean;
  readonly links: readonly Link[];
}

/** Body of `POST /portal/v1/links/changes`. */
export interface LinkChange {
  readonly service: LinkService;
  readonly action: "connect" | "remove";
}
