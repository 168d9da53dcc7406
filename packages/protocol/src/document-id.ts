/** What may name a document: letters every URL, file system and log line takes as they are. */

const DOCUMENT_ID = /^[A-Za-z0-9._~-]{1,128}$/

/** Whether `text` may name a document. `.` and `..` may not: a URL would swallow them. */
export function isDocumentId(text: string): boolean {
  return DOCUMENT_ID.test(text) && text !== '.' && text !== '..'
}
