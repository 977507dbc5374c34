import { fields } from '../../schema/types/fields.ts'
import type { Decoder, Profile, Transport } from '../../schema/types/profile.ts'
import { cached } from '../bytes/cached.ts'
import { applications, links, messageApplications, readsMessages } from '../decode/registry.ts'
import type { Fault, Finding, Locate } from '../document/finding.ts'
import { meant, nearest } from '../document/nearest.ts'
import { fits, topicPattern } from '../mqtt/filter.ts'
import { parseObis } from '../telegram/obis.ts'
import { QUANTITIES } from '../telegram/rules.ts'
import { parseEntry } from '../telegram/sequence.ts'
import { siUnit } from '../telegram/unit.ts'

/** Notes what is wrong with a profile. */
type Find = (...fault: Fault) => void

/** Checks what the schema cannot see, in profiles and in what a config makes of them: sections that do not go together, timezones, OBIS codes. */
export function meaning({ transport, decoder, expect, meter: { timezone } = {} }: Profile, locate: Locate): Finding[] {
	const findings: Finding[] = []
	const find: Find = (...fault) => findings.push(locate(...fault))
	if (transport && transport.kind === undefined)
		find(['transport'], 'profile/required', 'transport.kind is missing', 'serial, tcp, mqtt or capture')
	if (decoder) protocol(decoder, find)
	if (decoder) together(decoder, transport, find)
	if (transport?.signOn && transport.request)
		find(['transport', 'request'], 'profile/transport', 'signOn and request exclude each other', 'null removes what a parent states')
	const address = transport?.request?.address ?? 0
	if (address > 250 && address < 254)
		find(['transport', 'request', 'address'], 'profile/transport', `${address} is no address of a meter`, '0 to 250, or 254 for one alone')
	if (transport) topic(transport, find)
	if (timezone !== undefined && !isTimezone(timezone))
		find(['meter', 'timezone'], 'profile/timezone', `"${timezone}" is not a timezone`, 'an IANA name such as Europe/Zurich')
	if (decoder) codes(decoder, find)
	if (expect) expected(expect, find)
	return findings
}

/** Link and application are stated, and the one carries the other. */
function protocol({ link, application }: Decoder, find: Find): void {
	const missing = (key: string, hint: string) => find(['decoder'], 'profile/required', `decoder.${key} is missing`, hint)
	if (application === undefined && link !== 'auto')
		missing('application', `${[...Object.keys(applications), ...messageApplications].join(', ')}; "link": "auto" finds both`)
	if (application === undefined || readsMessages(application)) return
	if (link === undefined) missing('link', `${Object.keys(links).join(', ')}, or auto`)
	else if (link !== 'auto' && !links[link].carries.includes(application))
		find(['decoder'], 'profile/decoder', `link ${link} carries no ${application}`, `application ${links[link].carries.join(' or ')}`)
}

/** JSON and plain values come in messages, all else in bytes. */
function together({ application }: Decoder, { kind, payload = 'json' }: Transport = {}, find: Find): void {
	const refused = (message: string, hint: string) => find(['transport'], 'profile/transport', message, hint)
	const onMessages = kind === 'mqtt' && payload === 'json'
	// A recording may hold messages too.
	if (readsMessages(application) && kind !== undefined && !onMessages && kind !== 'capture')
		refused(`${application} is read from MQTT messages, not from ${kind}`, 'use a transport of kind mqtt')
	if (application !== undefined && !readsMessages(application) && onMessages)
		refused('messages are read as JSON or plain values', '"payload": "bytes" for a meter\'s bytes, "hex" for them as text')
}

/** The named levels of topics. */
const levelsOf = (topics: string[]) => topics.flatMap((text) => [...text.matchAll(/\+([A-Za-z]\w*)/g)].map(([, name = '']) => name))
const listed = (names: string[]) => `it has ${[...new Set(names)].join(', ') || 'none'}`

function topic({ kind, topic: written, identity, levels = {}, merge }: Transport, find: Find): void {
	const topics = written === undefined ? [] : [written].flat()
	const names = levelsOf(topics)
	if (kind === 'mqtt') {
		if (written === undefined) find(['transport'], 'profile/required', 'transport.topic is missing', 'what to subscribe to')
		for (const [place, text] of topics.entries())
			subscribed(text, topics.slice(0, place), typeof written === 'string' ? [] : [place], identity, find)
		const unknown = merge?.by?.split('/').find((level) => !names.includes(level))
		if (unknown !== undefined) find(['transport', 'merge', 'by'], 'profile/merge', `the topic has no level +${unknown}`, listed(names))
	}
	for (const [level, value] of Object.entries(levels)) {
		const path = ['transport', 'levels', level]
		if (!names.includes(level)) find(path, 'profile/levels', `the topic has no level +${level}`, meant(level, names, listed(names)), 'key')
		else if (/[/+#]|^$/.test(value))
			find(path, 'profile/levels', `"${value}" cannot be the value of one level`, 'a level has no / and no + and no #')
	}
}

/** Checks one topic to subscribe to; `before`: those that the list has before it, `place` its place in the list. */
function subscribed(text: string, before: string[], place: number[], identity: string | undefined, find: Find): void {
	const path = ['transport', 'topic', ...place]
	const shown = text.slice(0, 80)
	if (identity !== undefined && !levelsOf([text]).includes(identity)) {
		const which = place.length > 0 ? ` ${shown}` : ''
		find(['transport', 'identity'], 'profile/identity', `the topic${which} has no level +${identity}`, listed(levelsOf([text])))
	}
	const fault = topicFault(text)
	const twice = before.find((other) => fits(filterOf(other), filterOf(text)))
	if (fault !== undefined) find(path, 'profile/topic', `"${shown}" is not a topic to subscribe to: ${fault}`, 'such as tele/+device/SENSOR')
	else if (twice !== undefined)
		find(path, 'profile/topic', `a message may come under ${twice.slice(0, 80)} and ${shown}`, 'topics of one list must differ')
}

const filterOf = (text: string) => topicPattern(text, {}).filter

/** Says what is wrong with a topic to subscribe to (MQTT 5, 4.7), with +name for named levels; undefined when nothing is. */
function topicFault(text: string): string | undefined {
	const all = text.split('/')
	if (text === '') return 'it is empty'
	if (text.startsWith('$')) return 'what begins with $ belongs to the broker'
	if (all.some((level, place) => level.includes('#') && (level !== '#' || place < all.length - 1))) return '# stands alone, and last'
	if (all.some((level) => level.includes('+') && !/^\+(?:[A-Za-z]\w*)?$/.test(level))) return 'a level is a +, a +name, or has none'
	return undefined
}

/** Tells whether this system knows the timezone. To ask takes longer than all other checks of a profile. */
export const isTimezone = cached(64, (name: string) => {
	try {
		new Intl.DateTimeFormat('en', { timeZone: name })
		return true
	} catch {
		return false
	}
})

/** What `expect` may name beside the fields: the counters of sub-meters, and the meter's clock. */
const OTHERS = ['submeters.energy', 'submeters.volume', 'time']

/** Expectations name fields of a reading, and do not contradict themselves. */
function expected(expect: NonNullable<Profile['expect']>, find: Find): void {
	const names = [...Object.keys(fields), ...OTHERS]
	for (const [key, { min = -Infinity, max = Infinity, confirm = '' }] of Object.entries(expect)) {
		const isKnown = key.endsWith('*') ? names.some((name) => name.startsWith(key.slice(0, -1))) : names.includes(key)
		if (!isKnown && !key.startsWith('extra.'))
			find(
				['expect', key],
				'profile/expect',
				`the reading has no field "${key}"`,
				meant(key, names, 'power_import, voltage_*, time'),
				'key',
			)
		if (min > max) find(['expect', key], 'profile/expect', `${min} is more than ${max}: no value fits`, 'min is the lower bound', 'key')
		const [needed = 0, among = 0] = confirm.split(' of ').map(Number)
		if (needed > among) find(['expect', key, 'confirm'], 'profile/expect', `"${confirm}" can never be reached`, 'such as "5 of 7"')
	}
}

/** SI units that a rule may name: those that OBIS codes imply, and those that only meters send. */
const UNITS = ['W', 'Wh', 'var', 'varh', 'VA', 'VAh', 'V', 'A', 'Hz', 'm³', 'm³/h', 'J', '°C', 'K', 'h', 's', '%']

/** Registers and sequences name OBIS codes, and registers units and quantities, too. */
function codes({ registers = {}, sequence = {} }: Decoder, find: Find): void {
	for (const key of Object.keys(registers).filter((name) => !isRegister(name))) {
		const near = UNITS.find((unit) => unit === siUnit(key).unit) ?? nearest(key, [...QUANTITIES.keys()])
		const hint = near ? `did you mean "${near}"?` : '1.8.0, 1-1:1.8.0, A, power_factor or *'
		find(['decoder', 'registers', key], 'profile/obis', `"${key}" is not an OBIS code, a unit or a quantity`, hint, 'key')
	}
	for (const [key, list] of Object.entries(sequence)) {
		const path = ['decoder', 'sequence', key]
		if (list.length !== Number.parseInt(key, 10))
			find(path, 'profile/sequence', `the list of ${key} has ${list.length} places`, 'null for a value without use')
		for (const [place, entry] of list.entries()) {
			const fault = entry === null ? undefined : parseEntry(entry)
			if (typeof fault === 'string') find([...path, place], 'profile/obis', fault, 'such as 1-0:1.8.0, "1-0:1.8.0 u32", or "- octets(6)"')
		}
	}
}

const isRegister = (key: string) =>
	key === '*' || UNITS.includes(key) || QUANTITIES.has(key) || /^\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(key) || parseObis(key) !== undefined
