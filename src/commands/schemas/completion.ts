import * as v from "valibot";

export const completionSchemas = {
  completion: v.object({ shell: v.picklist(["bash", "zsh", "fish"]), script: v.string() }),
} as const;
