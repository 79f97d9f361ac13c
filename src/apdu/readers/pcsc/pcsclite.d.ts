/** The optional package, described by what we use of it, so that types hold where it could not be built. */
declare module "pcsclite" {
  const pcsc: import("./native.ts").PcscFactory;
  export default pcsc;
}
