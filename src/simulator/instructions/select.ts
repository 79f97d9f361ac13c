import type { CommandApdu } from "../../apdu/command.ts";
import type { ResponseApdu } from "../../apdu/response.ts";
import { encodeTlv } from "../../apdu/tlv.ts";
import { type ApplicationName, applications } from "../../jpki/applications.ts";
import { type CardOs, findEntry, Refusal, success } from "../os.ts";

const noAnswer = 0x0c;
const fciTemplate = 0x00;
const nextOccurrence = 0x02;

/**
 * SELECT (ISO/IEC 7816-4, 11.2): an application by its name or the beginning of one, the first that fits or the next after the
 * selected one; an EF of the current application by its identifier. Source for prefixes: public measurements (myna-card).
 */
export function select(os: CardOs, { p1, p2, data, le }: CommandApdu): ResponseApdu {
  const next = p2 === nextOccurrence && p1 === 0x04;
  if (p2 !== noAnswer && p2 !== fciTemplate && !next) throw new Refusal(0x6a86);
  switch (p1) {
    case 0x04: {
      const name = selectApplication(os, data, next);
      return success(p2 !== noAnswer && le ? fileControlInformation(name).subarray(0, le) : undefined);
    }
    case 0x02:
      selectFile(os, data);
      return success();
    case 0x00:
      return selectMasterFile(os, data);
    default:
      throw new Refusal(0x6a86);
  }
}

function selectApplication(os: CardOs, name: Uint8Array | undefined, next: boolean): ApplicationName {
  if (!name) throw new Refusal(0x6700);
  const { image, session } = os;
  const beginsWith = ({ aid }: { aid: Uint8Array }) => Buffer.from(aid.subarray(0, name.length)).equals(name);
  const matching = image.applications.filter((each) => beginsWith(applications[each]));
  const current = session.application === null ? -1 : matching.indexOf(session.application);
  const application = matching[next ? current + 1 : 0];
  if (!application) throw new Refusal(0x6a82);
  const { verifiedOutlivesApplication, verifiedOutlivesReselection } = image.switches;
  const kept = session.verifiedIn === application ? verifiedOutlivesReselection : verifiedOutlivesApplication;
  if (!kept) session.verified.clear();
  session.verifiedIn = application;
  session.application = application;
  session.file = null;
  return application;
}

function selectFile(os: CardOs, identifier: Uint8Array | undefined): void {
  if (identifier?.length !== 2) throw new Refusal(0x6700);
  const id = Buffer.from(identifier).readUInt16BE();
  if (!findEntry(os, id)) throw new Refusal(0x6a82);
  os.session.file = id;
}

/** No master file can be selected. Without an identifier the command is idle in an application. Source: public measurements (myna-card). */
function selectMasterFile({ session }: CardOs, identifier: Uint8Array | undefined): ResponseApdu {
  if (identifier) throw new Refusal(0x6a82);
  if (session.application === null) throw new Refusal(0x6a86);
  return success();
}

/** What a real card puts there is not published; the DF name (tag 84) is the least that ISO/IEC 7816-4 allows. */
const fileControlInformation = (name: ApplicationName) => encodeTlv(0x6f, [encodeTlv(0x84, applications[name].aid)]);
