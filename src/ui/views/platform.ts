import type { Cell } from "../layout.ts";
import type { Messages } from "../messages/messages.ts";

/** The platform's address, and that a sandbox is one. @param name what it is to the reader */
export function platformField(
  platform: { readonly url: string; readonly sandbox: boolean | null },
  { words }: Messages,
  name = words.platform,
): readonly [string, Cell] {
  return [
    name,
    platform.sandbox ? { text: `${platform.url} (${words.sandbox})`, style: "caution" } : { text: platform.url },
  ];
}
