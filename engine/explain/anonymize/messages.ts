import { isObject } from '../../document/merge.ts'
import type { Pseudonyms } from './pseudonyms.ts'

/** Names under which adapters send what names a device or a household, and those under which they send names of people, places and networks. */
const ID_NAME =
	/(?:^|[^a-z])(?:id|uid|uuid|eui|ean|imei|imsi|iccid|serial|serno|sn|zaehlernummer|zählernummer)$|serial_?(?:number|no|nr)$|meter_?(?:number|no|nr)$/
const PERSON_NAME =
	/(?:^|[^a-z])(?:ssid|bssid|hostname|host|owner|customer|address|street|city|email|phone|latitude|longitude|lat|lon|lng)$/
/** Codes of ids (A-B:0.0.x, 42.0.0, 96.1.x), and of owner, name and place (129-129:199.130.x), in words or as hex. */
const ID_CODE = /^(?:\d+-\d+:)?(?:0\.0\.\d+|42\.0\.0|96\.1\.\d+)(?:[.*]\d+)?$|^[0-9A-F]{4}(?:0000..|2A0000|6001..)(?:..)?$/i
const PERSON_CODE = /^129-129:199\.130\.\d+(?:[.*]\d+)?$|^8181C782(?:..){1,2}$/i
/** A code as hex: its medium first, and no history last. */
const HEX_CODE = /^0[0-9A-F]{9}FF$/i
/** Characters of the shortest id: shorter ones are places of channels and phases, or values. */
const LEAST_ID = 7
/** A name that means a serial number, which may be shorter: `Q7-88`. */
const SERIAL_NAME = /serial|serno|(?:^|[^a-z])sn$|(?:number|no|nr)$/
const isLong = (text: string, name: string) =>
	text.length >= LEAST_ID || (SERIAL_NAME.test(name) && /[a-z]/i.test(text) && /\d.*\d/.test(text))
/** Levels of a message that are looked into. */
const MAX_DEPTH = 32

/** Tells a message that is no whole JSON, though it begins so: nobody knows what is in it. */
export function isCut(payload: string): boolean {
	if (!/^\s*[[{]/.test(payload)) return false
	try {
		JSON.parse(payload)
		return false
	} catch {
		return true
	}
}

/**
 * Takes note of what names a household in a message of JSON: by the name that stands before it, or the code beside it. Gives the codes, which may look like an address
 * of hardware. Other messages say nothing here.
 */
export function jsonIds(payload: string, ids: Pseudonyms): string[] {
	const codes: string[] = []
	if (/^\s*[[{]/.test(payload) && !isCut(payload)) look(JSON.parse(payload), '', { ids, codes }, 0)
	return codes
}

type Noted = { ids: Pseudonyms; codes: string[] }

function look(value: unknown, name: string, noted: Noted, depth: number): void {
	if (depth > MAX_DEPTH) return
	if (Array.isArray(value)) for (const inner of value) look(inner, name, noted, depth + 1)
	else if (isObject(value)) {
		const code = typeof value.obis === 'string' ? value.obis : ''
		if (code !== '') noted.codes.push(code)
		for (const [key, inner] of Object.entries(value)) {
			if (HEX_CODE.test(key)) noted.codes.push(key)
			look(inner, key === 'value' && code !== '' ? code : key, noted, depth + 1)
		}
	} else if (typeof value === 'string' || typeof value === 'number') note(value, name, noted.ids)
}

function note(value: string | number, name: string, ids: Pseudonyms): void {
	const words = name.replace(/([a-zäöü])(?=[A-Z])/g, '$1_').toLowerCase()
	// As it stands in the message: the same letters elsewhere may be a name of JSON.
	if (PERSON_CODE.test(name) || PERSON_NAME.test(words)) ids.pair(JSON.stringify(value), typeof value === 'string' ? '"…"' : '0')
	else if ((ID_CODE.test(name) || ID_NAME.test(words)) && isLong(String(value), words) && Number.isInteger(Number(value) || 0))
		ids.text(String(value))
}
