import type { DeviceAnswer } from "../../login/oidc.ts";
import { embeddedUrl } from "../../login/wire.ts";
import type { Context } from "../context.ts";

/**
 * Shows what is to be opened or typed elsewhere.
 * @param platform where `portal approve` can approve it; null: it cannot
 */
export const showDeviceCode =
  (context: Context, platform: string | null) =>
  async ({ userCode, address, completeAddress }: DeviceAnswer): Promise<void> => {
    const { encode } = await import("uqr");
    const { data: modules } = encode(completeAddress, { border: 2 });
    const elsewhere = platform === embeddedUrl ? "" : ` --platform ${platform}`;
    const command = platform === null ? null : `mynakit portal approve ${userCode}${elsewhere}`;
    context.progress({ step: "device-code", userCode, address, command, modules });
  };
