import { Writable } from 'node:stream'
import { type Logger, pino } from 'pino'
import { visible, visibleLines } from '../engine/text/visible.ts'

const LEVELS: Record<number, string> = { 10: 'trace', 20: 'debug', 30: 'info ', 40: 'warn ', 50: 'error', 60: 'fatal' }

/** The log, on standard error: one line of text a message for people, or pino's JSON for programs. */
export function logger(form: 'text' | 'json', write: (line: string) => void = (line) => process.stderr.write(line)): Logger {
	const stream = new Writable({
		write(chunk: Buffer, _encoding, done) {
			const line = chunk.toString().trimEnd()
			write(`${form === 'json' ? visibleLines(line) : textLine(line)}\n`)
			done()
		},
	})
	return pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, stream)
}

function textLine(json: string): string {
	const { level, time, meter, msg, err } = JSON.parse(json) as {
		level: number
		time: string
		meter?: string
		msg?: string
		err?: { stack?: string }
	}
	const clock = new Date(time).toTimeString().slice(0, 8)
	return `${clock} ${LEVELS[level] ?? level} ${meter === undefined ? '' : `${meter}: `}${visible(msg ?? '')}${err?.stack ? `\n    ${visibleLines(err.stack, '    ')}` : ''}`
}
