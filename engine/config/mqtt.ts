import type { Logger } from 'pino'
import type { Transport } from '../../schema/types/profile.ts'
import type { Finding } from '../document/finding.ts'
import { fits, topicPattern } from '../mqtt/filter.ts'
import type { ConnectionSettings } from '../mqtt/settings.ts'
import type { Topics } from '../mqtt/topics.ts'
import { at, type LoadedConfig } from './config.ts'
import { readPem, readSecret } from './secrets.ts'

/** Gives the connection that the config's `mqtt` describes, with its secrets and certificates; findings when one of them cannot be read. */
export function brokerSettings(loaded: LoadedConfig, names: Topics, log: Logger): ConnectionSettings | Finding[] {
	const { password, ca, cert, key, embedded, outbox, ...plain } = loaded.config.mqtt
	const secret = password && readSecret(password, ['mqtt', 'password'], loaded)
	const files = Object.entries({ ca, cert, key }).flatMap(([name, path]) =>
		path === undefined ? [] : [[name, readPem(path, ['mqtt', name], loaded)] as const],
	)
	const findings = [secret, ...files.map(([, content]) => content)].filter((value) => isFinding(value))
	if (findings.length > 0) return findings
	return {
		clientId: `cii2mqtt-${loaded.config.instance ?? 'main'}`,
		...plain,
		will: { topic: names.bridgeState, payload: 'offline' },
		status: (connected, text) => (connected ? log.info(text) : log.warn(text)),
		...(typeof secret === 'string' && { password: secret }),
		...Object.fromEntries(files),
	}
}

const isFinding = (value: unknown): value is Finding => typeof value === 'object' && value !== null && 'severity' in value

/** Lists filters of all topics that this process writes. */
export function writtenBy({ config: { meters, role = 'both' } }: LoadedConfig, names: Topics): string[] {
	const raw = meters.filter((entry) => role === 'read' || (role === 'both' && entry.raw === true))
	return names.written(
		meters.map(({ name }) => name),
		raw.map(({ name }) => name),
	)
}

/** Finds inputs of the config that would read topics that this process writes to the same broker. */
export function loopsOf(loaded: LoadedConfig, names: Topics): Finding[] {
	if (loaded.config.role === 'translate') return []
	const written = writtenBy(loaded, names)
	return loaded.config.meters.flatMap(({ transport }, place) => {
		const input = transport as Transport | undefined
		if (typeof input?.topic !== 'string' || (input.url !== undefined && input.url !== loaded.config.mqtt.url)) return []
		const message = loopIn(input, written)
		return message === undefined
			? []
			: [at(loaded.document, ['meters', place, 'transport', 'topic'], 'config/loop', message, 'choose another "root"')]
	})
}

/** Says how an MQTT input would read what this process writes; undefined when it does not. */
export function loopIn(transport: Transport, written: string[]): string | undefined {
	const { filter } = topicPattern(transport.topic ?? '', transport.levels ?? {})
	const loop = written.find((topic) => fits(filter, topic))
	return loop === undefined ? undefined : `this input reads ${filter}, and ${loop} is written by this process`
}
