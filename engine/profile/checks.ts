import type { Decoder, Profile, Transport } from '../../schema/types/profile.ts'
import { applications, links } from '../decode/registry.ts'
import type { Finding, Path } from '../document/finding.ts'
import { nearest } from '../document/nearest.ts'
import { parseObis } from '../telegram/obis.ts'
import { QUANTITIES } from '../telegram/rules.ts'
import { siUnit } from '../telegram/unit.ts'

/** Makes a finding where a path stands: in the chain of profiles, or in the config that overlays them. */
export type Locate = (path: Path, part: 'key' | 'value', code: string, message: string, hint?: string) => Finding

/** Checks what the schema cannot see, in profiles and in what a config makes of them: sections that do not go together, timezones, OBIS codes. */
export function meaning({ transport, decoder, meter }: Profile, locate: Locate): Finding[] {
	return [
		...(transport && transport.kind === undefined
			? [locate(['transport'], 'value', 'profile/required', 'transport.kind is missing', 'serial, tcp, mqtt or capture')]
			: []),
		...(decoder ? [...protocol(decoder, locate), ...together(decoder, transport, locate)] : []),
		...(transport ? [...asking(transport, locate), ...topic(transport, locate), ...levels(transport, locate)] : []),
		...timezone(meter?.timezone, locate),
		...(decoder ? [...registers(decoder, locate), ...sequence(decoder, locate)] : []),
	]
}

/** Link and application are stated, and the one carries the other. */
function protocol({ link, application }: Decoder, locate: Locate): Finding[] {
	const missing = (key: string, hint: string) => locate(['decoder'], 'value', 'profile/required', `decoder.${key} is missing`, hint)
	const findings: Finding[] = []
	if (application === undefined && link !== 'auto')
		findings.push(missing('application', `${Object.keys(applications).join(', ')} or json; "link": "auto" finds both`))
	if (application === undefined || application === 'json') return findings
	if (link === undefined) findings.push(missing('link', `${Object.keys(links).join(', ')}, or auto`))
	else if (link !== 'auto' && !links[link].carries.includes(application)) {
		const fits = links[link].carries.join(' or ')
		findings.push(locate(['decoder'], 'value', 'profile/decoder', `link ${link} carries no ${application}`, `application ${fits}`))
	}
	return findings
}

/** JSON comes in messages, all else in bytes. */
function together({ application }: Decoder, { kind, payload = 'json' }: Transport = {}, locate: Locate): Finding[] {
	const onMessages = kind === 'mqtt' && payload === 'json'
	const refused = (message: string, hint: string) => [locate(['transport'], 'value', 'profile/transport', message, hint)]
	// A recording may hold messages too.
	if (application === 'json' && kind !== undefined && !onMessages && kind !== 'capture')
		return refused(`json is read from MQTT messages, not from ${kind}`, 'use a transport of kind mqtt')
	if (application !== undefined && application !== 'json' && onMessages)
		return refused('messages are read as JSON', '"payload": "bytes" for a meter\'s bytes, "hex" for them as text')
	return []
}

function asking({ signOn, request }: Transport, locate: Locate): Finding[] {
	if (!signOn || !request) return []
	const message = 'signOn and request exclude each other'
	return [locate(['transport', 'request'], 'value', 'profile/transport', message, 'null removes what a parent states')]
}

/** The named levels of a topic. */
const levelsOf = (text = '') => [...text.matchAll(/\+([A-Za-z]\w*)/g)].map(([, name = '']) => name)

function topic({ kind, topic: text, identity }: Transport, locate: Locate): Finding[] {
	if (kind !== 'mqtt') return []
	const names = levelsOf(text)
	const findings: Finding[] = []
	if (text === undefined)
		findings.push(locate(['transport'], 'value', 'profile/required', 'transport.topic is missing', 'what to subscribe to'))
	if (identity !== undefined && !names.includes(identity)) {
		const message = `the topic has no level +${identity}`
		findings.push(locate(['transport', 'identity'], 'value', 'profile/identity', message, `it has ${names.join(', ') || 'none'}`))
	}
	const bad = text === undefined ? undefined : topicFault(text)
	if (bad !== undefined) {
		const message = `"${text?.slice(0, 80)}" is not a topic to subscribe to: ${bad}`
		findings.push(locate(['transport', 'topic'], 'value', 'profile/topic', message, 'such as tele/+device/SENSOR'))
	}
	return findings
}

/** Says what is wrong with a topic to subscribe to (MQTT 5, 4.7), with +name for named levels; undefined when nothing is. */
function topicFault(text: string): string | undefined {
	const all = text.split('/')
	if (text === '') return 'it is empty'
	if (all.some((level, place) => level.includes('#') && (level !== '#' || place < all.length - 1))) return '# stands alone, and last'
	if (all.some((level) => level.includes('+') && !/^\+(?:[A-Za-z]\w*)?$/.test(level))) return 'a level is a +, a +name, or has none'
	return undefined
}

function levels({ topic: text, levels: values = {} }: Transport, locate: Locate): Finding[] {
	const names = levelsOf(text)
	return Object.entries(values).flatMap(([level, value]) => {
		const path = ['transport', 'levels', level]
		if (!names.includes(level)) {
			const near = nearest(level, names)
			const hint = near ? `did you mean "${near}"?` : `it has ${names.join(', ') || 'none'}`
			return [locate(path, 'key', 'profile/levels', `the topic has no level +${level}`, hint)]
		}
		if (!/[/+#]|^$/.test(value)) return []
		return [locate(path, 'value', 'profile/levels', `"${value}" cannot be the value of one level`, 'a level has no / and no + and no #')]
	})
}

function timezone(name: string | undefined, locate: Locate): Finding[] {
	if (name === undefined || isTimezone(name)) return []
	const hint = 'an IANA name such as Europe/Zurich'
	return [locate(['meter', 'timezone'], 'value', 'profile/timezone', `"${name}" is not a timezone`, hint)]
}

/** Tells whether this system knows the timezone. */
export function isTimezone(name: string): boolean {
	try {
		new Intl.DateTimeFormat('en', { timeZone: name })
		return true
	} catch {
		return false
	}
}

/** SI units that a rule may name: those that OBIS codes imply, and those that only meters send. */
const UNITS = ['W', 'Wh', 'var', 'varh', 'VA', 'VAh', 'V', 'A', 'Hz', 'm³', 'm³/h', 'J', '°C', 'K', 'h', 's', '%']

function registers({ registers: rules = {} }: Decoder, locate: Locate): Finding[] {
	return Object.keys(rules).flatMap((key) => {
		if (isRegister(key)) return []
		const message = `"${key}" is not an OBIS code, a unit or a quantity`
		const near = UNITS.find((unit) => unit === siUnit(key).unit) ?? nearest(key, [...QUANTITIES.keys()])
		const hint = near ? `did you mean "${near}"?` : '1.8.0, 1-1:1.8.0, A, power_factor or *'
		return [locate(['decoder', 'registers', key], 'key', 'profile/obis', message, hint)]
	})
}

const isRegister = (key: string) =>
	key === '*' || UNITS.includes(key) || QUANTITIES.has(key) || /^\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(key) || parseObis(key) !== undefined

function sequence({ sequence: lists = {} }: Decoder, locate: Locate): Finding[] {
	return Object.entries(lists).flatMap(([length, codes]) => {
		const path = ['decoder', 'sequence', length]
		const message = `the list of ${length} has ${codes.length} places`
		const wrong =
			codes.length === Number(length) ? [] : [locate(path, 'value', 'profile/sequence', message, 'null for a value without use')]
		const unknown = codes.flatMap((code, place) =>
			code === null || parseObis(code)
				? []
				: [locate([...path, place], 'value', 'profile/obis', `"${code}" is not a full OBIS code`, 'such as 1-0:1.8.0')],
		)
		return [...wrong, ...unknown]
	})
}
