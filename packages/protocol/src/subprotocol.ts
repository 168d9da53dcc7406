/** The name a client offers, and the relay accepts, to speak Kolam's own messages beside y-websocket's. */
export const SUBPROTOCOL = 'kolam.1'
