import type { GlobalOptions } from "./commands/options.ts";
import { readPins } from "./commands/pin-input.ts";
import { isError, MynakitError } from "./errors.ts";
import type { Host } from "./host.ts";
import type { Messages } from "./ui/messages/messages.ts";

/**
 * The security code of an account at a cashless service: the first line of a file that is its owner's alone, else asked
 * for at the terminal. Like a PIN, it never stands on the command line.
 * @throws {MynakitError} ERR_USAGE_INPUT_NEEDED, ERR_USAGE_OPTION, ERR_IO_READ, ERR_IO_CODE_FILE_MODE, ERR_CANCELLED
 */
export async function askSecurityCode(
  { host, messages, options }: { host: Host; messages: Messages; options: GlobalOptions },
  { service, codeFile }: { service: string; codeFile: string | undefined },
): Promise<string> {
  if (codeFile !== undefined) return fromFile(host, options, codeFile);
  const { askSecret, canAsk } = await import("./ui/prompt.ts");
  if (!canAsk(host, options.input)) {
    throw new MynakitError("ERR_USAGE_INPUT_NEEDED", { what: "security-code", option: "--code-file" });
  }
  const { securityCode, noSecurityCode } = messages.prompt;
  return askSecret(host, securityCode(service), (text) => (text.trim() === "" ? noSecurityCode : undefined));
}

async function fromFile(host: Host, options: GlobalOptions, file: string): Promise<string> {
  try {
    const source = { ...options, pinStdin: false, pinFd: undefined, pinFile: file };
    const [code = ""] = await readPins(host, source, ["security-code"]);
    return code;
  } catch (error) {
    if (isError(error, "ERR_IO_PIN_FILE_MODE")) {
      throw new MynakitError("ERR_IO_CODE_FILE_MODE", error.details, { cause: error });
    }
    if (!isError(error, "ERR_USAGE_PIN_EMPTY")) throw error;
    throw new MynakitError("ERR_USAGE_OPTION", { option: "--code-file", problem: "value-missing" }, { cause: error });
  }
}
