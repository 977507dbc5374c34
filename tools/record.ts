import { randomBytes } from 'node:crypto'
import { accessSync, appendFileSync, constants, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { hex, printable } from '../engine/bytes/hex.ts'
import { profileFolders, readConfig } from '../engine/config/config.ts'
import { profileOf } from '../engine/config/meter-profile.ts'
import { readKeys } from '../engine/config/secrets.ts'
import { findingText } from '../engine/document/finding.ts'
import { anonymize } from '../engine/explain/anonymize.ts'
import { connect } from '../engine/mqtt/client.ts'
import { readLibrary } from '../engine/profile/library.ts'
import type { Keys } from '../engine/telegram/telegram.ts'
import { linePort } from '../engine/transport/bus.ts'
import { readCapture } from '../engine/transport/capture.ts'
import { mqttPort } from '../engine/transport/mqtt.ts'
import type { Port, PortEvents, Transport } from '../engine/transport/port.ts'
import type { CaptureHeader, CaptureLine } from '../schema/types/capture.ts'
import { probe } from './probe.ts'
import { untilStopped } from './stop.ts'
import { transportOf } from './transport-url.ts'

export type RecordOptions = {
	config?: string
	meter?: string
	transport?: string
	out?: string
	for?: number
	rotateSize?: number
	rotateTime?: number
	probe?: boolean
	anonymize?: boolean
}

type Source = { transport: Transport & { kind: NonNullable<Transport['kind']> }; meter: string; broker?: string; keys?: Keys }

/**
 * `cii2mqtt record`: what a port gives, before framing, into a capture. Exit code 0; 1 when it cannot be anonymized (the file is removed then); 2 for
 * options or a config that cannot be used; 3 when nothing arrived (no file is left then) or the disk takes no more. No key is ever written.
 */
export async function record(options: RecordOptions): Promise<number> {
	const source = options.transport === undefined ? fromConfig(options) : fromUrl(options.transport)
	if (typeof source === 'string') {
		console.error(source)
		return 2
	}
	if (options.probe) return probe(source.transport, options.for ?? 12)
	if (options.out === undefined) {
		console.error('name the file: --out house.capture.jsonl')
		return 2
	}
	if (existsSync(options.out)) {
		console.error(`${options.out} exists: name another file, or move it away`)
		return 2
	}
	try {
		accessSync(dirname(options.out), constants.W_OK)
	} catch {
		console.error(`${options.out}: there is no folder ${dirname(options.out)}, or it cannot be written to`)
		return 2
	}
	const sink = captureFile(options.out, headerOf(source), { size: options.rotateSize, seconds: options.rotateTime })
	const full = new AbortController()
	let failure: Error | undefined
	const add = (line: (t: number) => CaptureLine, received: number): void => {
		try {
			sink.add(line, received)
		} catch (error) {
			failure ??= error as Error
			full.abort()
		}
	}
	const port = open(source, {
		bytes: (chunk, received) => void add((t) => ({ t, hex: hex(chunk) }), received),
		idle: () => undefined,
		message: ({ topic, payload, retain }, received) => add((t) => messageLine(t, topic, payload, retain), received),
		status: (text) => console.error(`${source.transport.kind}: ${text}`),
		restart: () => undefined,
	})
	await untilStopped(options.for, full.signal)
	await port.close()
	if (sink.count() === 0) {
		console.error('nothing arrived: no file is written')
		return 3
	}
	// The same ids in every file of a recording; no raw file stays behind.
	const salt = randomBytes(16).toString('hex')
	const kept = sink.files().filter((file) => !options.anonymize || anonymizeFile(file, source.keys ?? {}, salt))
	if (kept.length > 0) console.error(`${sink.count()} pieces in ${kept.join(', ')}`)
	if (failure) {
		console.error(`the recording ends here: ${failure.message}`)
		return 3
	}
	return kept.length < sink.files().length ? 1 : 0
}

function fromUrl(url: string): Source | string {
	const transport = transportOf(url)
	return typeof transport === 'string'
		? transport
		: { transport, meter: `unnamed (${transport.kind})`, ...(transport.url !== undefined && { broker: transport.url }) }
}

function fromConfig({ config: file, meter: name }: RecordOptions): Source | string {
	if (file === undefined || name === undefined) return 'name what to record: --config FILE --meter NAME, or --transport URL'
	let loaded: ReturnType<typeof readConfig>
	try {
		loaded = readConfig(file)
	} catch (error) {
		return `${file}: ${(error as Error).message}`
	}
	if (Array.isArray(loaded)) return loaded.map(findingText).join('\n')
	const place = loaded.config.meters.findIndex((entry) => entry.name === name)
	const entry = loaded.config.meters[place]
	if (!entry) return `${file} has no meter "${name}"; it has ${loaded.config.meters.map((one) => one.name).join(', ')}`
	const applied = profileOf(entry, place, loaded, readLibrary(profileFolders(loaded)))
	if (Array.isArray(applied)) return applied.map(findingText).join('\n')
	const { transport } = applied.document
	const broker = transport.url ?? loaded.config.mqtt.url
	// Only to open ciphered telegrams that are anonymized: nothing of a key is ever written.
	const keys = readKeys(entry, place, loaded)
	if (Array.isArray(keys)) return keys.map(findingText).join('\n')
	return { transport, meter: applied.document.title ?? name, keys, ...(broker !== undefined && { broker }) }
}

function headerOf({ transport, meter }: Source): CaptureHeader {
	// Which line it was, without where it is plugged in.
	const { path: _path, host: _host, url: _url, ...settings } = transport
	return {
		capture: 1,
		meter,
		source: `recorded ${new Date().toISOString().slice(0, 10)} by cii2mqtt record`,
		license: 'CC0-1.0',
		transport: settings,
	}
}

function open({ transport, broker }: Source, events: PortEvents): Port {
	switch (transport.kind) {
		case 'serial':
		case 'tcp':
			return linePort(transport, () => 20, events)
		case 'mqtt': {
			const status = (up: boolean, text: string) => events.status(up ? 'connected' : text)
			const connection = connect({ clientId: `cii2mqtt-record-${process.pid}`, url: broker ?? 'mqtt://localhost:1883', status })
			const port = mqttPort(transport, connection, events)
			return {
				async close() {
					await port.close()
					await connection.close()
				},
			}
		}
		case 'capture':
			throw new Error('a capture is a recording already')
	}
}

/** Replaces a recording by its anonymized form; false (and said, and the file removed) when that cannot be done. */
function anonymizeFile(file: string, keys: Keys, salt: string): boolean {
	const made = anonymize(readCapture(file), keys, salt)
	if (typeof made === 'string') {
		console.error(`${file} is removed, because it cannot be anonymized: ${made}`)
		rmSync(file)
		return false
	}
	writeFileSync(file, `${[made.header, ...made.lines].map((line) => JSON.stringify(line)).join('\n')}\n`)
	return true
}

/** A message as text, or its bytes where it is none (a reader's raw topic). */
function messageLine(t: number, topic: string, payload: Uint8Array, retain: boolean): CaptureLine {
	const text = new TextDecoder().decode(payload)
	const isText = printable(payload) || !/[\uFFFD\p{Cc}]/u.test(text.replace(/[\r\n\t]/g, ''))
	if (!isText) return { t, hex: hex(payload) }
	return retain ? { t, topic, payload: text, retain } : { t, topic, payload: text }
}

type Rotation = { size: number | undefined; seconds: number | undefined }

/** A capture that is made with its first line; full ones are named .1, .2 and so on, by the next number that is free. */
function captureFile(out: string, header: CaptureHeader, { size, seconds }: Rotation) {
	let started = 0
	let bytes = 0
	let count = 0
	const full: string[] = []
	let number = 0
	const numbered = () => out.replace(/(\.capture\.jsonl)?$/, `.${number}$1`)
	const begin = (at: number): void => {
		started = at
		const text = `${JSON.stringify(header)}\n`
		bytes = text.length
		writeFileSync(out, text)
	}
	return {
		add(line: (t: number) => CaptureLine, received: number): void {
			const due = (size !== undefined && bytes > size) || (seconds !== undefined && received - started > seconds * 1000)
			if (count > 0 && due) {
				do number++
				while (existsSync(numbered()))
				full.push(numbered())
				renameSync(out, numbered())
			}
			if (count === 0 || due) begin(received)
			const text = `${JSON.stringify(line(received - started))}\n`
			appendFileSync(out, text)
			bytes += text.length
			count++
		},
		count: () => count,
		files: () => [...full, out],
	}
}
