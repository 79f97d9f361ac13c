/** ATRs of real cards, where no other source is named from pcsc-tools' list of smart cards. */
export const atrs = {
  /** Contact; its historical bytes announce extended length. */
  contact: "3BDA13FF8131FB468012392F31C173C601C03B",
  /** Contact, another maker; announces short length only. */
  contactShort: "3BC5FF8131FB458073C6010000",
  contactless: "3B888001000005E0B381A1007F",
  felica: "3B8F8001804F0CA00000030611003B0000000042",
  juki: "3BE000FF8131FE4514",
  drivingLicence: "3B888001000000009181C100D8",
  bCas: "3BF01200FF9181B17C451F0399",
  /** What readers make up for a contactless card of type A without historical bytes (PC/SC part 3, 3.1.3.2.3.1). */
  typeA: "3B80800101",
  /** The same for type B without application data. Not published for a residence card, which none of the lists has. */
  typeB: "3B888001000000000081810009",
  /** The YubiKey 5, which names itself in its historical bytes. */
  securityKey: "3BFD1300008131FE158073C021C057597562694B657940",
  /** TS and T0 alone. */
  blank: "3B00",
} as const;
