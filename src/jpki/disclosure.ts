import type { DisclosedApplication } from "../apdu/channels/disclosure.ts";
import { applications, jpkiFiles, textFiles, visualFiles } from "./applications.ts";

/**
 * What the files of a My Number Card tell. Authorities, token and counters are public; the two certificates say who the
 * person is. The integrity record holds a digest of the My Number, which has few enough values to try them all.
 */
export const disclosedApplications: readonly DisclosedApplication[] = [
  {
    aid: applications.jpki.aid,
    personal: [jpkiFiles.signCertificate, jpkiFiles.authCertificate],
    myNumber: [],
  },
  { aid: applications.isd.aid, personal: [], myNumber: [] },
  { aid: applications.text.aid, personal: "all", myNumber: [textFiles.myNumber, textFiles.integrity] },
  { aid: applications.visual.aid, personal: "all", myNumber: [visualFiles.number] },
];
