import type { CommandApdu } from "../../apdu/command.ts";
import type { ResponseApdu } from "../../apdu/response.ts";
import { encodeTlv } from "../../apdu/tlv.ts";
import { type ApplicationName, applications } from "../../jpki/applications.ts";
import { type CardOs, findEntry, Refusal, success } from "../os.ts";

const noAnswer = 0x0c;
const fciTemplate = 0x00;

/** SELECT (ISO/IEC 7816-4, 11.2): an application by its whole name, an EF of the current application by its identifier. */
export function select(os: CardOs, { p1, p2, data, le }: CommandApdu): ResponseApdu {
  if (p2 !== noAnswer && p2 !== fciTemplate) throw new Refusal(0x6a86);
  switch (p1) {
    case 0x04: {
      const name = selectApplication(os, data);
      return success(p2 === fciTemplate && le ? fileControlInformation(name).subarray(0, le) : undefined);
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

function selectApplication({ image, session }: CardOs, name: Uint8Array | undefined): ApplicationName {
  if (!name) throw new Refusal(0x6700);
  const application = image.applications.find((each) => Buffer.from(applications[each].aid).equals(name));
  if (!application) throw new Refusal(0x6a82);
  if (session.verifiedIn !== application && !image.switches.verifiedOutlivesApplication) session.verified.clear();
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
