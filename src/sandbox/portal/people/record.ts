import type { InformationRecord } from "../../../portal/wire/information.ts";

/** A record as it is made up: most are numbers, and have no text. */
export type MadeRecord = Omit<InformationRecord, "text"> & Partial<Pick<InformationRecord, "text">>;
