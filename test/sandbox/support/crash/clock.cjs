// Shifts the clock of the process that loads it, by milliseconds: a platform on a day on which a programme ran.
const shift = Number(process.env.MYNAKIT_TEST_CLOCK_SHIFT);
const RealDate = Date;

globalThis.Date = class extends RealDate {
  constructor(...parts) {
    super(...(parts.length === 0 ? [RealDate.now() + shift] : parts));
  }

  static now() {
    return RealDate.now() + shift;
  }
};
