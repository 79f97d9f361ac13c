import type { View } from "./index.ts";

export const completion: View<"completion"> = ({ script }) => [{ kind: "raw", content: script }];
