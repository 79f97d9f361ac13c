/** Beyond this no PDF is read: it has to be in memory, three times while one is signed. */
export const mostPdfBytes = 512 * 1024 * 1024;
