import type { Reader } from "../../apdu/reader.ts";
import type { PinReport } from "../../errors.ts";
import { visualFiles } from "../applications.ts";
import { type CardFileRequest, parsing } from "../card-file.ts";
import { type CvCertificate, checkCvCertificate, isSignedWith, parseCvCertificate } from "../cv-certificate.ts";
import { checked, type IntegrityCheck, notChecked } from "../integrity.ts";
import type { PresentOptions } from "../pin/present.ts";
import { unlockFiles } from "../unlock-files.ts";
import { type Face, isFaceSignedWith, type NumberImage, parseFace, parseNumberImage } from "./face.ts";

const application = "visual";
const face: CardFileRequest = { name: "face", application, file: visualFiles.face };
const number: CardFileRequest = { name: "number-image", application, file: visualFiles.number };
const cv: CardFileRequest = {
  name: "visual-certificate",
  application,
  file: visualFiles.cvCertificate,
  first: 568,
  optional: true,
};

export interface FaceReading {
  readonly face: Face;
  /** Verification number B does not open it: null. */
  readonly number: NumberImage | null;
  readonly checks: readonly IntegrityCheck[];
  readonly pin: PinReport;
}

/**
 * Reads the face of the card with verification number A or B, and what proves it; with A the image of the My Number, too.
 * @throws {MynakitError} what `unlockFiles` throws
 */
export async function readFace(
  reader: Reader,
  pin: "visual-a" | "visual-b",
  options: PresentOptions,
): Promise<FaceReading> {
  const files = pin === "visual-a" ? [face, number, cv] : [face, cv];
  return unlockFiles(reader, { pin, files }, options, (contents) => {
    const { face: content, "number-image": numberContent, "visual-certificate": cvContent } = contents;
    const found = parsing("face", content, parseFace);
    const numberImage = numberContent && parsing("number-image", numberContent, parseNumberImage);
    const certificate = cvContent && parsing("visual-certificate", cvContent, parseCvCertificate);
    const checks = [
      ...checkFace(found, numberImage, certificate),
      notChecked("unsigned-fields", "outside-the-signature"),
      checkCvCertificate(certificate, reader.simulated),
    ];
    return { face: found, number: numberImage, checks };
  });
}

function checkFace(found: Face, number: NumberImage | null, certificate: CvCertificate | null): IntegrityCheck[] {
  if (!certificate) return [notChecked("signature", "certificate-absent")];
  const { publicKey } = certificate;
  const signature = checked("signature", isFaceSignedWith(publicKey, found), "signature-wrong");
  if (!number) return [signature];
  const holds = isSignedWith(publicKey, number.signed, number.signature);
  return [signature, checked("number-signature", holds, "signature-wrong")];
}
