/** The browser's BroadcastChannel behind the tabs' port. Only pages of the same origin hear it. */

import type { Channel } from '../tabs/channel.ts'

/** The channel of one document; null where the browser has none. */
export function openBroadcastChannel(document: string): Channel | null {
  if (typeof BroadcastChannel === 'undefined') return null
  const broadcast = new BroadcastChannel(`kolam:${document}`)
  const channel: Channel = {
    listener: null,
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel is of one origin
    post: (bytes) => broadcast.postMessage(bytes),
    close: () => broadcast.close(),
  }
  broadcast.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (data instanceof Uint8Array) channel.listener?.(data)
  })
  return channel
}
