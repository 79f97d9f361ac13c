import type { CommandName } from "../../commands/registry.ts";
import type { DataOf, PartName } from "../../commands/results.ts";
import type { MynakitError } from "../../errors.ts";
import type { Block } from "../layout.ts";
import type { Messages } from "../messages/messages.ts";

/** How a person sees a command's data. Returns blocks; lays out nothing. */
export type View<N extends CommandName> = (data: DataOf<N>, messages: Messages) => Block[];

/** Commands that go on after their result: `Context.announce` shows it. */
type Announcing = "sim insert" | "sandbox start";

/** The view of every command, loaded with the first result of its noun. */
const views: { readonly [N in Exclude<CommandName, Announcing>]: () => Promise<View<N>> } = {
  "reader list": async () => (await import("./reader.ts")).readerList,
  "card status": async () => (await import("./card.ts")).cardStatus,
  "card info": async () => (await import("./card-data.ts")).cardInfo,
  "card number": async () => (await import("./card-data.ts")).cardNumber,
  "card face": async () => (await import("./card-data.ts")).cardFace,
  "card serial": async () => (await import("./card-data.ts")).cardSerial,
  "pin tries": async () => (await import("./pin.ts")).pinTries,
  "pin check": async () => (await import("./pin.ts")).pinCheck,
  "pin change": async () => (await import("./pin.ts")).pinChange,
  "cert show": async () => (await import("./cert.ts")).certShow,
  "cert check": async () => (await import("./cert.ts")).certCheck,
  "sign raw": async () => (await import("./sign.ts")).signRaw,
  "sign cms": async () => (await import("./sign.ts")).signCms,
  "sign pdf": async () => (await import("./sign.ts")).signPdf,
  "sign jws": async () => (await import("./sign.ts")).signJws,
  "verify cms": async () => (await import("./verify.ts")).verifySignature,
  "verify pdf": async () => (await import("./verify.ts")).verifyPdf,
  "verify jws": async () => (await import("./verify.ts")).verifySignature,
  "apdu send": async () => (await import("./apdu.ts")).apduSend,
  "apdu trace decode": async () => (await import("./apdu.ts")).apduTraceDecode,
  "mykey issue": async () => (await import("./mykey.ts")).mykeyIssue,
  "mykey show": async () => (await import("./mykey.ts")).mykeyShow,
  "points programmes": async () => (await import("./points.ts")).pointsProgrammes,
  "points calc": async () => (await import("./points.ts")).pointsCalc,
  "points status": async () => (await import("./points.ts")).pointsStatus,
  "points apply": async () => (await import("./points.ts")).pointsApply,
  "points history": async () => (await import("./points.ts")).pointsHistory,
  "mykey change": async () => (await import("./mykey-account.ts")).mykeyChange,
  "mykey revoke": async () => (await import("./mykey-account.ts")).mykeyRevoke,
  "mykey report-leak": async () => (await import("./mykey-account.ts")).mykeyReportLeak,
  "mykey status": async () => (await import("./mykey-account.ts")).mykeyStatus,
  "mykey history": async () => (await import("./mykey-account.ts")).mykeyHistory,
  "mykey password": async () => (await import("./mykey-account.ts")).mykeyPassword,
  "mykey page": async () => (await import("./mykey-account.ts")).mykeyPage,
  "mykey profile": async () => (await import("./mykey-account.ts")).mykeyProfile,
  "mykey notify": async () => (await import("./mykey-account.ts")).mykeyNotify,
  "mykey points-account": async () => (await import("./mykey-account.ts")).mykeyPointsAccount,
  "portal ping": async () => (await import("./portal.ts")).portalPing,
  "portal login": async () => (await import("./portal.ts")).portalLogin,
  "portal approve": async () => (await import("./portal.ts")).portalApprove,
  "portal whoami": async () => (await import("./portal.ts")).portalWhoami,
  "portal procedures search": async () => (await import("./procedures.ts")).portalProceduresSearch,
  "portal procedures show": async () => (await import("./procedures.ts")).portalProceduresShow,
  "portal sessions": async () => (await import("./portal.ts")).portalSessions,
  "portal procedures apply": async () => (await import("./applications.ts")).portalProceduresApply,
  "portal applications": async () => (await import("./applications.ts")).portalApplications,
  "portal withdraw": async () => (await import("./applications.ts")).portalWithdraw,
  "verify receipt": async () => (await import("./applications.ts")).verifyReceipt,
  "sandbox application advance": async () => (await import("./applications.ts")).sandboxApplication,
  "sandbox application return": async () => (await import("./applications.ts")).sandboxApplication,
  "portal logout": async () => (await import("./portal.ts")).portalLogout,
  "portal register": async () => (await import("./portal-services.ts")).portalRegister,
  "portal profile": async () => (await import("./portal-services.ts")).portalProfile,
  "portal notices": async () => (await import("./portal-services.ts")).portalNotices,
  "portal info": async () => (await import("./portal-information.ts")).portalInfo,
  "portal exchanges": async () => (await import("./portal-information.ts")).portalExchanges,
  "portal consents": async () => (await import("./portal-consents.ts")).portalConsents,
  "portal functions": async () => (await import("./portal-consents.ts")).portalFunctions,
  "portal links": async () => (await import("./portal-money.ts")).portalLinks,
  "portal pay": async () => (await import("./portal-money.ts")).portalPay,
  "sim list": async () => (await import("./sim.ts")).simList,
  "sim create": async () => (await import("./sim.ts")).simCreate,
  "sim show": async () => (await import("./sim.ts")).simShow,
  "sim expect": async () => (await import("./sim.ts")).simExpect,
  "sim log": async () => (await import("./sim.ts")).simLog,
  "sim reset": async () => (await import("./sim.ts")).simReset,
  "sim renew": async () => (await import("./sim.ts")).simRenew,
  "sim reissue": async () => (await import("./sim.ts")).simReissue,
  "sim move": async () => (await import("./sim.ts")).simMove,
  "sim delete": async () => (await import("./sim.ts")).simDelete,
  "sim profiles": async () => (await import("./sim.ts")).simProfiles,
  "sandbox client add": async () => (await import("./clients.ts")).sandboxClients,
  "sandbox client list": async () => (await import("./clients.ts")).sandboxClients,
  "sandbox client remove": async () => (await import("./clients.ts")).sandboxClientRemove,
  "sandbox service add": async () => (await import("./points.ts")).sandboxServiceAdd,
  "sandbox service account": async () => (await import("./points.ts")).sandboxServiceAccount,
  "sandbox charge": async () => (await import("./points.ts")).sandboxCharge,
  explain: async () => (await import("./explain.ts")).explain,
  "sandbox user show": async () => (await import("./sandbox.ts")).sandboxUserShow,
  "sandbox user suspend": async () => (await import("./sandbox.ts")).sandboxUserSuspend,
  "sandbox user lift": async () => (await import("./sandbox.ts")).sandboxUserLift,
  "sandbox audit verify": async () => (await import("./sandbox.ts")).sandboxAuditVerify,
  "sandbox clock show": async () => (await import("./operator.ts")).sandboxClock,
  "sandbox clock set": async () => (await import("./operator.ts")).sandboxClock,
  "sandbox clock advance": async () => (await import("./operator.ts")).sandboxClock,
  "sandbox clock reset": async () => (await import("./operator.ts")).sandboxClock,
  "sandbox export": async () => (await import("./operator.ts")).sandboxMoved,
  "sandbox import": async () => (await import("./operator.ts")).sandboxMoved,
  "sandbox capacity": async () => (await import("./operator.ts")).sandboxCapacity,
  "sandbox close": async () => (await import("./operator.ts")).sandboxClosing,
  "sandbox open": async () => (await import("./operator.ts")).sandboxClosing,
  "sandbox programme list": async () => (await import("./operator.ts")).sandboxProgrammes,
  "sandbox programme show": async () => (await import("./operator.ts")).sandboxProgrammes,
  "sandbox programme open": async () => (await import("./operator.ts")).sandboxProgrammes,
  "sandbox programme close": async () => (await import("./operator.ts")).sandboxProgrammes,
  "sandbox programme set": async () => (await import("./operator.ts")).sandboxProgrammes,
  "sandbox programme reset": async () => (await import("./operator.ts")).sandboxProgrammes,
  completion: async () => (await import("./completion.ts")).completion,
};

/** Blocks for the data of a command. */
export async function viewOf(command: CommandName, data: unknown, messages: Messages): Promise<Block[]> {
  const load = views[command as Exclude<CommandName, Announcing>];
  const view = (await load()) as (data: unknown, messages: Messages) => Block[];
  return view(data, messages);
}

/** How a person sees one of several results, and what it failed of. */
export type PartView<N extends PartName> = (data: DataOf<N>, messages: Messages, error?: MynakitError) => Block[];

const partViews: { readonly [N in PartName]: () => Promise<PartView<N>> } = {
  "mykey issue batch-line": async () => (await import("./mykey-batch.ts")).batchLine,
  "mykey issue batch": async () => (await import("./mykey-batch.ts")).batchSummary,
  "portal notices notice": async () => (await import("./portal-services.ts")).portalNotice,
};

/** Blocks for one of several results. */
export async function partView(name: PartName, data: unknown, messages: Messages, error?: MynakitError) {
  const view = (await partViews[name]()) as (data: unknown, messages: Messages, error?: MynakitError) => Block[];
  return view(data, messages, error);
}
