import type { DeviceAnswer } from "../../login/oidc.ts";
import { embeddedUrl } from "../../login/wire.ts";
import type { Context } from "../context.ts";

/**
 * Shows what is to be opened or typed elsewhere; nobody elsewhere reaches the platform that is in this process.
 * @param platform where `portal approve` can approve it; null: it cannot
 */
export const showDeviceCode =
  (context: Context, platform: string | null) =>
  async ({ userCode, address, completeAddress }: DeviceAnswer): Promise<void> => {
    const approval = `mynakit portal approve ${userCode}`;
    if (platform === embeddedUrl) {
      return context.progress({ step: "device-code", userCode, address: null, command: approval, modules: [] });
    }
    const { encode } = await import("uqr");
    const { data: modules } = encode(completeAddress, { border: 2 });
    const command = platform === null ? null : `${approval} --platform ${platform}`;
    context.progress({ step: "device-code", userCode, address, command, modules });
  };
