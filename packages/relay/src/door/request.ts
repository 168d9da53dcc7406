/** What an upgrade request asks for. */

/** The document id in the URL, decoded once; null where the URL is not below `path`, '' where it cannot be decoded. */
export function documentIdOf(url: string | undefined, path: string): string | null {
  const pathname = (url ?? '').split('?', 1)[0] ?? ''
  if (!pathname.startsWith(path)) return null
  try {
    return decodeURIComponent(pathname.slice(path.length))
  } catch {
    return ''
  }
}
