import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseConfig } from '../engine/config/config.ts'
import { findingText } from '../engine/document/finding.ts'
import { startEngine } from '../engine/engine.ts'
import { packageRoot } from '../engine/files/package.ts'
import { logger } from './log.ts'
import { untilStopped } from './stop.ts'
import { table } from './table.ts'

export type DemoOptions = { port: number; httpPort: number; speed: number; clock: 'recorded' | 'now'; for?: number }

/** `cii2mqtt demo`: meters/demo.config.json with the options laid over, and a table (or lines) of what is published. */
export async function demo(options: DemoOptions): Promise<number> {
	const file = fileURLToPath(new URL('meters/demo.config.json', packageRoot))
	const config = parseConfig(file, readFileSync(file, 'utf8'))
	if (Array.isArray(config)) throw new Error(config.map(findingText).join('\n'))
	config.config.mqtt = { embedded: { port: options.port } }
	config.config.http = { port: options.httpPort }
	for (const meter of config.config.meters) meter.transport = { ...meter.transport, speed: options.speed, clock: options.clock }

	const view = table(process.stdout)
	const log = logger('text', (line) => view.line(line))
	log.level = 'warn'
	const engine = await startEngine({ config, log, anyPort: true, onReading: ({ reading }) => view.reading(reading) }).catch(
		(error: unknown) => {
			view.close()
			throw error
		},
	)
	if (Array.isArray(engine)) {
		view.close()
		throw new Error(engine.map(findingText).join('\n'))
	}
	log.level = 'info'
	view.title([
		`${config.config.meters.length} meters, recorded or composed, on mqtt://127.0.0.1:${engine.port}${engine.port === options.port || options.port === 0 ? '' : ` (port ${options.port} is taken)`}`,
		`In a browser:  ${engine.page}`,
		`Or:  mosquitto_sub -p ${engine.port} -v -t 'cii/+/reading'`,
		'Edit a file in profiles/ and watch.     Stop: Ctrl+C',
	])
	await untilStopped(options.for)
	view.close()
	await engine.close()
	return 0
}
