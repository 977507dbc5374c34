import { openSync, writeSync } from 'node:fs'
import { pino } from 'pino'
import { readConfig } from '../../engine/config/config.ts'
import { startEngine } from '../../engine/engine.ts'

/** The program for the config in CONFIG, which notes in the file NOTES each reading that it has handed to its outbox (rows 48). */
const config = readConfig(process.env.CONFIG ?? '')
if (Array.isArray(config)) throw new Error('the config is not valid')
const notes = openSync(process.env.NOTES ?? '', 'a')
const engine = await startEngine({
	config,
	log: pino({ base: null }),
	onReading: ({ reading }) => void writeSync(notes, `${JSON.stringify(reading)}\n`),
})
if (Array.isArray(engine)) throw new Error('the config cannot be used')
process.once('SIGTERM', () => void engine.close().then(() => process.exit(0)))
