import type { Cell } from "../layout.ts";
import type { Messages } from "../messages/messages.ts";

/** The platform's address, and that a sandbox is one. */
export function platformField(
  platform: { readonly url: string; readonly sandbox: boolean | null },
  { words }: Messages,
): readonly [string, Cell] {
  return [
    words.platform,
    platform.sandbox ? { text: `${platform.url} (${words.sandbox})`, style: "caution" } : { text: platform.url },
  ];
}
