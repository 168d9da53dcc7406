/** Lines over HTTP for the relay, for where WebSockets are blocked. */
export { type HttpOptions, serveHttp, type HttpService } from './serve.ts'
