import { realpathSync } from 'node:fs'
import type { Meter } from '../../schema/types/config.ts'
import type { Transport } from '../../schema/types/profile.ts'
import { type Finding, findingAt } from '../document/finding.ts'
import { fits, topicPattern } from '../mqtt/filter.ts'
import { called, isAddressed } from '../transport/mbus-messages.ts'
import type { MeterSource } from './config.ts'

/** A meter of a config: where it stands, and where its bytes or messages come from. */
export type InputOf = MeterSource & { entry: Meter; transport: Transport }

/** The settings of one kind of transport. */
const OF_KIND: Record<string, string[]> = {
	serial: ['path', 'line', 'baudRate', 'dataBits', 'parity', 'stopBits', 'rtscts', 'signOn', 'request'],
	tcp: ['host', 'port', 'silence', 'signOn', 'request'],
	mqtt: ['url', 'topic', 'identity', 'levels', 'payload'],
	capture: ['path', 'speed', 'loop', 'pause', 'clock', 'topic', 'identity', 'levels', 'payload'],
}

/** Finds settings that a meter's kind of transport does not use, and meters that read the same device or topic. */
export function inputFindings(meters: InputOf[]): Finding[] {
	return meters.flatMap((one, place) => {
		const before = meters.slice(0, place)
		return [...useless(one), ...before.filter((other) => isShared(one, other)).map((other) => shared(one, other))]
	})
}

function useless({ entry, place, config, transport: { kind = 'serial' } }: InputOf): Finding[] {
	const known = Object.values(OF_KIND).flat()
	const unused = Object.entries(entry.transport ?? {}).filter(
		([key, value]) => value !== null && known.includes(key) && !OF_KIND[kind]?.includes(key),
	)
	return unused.map(([key]) => {
		const kinds = Object.keys(OF_KIND).filter((name) => OF_KIND[name]?.includes(key))
		const hint = `"kind": "${kinds.join('" or "')}" beside it changes that; otherwise remove it`
		const message = `${entry.name} is read by ${kind}, which has no "${key}"`
		return findingAt(config.document, ['meters', place, 'transport', key], 'config/transport', message, hint)
	})
}

/** Tells two meters of one input; those that ask by different requests share a line. */
function isShared(one: InputOf, other: InputOf): boolean {
	const [a, b] = [one.transport, other.transport]
	if (a.kind !== b.kind) return false
	const asks = JSON.stringify([a.request, a.signOn]) !== JSON.stringify([b.request, b.signOn])
	if (a.kind === 'serial') return !asks && a.path !== undefined && b.path !== undefined && deviceOf(a.path) === deviceOf(b.path)
	if (a.kind === 'tcp') return !asks && a.port !== undefined && a.host === b.host && a.port === b.port
	if (a.kind !== 'mqtt' || a.url !== b.url || !filtersOf(a).some((one) => filtersOf(b).some((two) => fits(one, two)))) return false
	return isOpen(a) || isOpen(b) || (one.entry.profile === other.entry.profile && filtersOf(a).join() === filtersOf(b).join())
}

/** Tells an input whose meter is the first that speaks. */
const isOpen = ({ identity, levels = {} }: Transport) => identity !== undefined && levels[identity] === undefined
const filtersOf = ({ topic = '', levels = {} }: Transport) => [topic].flat().map((one) => topicPattern(one, levels).filter)

/** The same device may be called by its number or by its id. */
function deviceOf(path: string): string {
	try {
		return realpathSync(path)
	} catch {
		return path
	}
}

function shared({ entry, place, config, transport }: InputOf, other: InputOf): Finding {
	const { kind, path, host, port, topic, identity, request } = transport
	const what = kind === 'mqtt' ? topic : kind === 'tcp' ? `${host}:${port}` : path
	const asked = isAddressed(request) ? `, and ask ${called(request)}` : ''
	const hint =
		kind === 'mqtt' && identity !== undefined
			? `pin each of them: "levels": { "${identity}": "…" }`
			: 'one entry reads one meter; on a wired M-Bus several share a line, each with an address of its own in "request"'
	const message = `${entry.name} and ${other.entry.name} both read ${what}${asked}`
	return findingAt(config.document, ['meters', place], 'config/shared', message, hint)
}
