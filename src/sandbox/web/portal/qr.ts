import { html, raw } from "hono/html";
import { renderSVG } from "uqr";
import type { Markup } from "../markup.ts";

/** ISO/IEC 18004: four modules of quiet zone. White in dark pages, too: readers want dark on bright. */
const quietZone = 4;

/** A picture of an address. @param name what it is called where it cannot be seen; the address stands beside it */
export const qrCode = (address: string, name: string): Markup =>
  html`<div class="qr" role="img" aria-label="${name}">${raw(renderSVG(address, { border: quietZone, pixelSize: 1 }))}</div>`;
