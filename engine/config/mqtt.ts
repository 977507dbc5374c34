import { type Finding, findingAt } from '../document/finding.ts'
import { causeOf, type Log } from '../log/log.ts'
import { fits, topicPatterns } from '../mqtt/filter.ts'
import type { ConnectionSettings } from '../mqtt/settings.ts'
import { RETAINED, type Topics } from '../mqtt/topics.ts'
import type { Transport } from '../transport/port.ts'
import type { LoadedConfig } from './config.ts'
import { readPem, readSecret } from './secrets.ts'

/** Gives the connection that the config's `mqtt` describes, with its secrets and certificates; findings when one of them cannot be read. */
export function brokerSettings(loaded: LoadedConfig, names: Topics, log: Log): ConnectionSettings | Finding[] {
	const { password, ca, cert, key, embedded, outbox, ...plain } = loaded.config.mqtt
	const files = Object.entries({ password, ca, cert, key }).flatMap(([name, value]) => {
		if (value === undefined) return []
		const path = ['mqtt', name]
		return [[name, typeof value === 'string' ? readPem(value, path, loaded) : readSecret(value, path, loaded)] as const]
	})
	const findings = files.map(([, content]) => content).filter((content) => isFinding(content))
	if (findings.length > 0) return findings
	return {
		clientId: `cii2mqtt-${loaded.config.instance ?? 'main'}`,
		...plain,
		will: { topic: names.bridgeState, payload: 'offline' },
		status: (connected, text) => log[connected ? 'info' : 'warn']({ cause: causeOf(text), changes: true }, text),
		...Object.fromEntries(files),
	}
}

const isFinding = (value: object | string): value is Finding => typeof value === 'object' && 'severity' in value

/** Lists filters of all topics that this process writes. */
export function writtenBy({ config: { meters, role = 'both' } }: LoadedConfig, names: Topics): string[] {
	const raw = meters.filter((entry) => role === 'read' || (role === 'both' && entry.raw === true))
	return names.written(
		meters.map(({ name }) => name),
		raw.map(({ name }) => name),
	)
}

/** Makes a function that tells which topics only this process may write on its own broker: what its readers or its translator write, others do. */
export function ownedBy({ config: { meters, role = 'both' } }: LoadedConfig, names: Topics): (topic: string) => boolean {
	const kinds: readonly string[] = role === 'read' ? RETAINED.read : [...RETAINED[role], 'reading']
	const known = new Set(meters.map(({ name }) => name))
	const passed = meters.filter((entry) => role === 'read' || (role === 'both' && entry.raw === true))
	const raw = new Set(passed.flatMap(({ name }) => [names.raw(name), names.formerRaw(name)]))
	const bridge = names.bridgeState.slice(0, names.bridgeState.lastIndexOf('/') + 1)
	return (topic) => {
		if (!topic.startsWith(`${names.root}/`)) return false
		if (topic.startsWith(bridge) || raw.has(topic)) return true
		const [meter = '', kind = '', more] = topic.slice(names.root.length + 1).split('/')
		return more === undefined && known.has(meter) && kinds.includes(kind)
	}
}

/** Finds inputs of the config that would read topics that this process writes to the same broker. */
export function loopsOf(loaded: LoadedConfig, names: Topics): Finding[] {
	const { config, document } = loaded
	if (config.role === 'translate') return []
	const written = writtenBy(loaded, names)
	return config.meters.flatMap(({ transport }, place) => {
		const input = transport as Transport | undefined
		if (input?.topic === undefined || (input.url !== undefined && input.url !== config.mqtt.url)) return []
		const loop = loopIn(input, written)
		const path = ['meters', place, 'transport', 'topic']
		return loop === undefined ? [] : [findingAt(document, path, 'config/loop', loop, 'choose another "root"')]
	})
}

/** Says how an MQTT input would read what this process writes; undefined when it does not. */
export function loopIn({ topic, levels }: Transport, written: string[]): string | undefined {
	for (const { filter } of topicPatterns(topic, levels)) {
		const loop = written.find((one) => fits(filter, one))
		if (loop !== undefined) return `this input reads ${filter}, and ${loop} is written by this process`
	}
	return undefined
}

/** Says that a profile would read below `root`, where this process and others like it publish; what the config itself names (`stated`) is its own affair. */
export function readsOurs(
	{ topic, levels }: Transport,
	stated: Readonly<Record<string, unknown>> | undefined,
	root: string,
): string | undefined {
	if (stated?.topic !== undefined) return undefined
	const ours = topicPatterns(topic, levels).find(({ filter }) => `${filter}/`.startsWith(`${root}/`))
	return (
		ours && `its profile reads ${ours.filter}, below "${root}" where readings are published: name the topic in the config if it is meant`
	)
}
