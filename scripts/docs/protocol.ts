import { describeProtocol } from "../../src/sandbox/http/openapi/document.ts";
import type { Document } from "./document.ts";

/** docs/openapi.json: the document as a sandbox serves it that answers on port 8080. */
export const protocol = (): Document => ({
  path: "docs/openapi.json",
  content: `${JSON.stringify(describeProtocol("http://127.0.0.1:8080"), null, 2)}\n`,
});
