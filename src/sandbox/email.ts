const maxEmail = 254;

/** Whether a text has the form of an e-mail address (RFC 5321, 4.1.2, without what nobody uses). */
export const isEmail = (text: string): boolean =>
  text.length <= maxEmail && /^[!-?A-~]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/.test(text);
