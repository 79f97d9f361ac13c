import { reporting } from "../../jpki/pin/reporting.ts";
import type { BirthYear } from "../../jpki/verification-number.ts";
import type { CardImage } from "../../jpki/visual/image.ts";
import { type FaceReading, readFace } from "../../jpki/visual/read.ts";
import { useReader } from "../card-use.ts";
import type { Run } from "../command.ts";
import type { DataOf } from "../results.ts";
import { type ImageName, imageFolder } from "./image-folder.ts";
import { proof, shownDay, shownPerson } from "./shown.ts";

type Shown = DataOf<"card face">["images"][number];

/** Shows what the face of the card says, and writes its images to files, byte for byte as the card has them. */
export const run: Run<DataOf<"card face">> = async (context, input) => {
  const pin = input.options.with === "a" ? "visual-a" : "visual-b";
  const birthYear = input.options.birthYear as BirthYear;
  const folder = imageFolder(input.options.output, { overwrite: input.options.force === true });
  const { reader, result } = await useReader(context, (reader, options) =>
    readFace(reader, pin, {
      ...options,
      askPin: (prompt) => context.askPin({ ...prompt, purpose: "card-face", birthYear }),
    }),
  );
  const { face, checks } = result;
  const images = await reporting(result.pin, async () =>
    imagesOf(result).map(([name, image]): Shown => {
      const { type, content } = image;
      return { name, type, bytes: content.length, file: folder.write(name, image), signed: name !== "security-code" };
    }),
  );
  const { data, exit } = proof(checks);
  return {
    data: {
      reader,
      openedWith: pin,
      ...shownPerson(face),
      expiry: shownDay(face.expiry),
      images,
      ...data,
      ...result.pin,
    },
    warnings: result.number ? [{ code: "WARN_NUMBER_OF_OTHERS", details: {} }] : [],
    ...exit,
  };
};

const imagesOf = ({ face, number }: FaceReading): (readonly [ImageName, CardImage])[] => [
  ["photo", face.photo],
  ["name", face.name],
  ["address", face.address],
  ["security-code", face.securityCode],
  ...(number ? [["number", number.image] as const] : []),
];
