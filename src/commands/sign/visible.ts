import { MynakitError } from "../../errors.ts";
import type { Rectangle } from "../../pdf/page.ts";
import type { Mark, SignablePdf } from "../../pdf/place.ts";

/** In points: below it nothing could be read. */
const least = 10;

const form = "PAGE:X,Y,WIDTH,HEIGHT";
const example = "1:50,50,180,40";
const decimal = String.raw`(\d{1,5}(?:\.\d{1,3})?)`;
const pattern = new RegExp(`^(\\d{1,6}):${decimal},${decimal},${decimal},${decimal}$`);

/**
 * Where `--visible` wants a mark to be.
 * @throws {MynakitError} ERR_USAGE_OPTION, also where the page is not there or does not hold it; what `pdf` throws
 */
export function visibleAt(text: string, pdf: SignablePdf): Rectangle & Pick<Mark, "page"> {
  const match = pattern.exec(text);
  if (!match) throw refused(`${example} (${form})`, "malformed");
  const [, page = 0, x = 0, y = 0, width = 0, height = 0] = match.map(Number);
  const size = pdf.pageSize(page);
  if (!size) throw refused(`${form} (PAGE: 1–${pdf.pageCount()})`);
  if (width < least || height < least) throw refused(`${form} (WIDTH, HEIGHT ≥ ${least})`);
  if (x + width > size.width || y + height > size.height) {
    throw refused(`${form} (X + WIDTH ≤ ${size.width}, Y + HEIGHT ≤ ${size.height})`);
  }
  return { page, x, y, width, height };
}

const refused = (allowed: string, problem: "not-allowed" | "malformed" = "not-allowed"): MynakitError =>
  new MynakitError("ERR_USAGE_OPTION", { option: "--visible", problem, allowed });
