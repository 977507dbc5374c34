import { pino } from 'pino'
import { readConfig } from '../../engine/config/config.ts'
import { startEngine } from '../../engine/engine.ts'

/** An engine with the secret of the config in CONFIG in its memory, and an error that nobody catches (row 43). */
const config = readConfig(process.env.CONFIG ?? '')
if (Array.isArray(config)) throw new Error('the config is not valid')
await startEngine({ config: { ...config, config: { ...config.config, mqtt: { embedded: { port: 0 } } } }, log: pino() })
setTimeout(() => {
	throw new Error('crashed on purpose')
}, 300)
