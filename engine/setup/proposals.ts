import type { Proposal } from '../../schema/types/api.ts'
import type { Reading } from '../../schema/types/reading.ts'
import { hex } from '../bytes/hex.ts'
import { parseConfig } from '../config/config.ts'
import { applyMeter } from '../config/meter-profile.ts'
import type { Protocol } from '../decode/decoder.ts'
import type { Detected } from '../decode/detect.ts'
import { equalsOf, ordered, type Ranked, rank } from '../draft/rank.ts'
import { replaySample } from '../pipeline/replay.ts'
import type { Library } from '../profile/library.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import { lineText } from '../profile/short-forms.ts'
import type { Keys } from '../telegram/telegram.ts'
import type { Capture } from '../transport/capture.ts'
import type { Evidence } from './evidence.ts'
import type { LineSetting } from './lines.ts'

/** Proposals that are shown, besides those that are as good as the first. */
const MOST = 10
/** The points against a profile where the line was set, or asked, in another way than the profile does it: four fields. */
const STRANGE = 40

/** Where the bytes came from. */
export type Place = { kind: 'serial'; path: string } | { kind: 'tcp'; host: string; port: number }

export type ProposalSettings = {
	evidence: Evidence
	detected: Detected
	keys: Keys
	library: Library
	place: Place
	line: LineSetting
	/** When the first bytes may have come: ms since 1970. */
	began: number
	/** Names of meters that there are. */
	taken: readonly string[]
	/** The telegrams carry a tag that no key has checked. */
	tagged: boolean
	/** The only profile that is looked at. */
	only?: string | undefined
}

/** Proposes the profiles that read what came: the likeliest first, each with the reading it gives and what the config's entry needs. */
export async function propose(settings: ProposalSettings): Promise<Proposal[]> {
	const { evidence, detected, keys, library, began, place, line, only } = settings
	const capture = captureOf(evidence, keys)
	const looked =
		only === undefined
			? library
			: { ...library, sources: new Map([...library.sources].filter(([name]) => name === only || name.includes('/'))) }
	const ranked: Ranked[] = []
	for (const protocol of protocolsOf(detected)) {
		const telegrams = evidence.telegrams(protocol, keys)
		if (telegrams.length === 0) continue
		ranked.push(...(await rank(telegrams, looked, protocol, (profile) => replaySample(withIdleOf(profile, line), capture, began), true)))
	}
	const found = ranked.flatMap((one) => {
		// An adapter's profile is for what it publishes.
		if (one.profile.document.transport.kind === 'mqtt') return []
		const transport = transportFor(one.profile, place, line)
		return isUsable(one.profile, transport) ? [{ ...one, transport }] : []
	})
	const sorted = ordered(found, (one) => STRANGE * strangeness(one, line))
	const [best] = sorted
	const equal = best ? equalsOf(best, sorted).length : 0
	return sorted.slice(0, Math.max(equal, MOST)).map((one, place) => proposalOf(one, place < equal ? equal - 1 : 0, settings))
}

/** How far a profile is from the line on which its telegrams came: another setting, another way to ask. */
function strangeness({ profile, transport }: { profile: CompiledProfile; transport: Record<string, unknown> }, line: LineSetting): number {
	const asks = ({ signOn, request }: LineSetting['transport']) => JSON.stringify([signOn?.commands, signOn?.wakeUp, request?.hex])
	return Number('line' in transport) + Number(asks(profile.document.transport) !== asks(line.transport))
}

/** Two dialects of text without a checksum look alike: one may be taken for the other. */
const ALIKE: Protocol[] = [
	{ link: 'p1', application: 'p1' },
	{ link: 'iec62056-21', application: 'iec62056-21' },
]

const protocolsOf = (detected: Protocol): Protocol[] => [
	detected,
	...(ALIKE.some(({ link }) => link === detected.link) ? ALIKE.filter(({ link }) => link !== detected.link) : []),
]

/** Makes a profile part telegrams by the silence by which the line was read. */
function withIdleOf(profile: CompiledProfile, { transport: { idle } }: LineSetting): CompiledProfile {
	const { transport } = profile.document
	return { ...profile, document: { ...profile.document, transport: { ...transport, ...(idle !== undefined && { idle }) } } }
}

function captureOf(evidence: Evidence, { encryption, authentication }: Keys): Capture {
	const testKeys = encryption && { encryption: hex(encryption), ...(authentication && { authentication: hex(authentication) }) }
	return {
		header: { capture: 1, meter: 'probe', source: 'probe', license: 'CC0-1.0', ...(testKeys && { testKeys }) },
		lines: evidence.parts().map(({ t, bytes }) => ({ t, hex: hex(bytes) })),
	}
}

/** Gives the `transport` of the config's entry: where the meter is, and only what differs from its profile. */
export function transportFor({ document: { transport: own } }: CompiledProfile, place: Place, line: LineSetting): Record<string, unknown> {
	const { kind, ...address } = place
	const { signOn, request } = line.transport
	const asks = own.signOn !== undefined || own.request !== undefined
	const asked = signOn !== undefined || request !== undefined
	const how =
		asks && !asked
			? { ...(own.signOn && { signOn: null }), ...(own.request && { request: null }) }
			: asked && !asks
				? withoutPace(signOn, request)
				: {}
	if (kind === 'tcp') return { ...(own.kind !== 'tcp' && { kind }), ...address, ...how }
	const written = lineText({ baudRate: own.signOn ? 300 : 9600, ...own })
	const differs = own.kind !== 'serial' || written !== lineText(line.transport)
	return { ...(own.kind !== 'serial' && { kind }), ...address, ...(differs && { line: lineText(line.transport) }), ...how }
}

/** How a meter is asked, without the pace of the probe. */
function withoutPace(signOn: LineSetting['transport']['signOn'], request: LineSetting['transport']['request']): Record<string, unknown> {
	const { interval: _signOnPace, ...sign } = signOn ?? {}
	const { interval: _requestPace, ...ask } = request ?? {}
	return { ...(signOn && { signOn: sign }), ...(request && { request: ask }) }
}

function isUsable(profile: CompiledProfile, transport: Record<string, unknown>): boolean {
	const entry = { name: 'meter', profile: profile.name, transport }
	const config = parseConfig('probe.json', JSON.stringify({ mqtt: { url: 'mqtt://localhost' }, meters: [entry] }))
	return !Array.isArray(config) && !Array.isArray(applyMeter(profile, entry, 0, config))
}

function proposalOf(
	{ profile, readings, sure, why, transport }: Ranked & { transport: Record<string, unknown> },
	equals: number,
	settings: ProposalSettings,
): Proposal {
	const reading = fullest(readings)
	const name = suggestedName(reading, settings.taken)
	const doubt =
		equals > 0
			? [`${equals} ${equals === 1 ? 'other reads' : 'others read'} it as well: the grid operator or the model on the meter decides`]
			: []
	return {
		profile: profile.name,
		title: profile.document.title ?? profile.name,
		sure,
		why: [...why, ...doubt],
		reading: { ...reading, meter: name },
		transport,
		name,
		// A key that is published for everybody stands in the profile.
		...(settings.tagged && profile.document.decoder.authenticationData === undefined && { keysWanted: ['authentication' as const] }),
	}
}

/** The newest of the readings that say most: a meter may send a short list in between. */
function fullest(readings: readonly Reading[]): Record<string, unknown> {
	const size = (reading: Reading) => Object.keys(reading).length
	const most = Math.max(...readings.map(size))
	return { ...readings.findLast((reading) => size(reading) === most) }
}

/** Suggests a name that no meter has: of what it measures. */
export function suggestedName(reading: Readonly<Record<string, unknown>>, taken: readonly string[]): string {
	const has = (pattern: RegExp) => Object.keys(reading).some((field) => pattern.test(field))
	const base = has(/^(power|energy|voltage|current)_/) ? 'house' : has(/heat|flow_temperature/) ? 'heat' : has(/volume/) ? 'water' : 'meter'
	return freeName(base, taken)
}

/** Gives a name that is not taken: the one asked for, or with a number behind it. */
export function freeName(base: string, taken: readonly string[]): string {
	let name = base
	for (let number = 2; taken.includes(name); number++) name = `${base}-${number}`
	return name
}
