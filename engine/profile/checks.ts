import type { Decoder, Profile, Transport } from '../../schema/types/profile.ts'
import { applications, links } from '../decode/registry.ts'
import type { Finding, Path } from '../document/finding.ts'
import { meant, nearest } from '../document/nearest.ts'
import { parseObis } from '../telegram/obis.ts'
import { QUANTITIES } from '../telegram/rules.ts'
import { siUnit } from '../telegram/unit.ts'

/** Makes a finding where a path stands: in the chain of profiles, or in the config that overlays them. */
export type Locate = (path: Path, code: string, message: string, hint?: string, part?: 'key' | 'value') => Finding

/** Notes what is wrong with a profile. */
type Find = (...fault: Parameters<Locate>) => void

/** Checks what the schema cannot see, in profiles and in what a config makes of them: sections that do not go together, timezones, OBIS codes. */
export function meaning({ transport, decoder, meter: { timezone } = {} }: Profile, locate: Locate): Finding[] {
	const findings: Finding[] = []
	const find: Find = (...fault) => findings.push(locate(...fault))
	if (transport && transport.kind === undefined)
		find(['transport'], 'profile/required', 'transport.kind is missing', 'serial, tcp, mqtt or capture')
	if (decoder) protocol(decoder, find)
	if (decoder) together(decoder, transport, find)
	if (transport?.signOn && transport.request)
		find(['transport', 'request'], 'profile/transport', 'signOn and request exclude each other', 'null removes what a parent states')
	if (transport?.kind === 'mqtt') topic(transport, find)
	if (transport) levels(transport, find)
	if (timezone !== undefined && !isTimezone(timezone))
		find(['meter', 'timezone'], 'profile/timezone', `"${timezone}" is not a timezone`, 'an IANA name such as Europe/Zurich')
	if (decoder) registers(decoder, find)
	if (decoder) sequence(decoder, find)
	return findings
}

/** Link and application are stated, and the one carries the other. */
function protocol({ link, application }: Decoder, find: Find): void {
	const missing = (key: string, hint: string) => find(['decoder'], 'profile/required', `decoder.${key} is missing`, hint)
	if (application === undefined && link !== 'auto')
		missing('application', `${Object.keys(applications).join(', ')} or json; "link": "auto" finds both`)
	if (application === undefined || application === 'json') return
	if (link === undefined) missing('link', `${Object.keys(links).join(', ')}, or auto`)
	else if (link !== 'auto' && !links[link].carries.includes(application))
		find(['decoder'], 'profile/decoder', `link ${link} carries no ${application}`, `application ${links[link].carries.join(' or ')}`)
}

/** JSON comes in messages, all else in bytes. */
function together({ application }: Decoder, { kind, payload = 'json' }: Transport = {}, find: Find): void {
	const refused = (message: string, hint: string) => find(['transport'], 'profile/transport', message, hint)
	const onMessages = kind === 'mqtt' && payload === 'json'
	// A recording may hold messages too.
	if (application === 'json' && kind !== undefined && !onMessages && kind !== 'capture')
		refused(`json is read from MQTT messages, not from ${kind}`, 'use a transport of kind mqtt')
	if (application !== undefined && application !== 'json' && onMessages)
		refused('messages are read as JSON', '"payload": "bytes" for a meter\'s bytes, "hex" for them as text')
}

/** The named levels of a topic. */
const levelsOf = (text = '') => [...text.matchAll(/\+([A-Za-z]\w*)/g)].map(([, name = '']) => name)

function topic({ topic: text, identity }: Transport, find: Find): void {
	const names = levelsOf(text)
	if (text === undefined) find(['transport'], 'profile/required', 'transport.topic is missing', 'what to subscribe to')
	if (identity !== undefined && !names.includes(identity))
		find(['transport', 'identity'], 'profile/identity', `the topic has no level +${identity}`, `it has ${names.join(', ') || 'none'}`)
	const fault = text === undefined ? undefined : topicFault(text)
	if (fault === undefined) return
	const message = `"${text?.slice(0, 80)}" is not a topic to subscribe to: ${fault}`
	find(['transport', 'topic'], 'profile/topic', message, 'such as tele/+device/SENSOR')
}

/** Says what is wrong with a topic to subscribe to (MQTT 5, 4.7), with +name for named levels; undefined when nothing is. */
function topicFault(text: string): string | undefined {
	const all = text.split('/')
	if (text === '') return 'it is empty'
	if (all.some((level, place) => level.includes('#') && (level !== '#' || place < all.length - 1))) return '# stands alone, and last'
	if (all.some((level) => level.includes('+') && !/^\+(?:[A-Za-z]\w*)?$/.test(level))) return 'a level is a +, a +name, or has none'
	return undefined
}

function levels({ topic: text, levels: values = {} }: Transport, find: Find): void {
	const names = levelsOf(text)
	for (const [level, value] of Object.entries(values)) {
		const path = ['transport', 'levels', level]
		if (!names.includes(level)) {
			const hint = meant(level, names, `it has ${names.join(', ') || 'none'}`)
			find(path, 'profile/levels', `the topic has no level +${level}`, hint, 'key')
		} else if (/[/+#]|^$/.test(value))
			find(path, 'profile/levels', `"${value}" cannot be the value of one level`, 'a level has no / and no + and no #')
	}
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

function registers({ registers: rules = {} }: Decoder, find: Find): void {
	for (const key of Object.keys(rules).filter((name) => !isRegister(name))) {
		const near = UNITS.find((unit) => unit === siUnit(key).unit) ?? nearest(key, [...QUANTITIES.keys()])
		const hint = near ? `did you mean "${near}"?` : '1.8.0, 1-1:1.8.0, A, power_factor or *'
		find(['decoder', 'registers', key], 'profile/obis', `"${key}" is not an OBIS code, a unit or a quantity`, hint, 'key')
	}
}

const isRegister = (key: string) =>
	key === '*' || UNITS.includes(key) || QUANTITIES.has(key) || /^\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(key) || parseObis(key) !== undefined

function sequence({ sequence: lists = {} }: Decoder, find: Find): void {
	for (const [length, codes] of Object.entries(lists)) {
		const path = ['decoder', 'sequence', length]
		if (codes.length !== Number(length))
			find(path, 'profile/sequence', `the list of ${length} has ${codes.length} places`, 'null for a value without use')
		for (const [place, code] of codes.entries())
			if (code !== null && !parseObis(code))
				find([...path, place], 'profile/obis', `"${code}" is not a full OBIS code`, 'such as 1-0:1.8.0')
	}
}
