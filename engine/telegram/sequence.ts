import { hex, latin1, printable } from '../bytes/hex.ts'
import { cosemClock } from './clock.ts'
import { type Code, codeAt, codeOf } from './code.ts'
import { COSEM_IDS, identified } from './identity.ts'
import { parseObis } from './obis.ts'
import { type Register, registerOf, type Value } from './register.ts'
import { type Rejected, rejected, type Sent, type Telegram } from './telegram.ts'

/** The kinds that name a type of COSEM data alone. */
const TYPES = ['u8', 'u16', 'u32', 'u64', 'i8', 'i16', 'i32', 'i64', 'f32', 'f64', 'enum', 'bool', 'bits', 'bcd', 'null']
/** Kinds that may state a size in bytes. */
const SIZED = /^(text|digits|octets)(?:\((\d{1,4})\))?$/

/** What stands at a place of a list: a code (none where the value has no use), and the kinds of which one must fit. */
export type Entry = { code?: string; kinds?: string[] }

/** Reads an entry of `decoder.sequence`: `CODE`, `CODE KIND` or `- KIND`, alternatives by `|`. Gives what is wrong with one that cannot be read. */
export function parseEntry(text: string): Entry | string {
	const [, code = '', all] = /^(\S*)(?: (.*))?$/.exec(text) ?? []
	if (code !== '-' && !parseObis(code)) return `"${code}" is not a full OBIS code`
	const kinds = all?.split('|')
	const unknown = kinds?.find((kind) => !isKind(kind))
	if (unknown !== undefined) return `"${unknown}" is not a kind of value`
	return { ...(code !== '-' && { code }), ...(kinds && { kinds }) }
}

const isKind = (kind: string) =>
	TYPES.includes(kind) || ['number', 'clock', 'date', 'time'].includes(kind) || SIZED.test(kind) || /^=./.test(kind)

type Place = { code: Code | undefined; kinds: readonly string[]; stated: boolean }
type List = { key: string; places: Place[] }
type Misfit = { list: List; count: number; place: number }

/** The lists of `decoder.sequence`, by their length. */
export class Sequences {
	readonly #lists = new Map<number, List[]>()

	constructor(lists: Record<string, (string | null)[]>) {
		for (const [key, entries] of Object.entries(lists)) {
			const length = Number.parseInt(key, 10)
			this.#lists.set(length, [...(this.#lists.get(length) ?? []), { key, places: entries.map(placeOf) }])
		}
	}

	/**
	 * Names the values of a telegram without codes by the first list that fits; refuses (`layout`) one that none fits, with the place that does not.
	 * `tell` gets the row that each value became.
	 */
	name(telegram: Telegram, tell?: Tell): Telegram | Rejected {
		const { sent, sequence } = telegram
		if (!sent || this.#lists.size === 0) return telegram
		const lists = this.#lists.get(sent.length)
		if (!lists) {
			const known = `the profile's decoder.sequence names lists of ${[...this.#lists.keys()].join(', ')}`
			return rejected('layout', `a list of ${sent.length} values without OBIS codes; ${known}`)
		}
		let nearest: Misfit | undefined
		for (const list of lists) {
			const misfit = misfitOf(list, sequence, sent)
			if (!misfit) return named(telegram, list, tell)
			if (!nearest || misfit.count < nearest.count) nearest = misfit
		}
		const { place } = nearest as Misfit
		return { ...rejected('layout', misfitText(nearest as Misfit, lists.length, sequence, sent)), place }
	}
}

function placeOf(entry: string | null): Place {
	const parsed = entry === null ? {} : parseEntry(entry)
	// The profile's checks have refused what cannot be read.
	const { code, kinds } = typeof parsed === 'string' ? ({} as Entry) : parsed
	const known = code === undefined ? undefined : codeOf(code)
	return { code: known, kinds: kinds ?? (known ? demanded(known) : []), stated: kinds !== undefined }
}

/** Gives what a code demands of its value: energy, power or voltage a number, the clock a date, an id a text. Nothing where anything may stand. */
export function demanded(code: Code): string[] {
	if (code.isClock) return ['clock', 'null']
	if (code.unit !== undefined) return ['number', 'null']
	return COSEM_IDS[code.id] === undefined ? [] : ['id', 'null']
}

type Tell = (value: Value, register: Register) => void

function named(telegram: Telegram, { places }: List, tell: Tell | undefined): Telegram {
	const { sent: _sent, sequence, ...rest } = telegram
	const registers = sequence.flatMap((value, at) => {
		const code = places[at]?.code
		if (!code) return []
		const register = registerOf(code, value)
		tell?.(value, register)
		return [register]
	})
	return identified({ ...rest, registers, sequence: [] })
}

/** How many values do not fit a list, and the first of them. */
function misfitOf(list: List, values: readonly Value[], sent: readonly Sent[]): Misfit | undefined {
	const wrong = list.places.flatMap(({ kinds }, at) =>
		kinds.length === 0 || kinds.some((kind) => fits(kind, values[at] as Value, sent[at] as Sent)) ? [] : [at],
	)
	return wrong[0] === undefined ? undefined : { list, count: wrong.length, place: wrong[0] }
}

/** Whether a value as it was sent is of this kind. */
export function fits(kind: string, value: Value, { type, bytes }: Sent): boolean {
	if (kind.startsWith('=')) return isSame(kind.slice(1), value, bytes)
	const [, shape, size] = SIZED.exec(kind) ?? []
	const isText = type === 'octets' || type === 'text'
	if (shape !== undefined) {
		if (!isText || (size !== undefined && bytes.length !== Number(size))) return false
		return shape === 'octets' || (shape === 'digits' ? /^\d+$/.test(latin1(bytes)) : value.kind === 'text' && printable(unpadded(bytes)))
	}
	switch (kind) {
		case 'number':
			return /^[uif]\d/.test(type)
		case 'clock':
			return (type === 'clock' || (type === 'octets' && bytes.length === 12)) && isDateTime(bytes)
		case 'date':
			return type === 'octets' && bytes.length === 5 && isDateTime(Uint8Array.of(...bytes, 0, 0, 0, 0, 0x80, 0, 0))
		case 'time':
			return type === 'octets' && bytes.length === 4 && isTime(bytes)
		case 'id':
			return isText && !(bytes.length === 12 && value.kind === 'clock')
		default:
			return type === kind
	}
}

/** Octets without the NULs that some meters fill them up with. */
const unpadded = (bytes: Uint8Array) => bytes.subarray(0, bytes.findLastIndex((byte) => byte !== 0) + 1)

/** A date and time, or one that the meter does not know. */
const isDateTime = (bytes: Uint8Array) => cosemClock(bytes) !== undefined || (bytes[0] === 0xff && bytes[1] === 0xff)

const isTime = ([hour = 0, minute = 0, second = 0, hundredth = 0]: Uint8Array) =>
	[hour <= 23, minute <= 59, second <= 59, hundredth <= 99].every((is, at) => is || [hour, minute, second, hundredth][at] === 0xff)

/** Whether a value is exactly this: a text, a number, an OBIS code as six octets, or hex digits. */
function isSame(wanted: string, value: Value, bytes: Uint8Array): boolean {
	if (value.kind === 'number') return String(value.raw) === wanted
	if (value.kind === 'text' && value.text === wanted) return true
	return (bytes.length === 6 && codeAt(bytes, 0).text === wanted) || (bytes.length > 0 && hex(bytes) === wanted)
}

function misfitText({ list, place }: Misfit, tried: number, values: readonly Value[], sent: readonly Sent[]): string {
	const { code, kinds, stated } = list.places[place] as Place
	const [value, found] = [values[place] as Value, sent[place] as Sent]
	const wanted = stated ? kinds.join(' or ') : kinds[0] === 'id' ? 'an id' : `a ${kinds[0]}`
	const fixed = kinds.some((kind) => kind.startsWith('=')) && value.kind === 'text' ? ` "${value.text}"` : ''
	const of =
		tried > 1 ? `fits none of the ${tried} that decoder.sequence names; the nearest is "${list.key}":` : 'does not fit decoder.sequence:'
	return `a list of ${sent.length} values without OBIS codes ${of} place ${place + 1} should be ${wanted}${code ? ` for ${code.text}` : ''}, and is ${sentText(value, found)}${fixed}`
}

/** Says how a value was sent. */
function sentText(value: Value, { type, bytes }: Sent): string {
	if (value.kind === 'clock') return 'a date and time'
	if (type === 'text' || (type === 'octets' && printable(bytes))) return `a text of ${bytes.length}`
	return type === 'octets' ? `${bytes.length} octets` : type === 'null' ? 'empty' : `${/^[ief]/.test(type) ? 'an' : 'a'} ${type}`
}

/** Gives the kind that a value as it was sent is of: what is written for a list whose values nobody has described. */
export function kindOf(value: Value, { type, bytes }: Sent): string {
	if (type !== 'octets' && type !== 'text') return type
	if (value.kind === 'clock') return 'clock'
	const code = bytes.length === 6 ? codeAt(bytes, 0).text : ''
	if (/^0-\d+:25\.9\.0$/.test(code)) return `=${code}`
	const text = latin1(bytes)
	if (/^\d+$/.test(text)) return `digits(${bytes.length})`
	if (printable(unpadded(bytes))) return LIST_ID.test(text) ? `=${text}` : 'text'
	return fits('time', value, { type, bytes }) ? 'time' : fits('date', value, { type, bytes }) ? 'date' : `octets(${bytes.length})`
}

/** The version of a list, by which its maker names it: KFM_001, Kamstrup_V0001, AIDON_V0001. */
const LIST_ID = /^[A-Za-z]{3,}_V?\d{3,}$/
