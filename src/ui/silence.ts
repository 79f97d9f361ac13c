import type { Host } from "../host.ts";

const endOfText = 0x03;

export interface Silence {
  begin(): void;
  end(): void;
}

/**
 * Keeps the terminal from showing what is typed while no prompt stands: who knows that a PIN will be asked for may type
 * it early. What is typed in that time is dropped, but for Ctrl-C, which does what it always does.
 */
export function terminalSilence(host: Host): Silence {
  let silent = false;
  const heed = (typed: Uint8Array): void => {
    if (typed.includes(endOfText)) host.interrupt();
  };
  return {
    begin() {
      if (silent) return;
      silent = true;
      host.stdin.setRawMode(true).on("data", heed);
    },
    end() {
      if (!silent) return;
      silent = false;
      host.stdin.off("data", heed).setRawMode(false).pause();
    },
  };
}
