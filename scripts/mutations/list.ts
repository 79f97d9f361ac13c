/** A change for the worse in one of the guard's files. */
export interface Mutation {
  /** What the guard then does. */
  readonly name: string;
  /** In `src/jpki/pin`. */
  readonly file: string;
  /** Stands exactly once in the file. */
  readonly from: string;
  readonly to: string;
  /** Why nothing can tell it from the original; such a mutation has to survive. */
  readonly equivalent?: string;
}

export const guardFiles = ["guard.ts", "fence.ts", "policy.ts", "entry.ts", "query.ts"] as const;

type File = (typeof guardFiles)[number];
type Edit = readonly [name: string, from: string, to: string, equivalent?: string];

const inFile = (file: File, edits: readonly Edit[]): Mutation[] =>
  edits.map(([name, from, to, equivalent]) => ({ name, file, from, to, ...(equivalent && { equivalent }) }));

const forTheCompiler = "for the compiler alone: null is not greater than any number";

const ofItsForm = `if (reference.form.pattern.test(Buffer.from(bytes).toString("latin1"))) return bytes;`;

/** Each condition of the guard removed or turned round, and what stands between its conditions left out. */
export const mutations: readonly Mutation[] = [
  ...inFile("guard.ts", [
    ["is content with one try", "const leastTries = 2;", "const leastTries = 1;"],
    ["leaves a card that says verified as it is", "return card.memory.verifiedSeen || ", "return "],
    ["leaves a card verified by itself as it is", " || gateOf(card).presented.size > 0;", ";"],
    ["never thinks that a PIN was presented", "presented.size > 0", "presented.size > 99"],
    ["takes a locked PIN for one that is withheld", `if (counter.state === "locked") throw`, "if (false) throw"],
    ["takes a floor that is no number", "Number.isNaN(minTries) ? leastTries : minTries", "minTries"],
    ["lets the person lower the floor", "Math.max(leastTries, ", "Math.max(0, "],
    ["ignores the person's floor", "Number.isNaN(minTries) ? leastTries : minTries", "leastTries"],
    ["does not ask whether a counter is known", "tries !== null && tries >= floor", "tries >= floor", forTheCompiler],
    ["has no floor", "tries !== null && tries >= floor", "tries !== null"],
    ["wants one try more than the floor", "tries >= floor", "tries > floor"],
    ["calls an unreadable counter a last try", `tries === null ? "unreadable" : `, ""],
    ["calls two tries the last", `tries < leastTries ? "last-try"`, `tries <= leastTries ? "last-try"`],
    ["never says that it is the last try", `tries < leastTries ? "last-try" : "min-tries"`, `"min-tries"`],
    ["lets every command through the fence", "if (!isHarmless(command)) throw", "if (false) throw"],
    ["sends on after the work was cancelled", "  checkpoint();\n  return open", "  return open"],
    ["takes a card without a fence", "if (!gate) throw", "if (false) throw"],
    ["gives the guard the channel that repeats", "gates.set(fenced, { direct,", "gates.set(fenced, { direct: open,"],
    ["keeps the bytes of the PIN", "    data.fill(0);\n", ""],
    ["asks a counter in an application that is not there", "if (present) return query", "if (true) return query"],
    ["never finds the application", "if (present) return query", "if (false) return query"],
    ["presents a PIN again in one hold", "if (gate.presented.has(reference.id)) throw", "if (false) throw"],
    ["forgets what it has presented", "    gate.presented.add(reference.id);\n", ""],
    [
      "does not look at the counter before it sends",
      "const tries = assertTries(counter, reference, minTries);",
      "const tries = counter.remaining ?? 9;",
    ],
    [
      "sends without an answer to the counter",
      "if (p2 === null) throw",
      "if (false) throw",
      "out of reach: without an answer there is no counter, and that was refused in the line before",
    ],
    ["turns every PIN into a right one", "if (status !== sw.ok) throw refusal", "if (false) throw refusal"],
    ["denies a PIN whose answer did not come", "unanswered: sent(tries, null) }", "unanswered: notSent(tries) }"],
    ["claims a PIN that it did not send", "{ unsent: notSent(tries), ", "{ unsent: sent(tries, null), "],
    ["does not look between the two commands", "if (between) await", "if (false) await"],
    [
      "changes though the PIN's file cannot be selected again",
      `if (status !== sw.ok) throw unexpectedAnswer("SELECT", status);`,
      "",
    ],
    [
      "changes whatever file is selected after a look between",
      "    const status = await selectFile(card, reference.file);\n",
      "    const status: number = sw.ok;\n",
    ],
    [
      "forgets after a look between what it has sent",
      "throw withReport(error, { ...verified, changed: false });",
      "throw error;",
    ],
    ["takes a change that was made for a failure", "if (status === sw.ok) return;", ""],
    ["takes a change that failed for one that was made", "if (status === sw.ok) return;", "return;"],
    ["says after every refusal that nothing changed", "leavesUnchanged(status) ? unsent : unanswered", "unsent"],
    ["never says after a refusal that nothing changed", "leavesUnchanged(status) ? unsent : unanswered", "unanswered"],
    ["does not know what 64xx means", "sw1 === 0x64 || ", ""],
    ["takes 65xx for 64xx", "sw1 === 0x64", "sw1 === 0x65"],
    ["does not know what 67xx means", "sw1 >= 0x67", "sw1 > 0x67"],
    ["takes the lower answers for a no", "sw1 >= 0x67 && ", ""],
    ["does not know what 6Exx means", "sw1 <= 0x6e", "sw1 < 0x6e"],
    ["takes 6Fxx for a no", "sw1 <= 0x6e", "sw1 <= 0x6f"],
    ["sends although the work was cancelled", "    gate.checkpoint();\n", ""],
    [
      "sends again after an error",
      "    return (await send()).sw;\n  } catch (error) {\n",
      "    return (await send()).sw;\n  } catch (error) {\n    return (await send()).sw;\n",
    ],
    [
      "sends again after a refusal",
      "    return (await send()).sw;\n",
      "    const { sw } = await send();\n    return sw === 0x9000 ? sw : (await send()).sw;\n",
    ],
    ["does not say that a PIN is locked", "pin: sent(triesBefore, 0) });", "pin: sent(triesBefore, null) });"],
    [
      "says nothing of what is left",
      "const pin = sent(triesBefore, tries.tries);",
      "const pin = sent(triesBefore, null);",
    ],
    ["asks a full counter again", "if (triesBefore === reference.max) return sent(triesBefore, triesBefore);", ""],
    ["takes every counter for full", "if (triesBefore === reference.max) return", "return"],
    ["denies after a success what it sent", "throw withReport(error, sent(triesBefore, null));", "throw error;"],
    ["says of what it did not send that it did", "return { pinSent: false,", "return { pinSent: true,"],
    ["says of what it sent that it did not", "return { pinSent: true,", "return { pinSent: false,"],
    ["takes errors of ours for those of strangers", "if (error instanceof MynakitError) return", "if (false) return"],
    ["takes errors of strangers for ours", "if (error instanceof MynakitError) return", "if (true) return"],
  ]),
  ...inFile("fence.ts", [
    ["lets VERIFY through as harmless", "new Set([0xa4,", "new Set([0x20, 0xa4,"],
    ["lets CHANGE REFERENCE DATA through as harmless", "new Set([0xa4,", "new Set([0x24, 0xa4,"],
    ["lets CHANGE KEY through as harmless", "new Set([0x2a])", "new Set([0x2a, 0x32])"],
    ["takes a query of any class", "command.cla === 0x00 &&\n    ", ""],
    ["takes any instruction for a query", "command.ins === 0x20 &&\n    ", ""],
    ["takes a query with any P1", "command.p1 === 0x00 &&\n    ", ""],
    ["takes a query with any P2", "(command.p2 & 0xe0) === 0x80 &&\n    ", ""],
    ["takes a VERIFY with data for a query", "command.data === undefined &&\n    ", ""],
    ["takes a query with a fifth byte", " &&\n    command.le === undefined", ""],
    ["lets no query through", "return isCounterQuery(command) || ", "return "],
    ["lets queries through alone", " || harmless.get(command.cla)?.has(command.ins) === true", ""],
    ["lets through what it does not know", "harmless.get(command.cla)?.has(command.ins) === true", "true"],
  ]),
  ...inFile("policy.ts", [
    [
      "takes a PIN of any form",
      `if (!reference.form.pattern.test(normal)) throw new MynakitError("ERR_PIN_FORMAT", { pin: reference.id });`,
      "",
    ],
    ["takes a new PIN of any form", "if (!form.pattern.test(normal)) throw", "if (false) throw"],
    ["takes the old PIN as the new one", "if (pin.equals(old)) throw", "if (false) throw"],
    ["asks nobody about an obvious PIN", "allowObvious ? undefined : obviousness(reference, pin)", "undefined"],
    ["refuses an obvious PIN that is wanted", "allowObvious ? undefined : ", ""],
    ["says nothing of an obvious PIN", "if (reason) throw", "if (false) throw"],
    ["looks for sequences in one part alone", "parts.length <= 2", "parts.length <= 1"],
    ["takes every mixture for a sequence", "parts.length <= 2 && ", ""],
    ["wants one part alone to be a sequence", "parts.every(isSequence)", "parts.some(isSequence)"],
    ["sees no sequence", `if (parts.length <= 2 && parts.every(isSequence)) return "sequence";`, ""],
    ["wants letters in a PIN of digits", `form.kind === "alphanumeric" && `, ""],
    ["refuses every password", " && parts.length === 1 ?", " ?"],
    ["is content with a password of one kind", `form.kind === "alphanumeric" && parts.length === 1`, "false"],
    ["sends what is not of the PIN's form", ofItsForm, "return bytes;"],
    ["sends nothing", ofItsForm, ""],
    ["takes full-width digits for errors", `text.normalize("NFKC")`, "text"],
    ["takes small letters for errors", ".replace(/[a-z]/g, (letter) => letter.toUpperCase())", ""],
    ["makes two letters of one", ".replace(/[a-z]/g, (letter) => letter.toUpperCase())", ".toUpperCase()"],
    ["does not see 0000", "new Set(part).size === 1 || ", ""],
    ["does not see 1234", "order.includes(part) || ", ""],
    ["does not see 4321", " || order.includes(backwards)", ""],
  ]),
  ...inFile("entry.ts", [
    ["presents the PIN to another card", "if (now.token?.serialNumber !== token) throw", "if (false) throw"],
    ["leaves what was typed in memory", "for (const pin of pins) pin.wipe();", ""],
    [
      "says of an absent certificate that its counter is unreadable",
      `if (counter.state === "absent" && (reference.id === "auth" || reference.id === "sign")) {`,
      "if (false) {",
    ],
    ["says of every counter that the certificate is absent", `counter.state === "absent" && `, ""],
    ["does not know the authentication certificate", `reference.id === "auth" || `, ""],
    ["does not know the signing certificate", ` || reference.id === "sign"`, ""],
    [
      "asks the person for a hopeless PIN",
      "const tries = assertTries(counter, reference, minTries);",
      "const tries = counter.remaining ?? 9;",
    ],
    [
      "forgets what it knew of the counter",
      "return reporting(untouched, async",
      "return (async (_, work) => work())(untouched, async",
    ],
  ]),
  ...inFile("query.ts", [
    [
      "asks in an application that is not there",
      `if (!(await selectApplication(card, reference.application))) return countAs(reference, "absent");`,
      "await selectApplication(card, reference.application);",
    ],
    ["reads counters nobody asked for", "filter(({ id }) => ids.includes(id))", "filter(() => true)"],
    ["asks each application for all PINs", "filter((each) => each.application === application)", "filter(() => true)"],
    [
      "asks for counters in an application that is not there",
      `present ? (await queryReference(card, reference)).counter : countAs(reference, "absent")`,
      "(await queryReference(card, reference)).counter",
    ],
    ["takes every application for absent", "present ? (await", "!present ? (await"],
    [
      "tries short file ids that were refused",
      "if (card.memory.shortFileIds) {\n    const p2",
      "if (true) {\n    const p2",
    ],
    ["never tries a short file id", "if (card.memory.shortFileIds) {\n    const p2", "if (false) {\n    const p2"],
    ["believes the refusal of a short file id", "if (!refusesShortFileId(status)) return", "return"],
    ["believes no short file id", "if (!refusesShortFileId(status)) return", "if (false) return"],
    ["takes an absent PIN for a card without short file ids", "if (query.p2 !== null) card.memory", "card.memory"],
    ["does not learn that short file ids are refused", "if (query.p2 !== null) card.memory.shortFileIds = false;", ""],
    [
      "takes a file that is not there for unreadable",
      `if (selected === sw.notFound) return { counter: countAs(reference, "absent"), p2: null };`,
      "",
    ],
    [
      "asks for a counter with another file selected",
      `if (selected !== sw.ok) return { counter: countAs(reference, "unknown"), p2: null };`,
      "",
    ],
    ["does not know 6A82", "status === sw.notFound || ", ""],
    ["does not know 6A88", " || status === referenceNotFound", ""],
    ["reads no counter", `if (tries.kind === "remaining") return`, `if (tries.kind === "nothing") return`],
    ["does not see that a PIN is locked", `if (tries.kind === "locked") return countedAs(reference, 0);`, ""],
    ["sees nothing verified", `tries.kind === "verified" ? "verified" : "unknown"`, `"unknown"`],
    ["takes the unknown for verified", `tries.kind === "verified" ? "verified" : "unknown"`, `"verified"`],
    ["forgets that somebody's PIN stands verified", `if (counter.state === "verified") card`, "if (false) card"],
    ["logs every card out", `if (counter.state === "verified") card`, "if (true) card"],
    [
      "trusts the published number against the card",
      "reference.max !== null && remaining > reference.max ? null : reference.max",
      "reference.max",
    ],
    [
      "has no number at all",
      "remaining > reference.max ? null : reference.max",
      "remaining > 0 ? null : reference.max",
    ],
    [
      "compares with a number that is not published",
      "reference.max !== null && remaining > reference.max",
      "remaining > reference.max",
      "for the compiler alone: what is compared is null then, and stays so",
    ],
    ["takes no tries for some", `if (remaining === 0) return "locked";`, ""],
    ["takes the last try for one of many", `if (remaining === 1) return "last-try";`, ""],
    ["does not see that two are few", `remaining === 2 && max !== 2 ? "low" : "ok"`, `"ok"`],
    ["calls every counter low", "remaining === 2 && max !== 2", "max !== 2"],
    ["calls two of two low", " && max !== 2", ""],
  ]),
];
