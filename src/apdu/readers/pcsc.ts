/** The door to the PC/SC back end; what is behind it is its own affair. */
export { type PcscBackend, type PcscOptions, pcscBackend } from "./pcsc/backend.ts";
