import { apduSchemas } from "./schemas/apdu.ts";
import { cardSchemas } from "./schemas/card.ts";
import { certSchemas } from "./schemas/cert.ts";
import { completionSchemas } from "./schemas/completion.ts";
import { explainSchemas } from "./schemas/explain.ts";
import { mykeySchemas } from "./schemas/mykey.ts";
import { pinSchemas } from "./schemas/pin.ts";
import { pointsSchemas } from "./schemas/points.ts";
import { portalSchemas } from "./schemas/portal.ts";
import { proceduresSchemas } from "./schemas/procedures.ts";
import { readerSchemas } from "./schemas/reader.ts";
import { sandboxSchemas } from "./schemas/sandbox.ts";
import { signSchemas } from "./schemas/sign.ts";
import { simSchemas } from "./schemas/sim.ts";
import { verifySchemas } from "./schemas/verify.ts";

/**
 * The `data` of every command's JSON document. Types are inferred from here, `docs/schemas` is generated from here,
 * and tests check real output against it. Scripts rely on these names: they are only ever added to.
 */
export const schemas = {
  ...readerSchemas,
  ...cardSchemas,
  ...pinSchemas,
  ...certSchemas,
  ...signSchemas,
  ...verifySchemas,
  ...apduSchemas,
  ...mykeySchemas,
  ...pointsSchemas,
  ...portalSchemas,
  ...simSchemas,
  ...sandboxSchemas,
  ...explainSchemas,
  ...completionSchemas,
  ...proceduresSchemas,
};
