/** Lines over HTTP for where WebSockets are blocked, and the choice between the two. */

export { type BestMemory, BestSockets, type BestSocketsOptions } from './best-sockets.ts'
export { type HttpMemory, httpSockets, type HttpSocketOptions } from './line/http-socket.ts'
export type { HttpAnswer, HttpCall, HttpRequest, SendHttp } from './line/port.ts'
export { HTTP_TIMING, type HttpTiming } from './timing.ts'
