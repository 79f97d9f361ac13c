import type { Explanations } from "../messages.ts";
import { portalExplanations, sites } from "./portal-explanations.ts";

export const explanations: Explanations = {
  sites,
  topics: {
    contacts: {
      title: "Where to turn",
      paragraphs: [
        "Each matter has its own desk. Telephone numbers and hours change, so none are given here: take them from the official sites below or from the letters of your municipality, not from a search result.",
      ],
      steps: [
        "card lost or stolen: the My Number toll-free line, which has the card's functions stopped",
        "errors of certificates or in reading the card: the desk of the public personal authentication service (JPKI)",
        "MyKey ID known to others or used by them: the MyKey desk, which has it suspended",
        "new PIN, renewal of a certificate, new card: the municipal office where you live (bring the card)",
        "help with a reservation or application: a municipal support desk. Some have readers, and most help people from elsewhere, too",
      ],
    },
    "lost-card": {
      title: "When the card is lost",
      paragraphs: [
        "A finder cannot simply use the certificates: a few wrong PINs lock the card. Still, do the following soon.",
      ],
      steps: [
        "Call the My Number toll-free line and have the card's functions stopped. Take its number from an official site",
        "If it was lost outside or stolen, report it to the police and note down the number of the report",
        "Apply for a new card at the municipal office, which may ask for that number",
        "When the new card is there, look with mynakit mykey show: the MyKey ID goes over to it by itself",
      ],
    },
    pins: {
      title: "Which PIN for what",
      paragraphs: [
        "The tries left are counted on the card, for all services together. They do not come back with time; a correct entry resets them. mynakit pin tries shows them and spends none.",
        "To change one takes the present one. Three of them (authentication, signing, text) are changed with mynakit pin change, without login and without network. Mynaportal's pages and app change them, too, the app without login (2022). The one of the resident register is changed by neither.",
        "A locked or forgotten one is set anew (reset) by the municipal office; bring the card. For the authentication PIN and the signing password a convenience store kiosk can do it, if you know the other of the two: take a picture of the card and your face with the smartphone app first, and go to the kiosk within 24 hours (6:30 to 23:00, free of charge). By jpki.go.jp and the city of Niigata that holds for both of them; a source of 2022 says that kiosks do not do it for the 4-digit one.",
        "Look for the note that you wrote when you got the card: one of 6 characters or more, and those of 4 digits. Four digits are not one PIN but three, by what they are for. Guessing on locks the card.",
      ],
      steps: [
        "authentication (4 digits, locked after 3): logging in to Mynaportal, issuing a MyKey ID (reservation), certificates at convenience stores. Set anew at the office or a kiosk",
        "signing (6 to 16 capital letters and digits, locked after 5): signatures on applications and tax returns. Set anew at the office or a kiosk",
        "text on the card (4 digits, locked after 3): reading name, address, birth date, sex and My Number. The vaccine certificate app asked for it, too. Set anew at the office only",
        "resident register (4 digits, locked after 3): matters at the municipal counter. Changed and set anew at the office only, not on Mynaportal",
      ],
    },
    phishing: {
      title: "False sites and calls",
      paragraphs: [
        "A search for the reservation finds articles about it, and often not the official entrance. Do not go by search results: type one of the addresses below.",
        "Addresses of the state end in go.jp, those of most municipalities in lg.jp. If the next character is not a slash, it is another site.",
        "mynakit talks to the platform given with --platform and the responder given with --ocsp, and to nobody else. Beyond this computer, it talks to a platform by https only.",
      ],
      steps: [
        "Tell nobody a PIN on the telephone or by mail, whoever asks",
        "Do not follow links in messages; start from the official address",
        "If you did enter a PIN, change it with mynakit pin change; if you gave the card away, do as mynakit explain lost-card says",
      ],
    },
    reservation: {
      title: "Reserving: issuing a MyKey ID",
      paragraphs: [
        "To reserve is to have a MyKey ID issued and be registered for points. People who made an ID early may have one without a reservation. After it comes the application: choosing one cashless service.",
        "Applications for both Mynapoint programmes are over (mynakit points programmes). Libraries and other services use the MyKey ID, too.",
      ],
      steps: [
        "Surroundings: mynakit reader list shows the reader. Do not put the card on it yet",
        "Card: put it on; mynakit card status says whether it can be used for a reservation and has not expired",
        "PIN: run mynakit mykey issue and enter the 4 digits for authentication. The signing password is not needed",
        "Display: the MyKey ID and its reading appear. Note them down",
        "Issue: answer yes, and it is issued and reserved. Leave the card where it is until you are told",
      ],
    },
    "carry-over": {
      title: "Renewed certificates, new cards, and the MyKey ID",
      paragraphs: [
        "A MyKey ID hangs on the serial number of the authentication certificate. With a new certificate no new ID is needed.",
        "It stays the same after a move or a change of name, too. While the certificate is expired, points and other services are closed; the ID is kept.",
        "A source of 2020 guessed that a new card needs a new reservation; by the official answers it goes over by itself.",
      ],
      steps: [
        "On the day of the renewal it fails although the PIN is right. Wait for about 24 hours; for programme 2, 1 hour and 3 days were named as well, depending on the matter",
        "Then look with mynakit mykey show whether the ID is the same as before",
      ],
    },
    ...portalExplanations,
  },
  serviceCodes: {
    MKEC101E: {
      cause:
        "The browser extension could not start the program on this computer (the MyKey preparation software): it is missing or damaged, or ended at once.",
      remedy:
        "Install the preparation software again, see that the extension is enabled, and open the browser anew. Neither card nor PIN is to blame.",
    },
    MKEC102E: {
      cause: "The browser extension could not send its request to the program on this computer.",
      remedy: "Load the page again and start over.",
    },
    MKEC201E: {
      cause: "The program on this computer gave no answer.",
      remedy: "Try again. If a PIN was entered, look at the tries left first: mynakit pin tries",
    },
    MKCZ405E: {
      cause: "The Mynapoint app (mostly on Android) could not read the card because of the order of the steps.",
      remedy: "Keep the card on the phone, and go on in this order: read, enter the PIN, read again.",
    },
    E0008: {
      cause:
        "The connection with the card broke (detail 00210026). It happens on Android when the card moves while the PIN is entered.",
      remedy:
        "Keep the card on the phone while typing, away from metal and without case. mynakit pin tries shows the tries left before.",
    },
    "EW044-C300": {
      cause:
        "The browser extension got no answer from the Mynaportal program on this computer: it is missing, is not registered with the browser, or ended. On macOS the code is EM044-C300.",
      remedy:
        "Install Mynaportal AP again, see that the extension is enabled, and open the browser anew. Neither card nor PIN is to blame.",
    },
    "EI123-2008": {
      cause:
        "The certificate could not be verified: it has expired (at the holder's fifth birthday after its issue) or was revoked. The same code was seen during maintenance.",
      remedy:
        "Check until when it is valid: mynakit cert check auth. An expired or revoked one is renewed at a municipal office; if it is valid, look at the portal's notices and try later.",
    },
    "EI123-2303": {
      cause: "The certificate could not be verified: the server was busy, or the certificate is revoked.",
      remedy:
        "Try again when fewer people do. If it stays, check the certificate (mynakit cert check auth) and ask a municipal office.",
    },
    "115": {
      cause:
        "The signing certificate is revoked: after moving, a change of name, or because it expired. Having the face of the card changed does not issue a new one.",
      remedy: "Check it: mynakit cert check sign. A municipal office issues a new signing certificate.",
    },
    "62010": {
      cause: "The app could not read the card (seen in the vaccine certificate app, as 69900 and 90010, too).",
      remedy:
        "Keep the card still on the phone's mark, without case and away from metal, until the app says that it is done.",
    },
  },
};
