/** JSON lines on standard output. The only place that logs; nothing else in the server prints while it runs. */
import type { Log } from '@kolam/relay'
import { type DestinationStream, type Logger, pino } from 'pino'
import type { LogLevel } from './config.ts'

/** The server's log: what the relay needs, and no more. */
export function createLog(level: LogLevel, destination?: DestinationStream): Log {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime }
  const logger = destination ? pino(options, destination) : pino(options)
  return {
    debug: lineOf(logger, 'debug'),
    info: lineOf(logger, 'info'),
    warn: lineOf(logger, 'warn'),
    error: lineOf(logger, 'error'),
  }
}

function lineOf(logger: Logger, level: 'debug' | 'info' | 'warn' | 'error'): Log['info'] {
  return (event, details) => logger[level](details ?? {}, event)
}
