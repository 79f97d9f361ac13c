import type { Explanations, PortalExplanations } from "../messages.ts";

export const portalExplanations: PortalExplanations = {
  "portal-login": {
    title: "When logging in to Mynaportal fails",
    paragraphs: [
      "Go through these in order, and put right the first one that fails. Steps 1 to 5 ask for no PIN and spend no try.",
      "mynakit portal login logs in to the platform of --platform, which is not the real Mynaportal. Steps 1 to 4 are of use for the real one as well, by browser or app.",
    ],
    steps: [
      "Is the reader seen? mynakit reader list. If nothing is listed, connect it again and read mynakit explain devices. Other commands end with exit code 3 where there is no reader",
      'Is the card read? mynakit card status. It should say My Number Card, and that it is usable for "login". If it is another card: mynakit explain first-card',
      "Is the certificate valid? mynakit cert check auth. An expired or revoked one is renewed at the municipal office. On the day of the renewal errors are to be expected",
      "Are there tries left? mynakit pin tries. The login takes the 4 digits for authentication. If they are locked: mynakit explain pins",
      "Does the platform answer? mynakit portal ping. When it is busy, --wait asks again, at growing intervals",
      "Log in: mynakit portal login. If the reader is at another computer: mynakit portal login --qr",
      "If only the browser fails, look up the code that it shows (mynakit explain EW044-C300 and the like), and read mynakit explain browser-setup and mynakit explain extension-disabled",
    ],
  },
  "first-card": {
    title: "Only the My Number Card will do",
    paragraphs: [
      "The notification card is paper without a chip: it neither logs in nor applies for anything. It takes the My Number Card, the one with a photograph. It was said to take a month or more until one gets it (April 2020).",
      "A card that was applied for without certificates cannot log in. Cards of holders under 15 usually have no signing certificate. Other cards with a chip, such as Suica or a driving licence, do not do.",
    ],
    steps: [
      "Apply for the My Number Card, and do not decline the certificates",
      "When you get it, choose the PINs: letters and digits (6 to 16) for signing, 4 digits for authentication and the others",
      "Keep the note of the PINs apart from the card. mynakit stores no PIN",
      "mynakit card status says what the card can be used for. It needs no PIN",
    ],
  },
  devices: {
    title: "What reads the card",
    paragraphs: [
      "The card alone is not enough: it takes a reader at the computer, or a telephone that can read the card.",
      "A telephone with a FeliCa wallet (Osaifu-Keitai) is likely to do (May 2020), but that is a hint only: FeliCa is another technology than that of the My Number Card (ISO/IEC 14443 Type B). JPKI's official site lists the telephones. Sources of 2020 name iPhone 7 and later, and Android telephones from about 2018 on.",
    ],
    steps: [
      "Computer and reader: connect it, look with mynakit reader list, and run mynakit portal login",
      "Telephone: for the real Mynaportal, enter the PIN in the app and then read the card, or read the two-dimensional code on the computer's screen with the app",
      "No reader at this computer: mynakit portal login --qr shows a QR code and a code, to be approved where a reader is (mynakit portal approve)",
      "If the telephone is said not to be supported, it cannot read the card. Use a reader or another telephone, or those of a municipal support desk",
      "Holding the card to a telephone: take off the case, keep away from metal, and hold the card to the mark on the back. Either side of the card will do",
      "Keep it there until you are told to take it away. The first sound means that the card was found, not that it is done",
    ],
  },
  office: {
    title: "Before going to the office",
    paragraphs: [
      "In May 2020 people queued at municipal offices to have their PINs reset for the special fixed benefit. First find out whether you have to go at all, and how to go only once.",
    ],
    steps: [
      "See which PINs are locked: mynakit pin tries. Have all of them reset together",
      "See until when the certificates are valid: mynakit cert check auth and mynakit cert check sign. If they are about to expire, have them renewed on the same day",
      "The authentication PIN and the signing password can be reset at a convenience store kiosk, if you know the other of the two (mynakit explain pins)",
      'Some applications can go by post instead of online, as the one for the special fixed benefit could. mynakit portal procedures search says under "How" which ones take a printed form',
      "Bring the card. The municipality's site says when the office is open and what else is needed",
    ],
  },
  "browser-setup": {
    title: "Setting up a browser for the real Mynaportal",
    paragraphs: [
      "This is about Mynaportal AP: a program on the computer, and an extension of the browser. The commands of mynakit need neither.",
      "Sources of 2020 name Internet Explorer, Chrome, the old and the new Edge, Firefox and Safari. Internet Explorer and the old Edge are no longer offered. What is supported now is said by Mynaportal's page on requirements.",
    ],
    steps: [
      "Open Mynaportal by its official address, and download Mynaportal AP as its page on requirements says",
      "Install it, and see that it says so when it is done",
      'Chrome: "Add to Chrome", then "Add extension". Edge: add the extension likewise. Firefox: add the add-on. Safari: enable the extension in the settings',
      "(As it was in 2020) Internet Explorer: enable the add-on and open the browser anew. The old Edge: install the app from the store",
      "Open the browser anew, and go to the top page of the service",
      "Press login, put the card on the reader and press OK, enter the 4 digits for authentication and press OK",
      "If it does not work, read mynakit explain extension-disabled, and try another browser",
    ],
  },
  "extension-disabled": {
    title: "When the browser's extension is switched off",
    paragraphs: [
      "The browser says in Japanese that Mynaportal was disabled when an update of the extension wants to talk to more sites: it is off until somebody agrees to the new permissions. It was reported on 29 June 2022, and again in September 2023 and January 2026.",
      "While it is off, pages say that the program is not installed, or show EW044-C300. Neither card nor PIN is to blame.",
    ],
    steps: [
      "Chrome: open chrome://extensions and enable Mynaportal's extension. If asked about permissions, see that it is that extension, and agree",
      "Edge: the same at edge://extensions",
      "Firefox: open about:addons and enable the add-on",
      "Safari: enable it in the settings, under Extensions",
      "Open the browser anew. If it is not in the list, install it again: mynakit explain browser-setup",
    ],
  },
  "tax-preparation": {
    title: "Preparing the tax return",
    paragraphs: [
      "This has certificates of deductions collected by Mynaportal and put into the tax return. Once linked, later years only take fetching that year's.",
      "What can be collected grew: notices of medical costs in November 2021, donations (furusato nozei) and earthquake insurance in February 2022 (mynakit portal functions).",
      "mynakit goes through this at the sandbox; nothing reaches the real services.",
    ],
    steps: [
      "See whether your insurer, or whoever issues the certificate, takes part. If not, use the one on paper",
      "Choose the certificates. mynakit portal info health shows medical costs, mynakit portal info tax the income",
      "Link the private delivery service (e-shishobako, MyPost): mynakit portal links --connect e-shishobako",
      "Set up notices, so that you learn of what arrives: mynakit portal profile --notify on",
      "Link e-Tax (mynakit portal links --connect e-tax). The return itself is made and filed at e-Tax, with the signing password",
    ],
  },
  "related-sites": {
    title: "Related sites",
    paragraphs: [
      "Addresses are given only where they are known to be official. Open a service without one from Mynaportal's page of linked services, and you end up at no false site.",
      "Once linked, a service opens without ID and password.",
    ],
    steps: [
      "Try the same at the sandbox, with the command in the column Here",
      "Changing a PIN takes no site at all: mynakit pin change",
    ],
  },
};

export const sites: Explanations["sites"] = {
  mynaportal: { name: "Mynaportal", purpose: "own information, notices, procedures (Pittari service)" },
  "e-tax": { name: "e-Tax", purpose: "national taxes: the corner for making a return, and its web edition" },
  "nenkin-net": { name: "Nenkin Net", purpose: "pension records and amounts" },
  "e-shishobako": { name: "e-shishobako", purpose: "certificates of deductions, such as life insurers', all at once" },
  mypost: { name: "MyPost", purpose: "letters in electronic form, listed with whatever else is new" },
  "one-stop": { name: "One-stop services", purpose: "procedures for raising children, care and after disasters" },
  "public-payments": { name: "Public payments", purpose: "taxes and the like, by net bank or credit card" },
  mykey: { name: "MyKey Platform", purpose: "the MyKey ID" },
  jpki: { name: "JPKI", purpose: "certificates; which telephones and readers do" },
  card: { name: "My Number Card site", purpose: "applying for a card, losing it" },
  "digital-agency": { name: "Digital Agency", purpose: "all of it" },
};
