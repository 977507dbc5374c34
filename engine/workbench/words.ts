import { readFileSync } from 'node:fs'
import type { FieldInfo, WorkbenchWords } from '../../schema/types/api.ts'
import { fields } from '../../schema/types/fields.ts'
import { packageRoot } from '../files/package.ts'
import { shownFields } from '../output/selection.ts'
import type { Library } from '../profile/library.ts'
import { parseObis } from '../telegram/obis.ts'
import { visible } from '../text/visible.ts'

/** Profiles that are listed. */
const MOST = 5000

/** Gives all that an editor of profiles knows: the schema, the fields, names and functions of expressions, OBIS codes, and what can be extended. */
export function wordsOf({ sources }: Pick<Library, 'sources'>): WorkbenchWords {
	const schema = JSON.parse(readFileSync(new URL('schema/profile.schema.json', packageRoot), 'utf8')) as Record<string, unknown>
	const names = [...sources.keys()].filter((name) => !name.startsWith('outputs/')).sort()
	return {
		schema,
		fields: fieldsKnown(),
		names: NAMES.map(([name, description]) => ({ name, description })),
		functions: FUNCTIONS.map(([signature, description]) => ({
			name: signature.replace(/\(.*/, ''),
			signature: `$${signature}`,
			description,
		})),
		codes: codesKnown(),
		profiles: names.slice(0, MOST).map((name) => ({ name, title: titleIn(sources.get(name)?.text ?? '') ?? name })),
	}
}

function fieldsKnown(): FieldInfo[] {
	const all = shownFields(Object.fromEntries(Object.keys(fields).map((name) => [name, 0])), {})
	return all.map(({ name, unit, obis, label, class: quantity }) => ({
		name,
		unit,
		label,
		...(obis !== '' && { obis }),
		...(quantity !== '' && { class: quantity }),
	}))
}

/** The codes of the harmonized fields, and those that say who and when. */
function codesKnown(): WorkbenchWords['codes'] {
	const known: WorkbenchWords['codes'] = Object.entries(fields).flatMap(([field, { obis, unit, label }]) =>
		obis === '' ? [] : [{ code: obis, label, field, ...(unit !== '' && { unit }) }],
	)
	const more = CODES.filter(([code]) => !known.some((one) => one.code === code)).map(([code, label]) => {
		const unit = parseObis(`1-0:${code}`)?.unit
		return { code, label, ...(unit !== undefined && unit !== '' && { unit }) }
	})
	return [...known, ...more]
}

/** The title that a profile states itself; a profile that is wrong may have none. */
function titleIn(text: string): string | undefined {
	const [, written] = /"title"\s*:\s*("(?:[^"\\\n]|\\.){1,300}")/.exec(text) ?? []
	try {
		return written === undefined ? undefined : visible(String(JSON.parse(written)), 200)
	} catch {
		return undefined
	}
}

const CODES: [code: string, label: string][] = [
	['1.0.0', 'Clock of the meter'],
	['96.1.0', 'Serial number of the meter'],
	['42.0.0', 'Logical device name'],
	['96.1.1', 'Number that the operator has given the meter'],
	['96.14.0', 'Tariff that holds now'],
	['0.2.0', 'Firmware version'],
	['96.13.0', 'Text message'],
	['96.5.0', 'Status of the meter'],
	['24.1.0', 'Device type of a sub-meter'],
	['24.2.1', 'Last value of a sub-meter'],
]

/** The names that expressions of a profile see. */
const NAMES: [name: string, description: string][] = [
	['obis', 'Values by the short code C.D.E, in SI base units, of medium 1 and 0-0: obis.`1.8.0`'],
	['registers', 'The same by the full code A-B:C.D.E: registers.`1-0:1.8.0`'],
	['times', 'Times that stand beside a value, by the short code'],
	['channels', 'Sub-meters by their channel: channels."1"."24.2.1"'],
	['submeters', 'Sub-meters as the reading has them: those with an id and a counter'],
	['records', 'Data records of wired M-Bus: records[quantity="Volume"].value'],
	['json', 'The payload of an adapter’s message'],
	['topic', 'The named levels of the topic: topic.device'],
	['id', 'The id that the decoder found'],
	['time', 'The clock of the meter that the decoder found, ISO 8601'],
	['received', 'When the bytes arrived, ISO 8601'],
]

/** The functions that expressions of a profile may call: the helpers first, then those of JSONata. */
const FUNCTIONS: [signature: string, description: string][] = [
	['obis(code)', 'A register by its short or full code'],
	['scale(n, k)', 'n × 10^k in decimal arithmetic; n may be text; an empty text gives nothing'],
	['localTime(text)', 'A local time such as 2026-05-04T11:39:21 in the meter’s timezone, as ISO 8601 with offset'],
	['bit(n, i)', 'Whether bit i of n is set; bit 0 is the lowest'],
	['hex(text)', 'Hex digits to the text that they spell'],
	['abs(n)', 'The number without its sign'],
	['average(list)', 'The mean of numbers'],
	['boolean(value)', 'The value as true or false'],
	['ceil(n)', 'The next integer above'],
	['contains(text, part)', 'Whether a text has another in it'],
	['count(list)', 'How many values there are'],
	['each(object, function)', 'What a function gives for each value and key of an object'],
	['exists(value)', 'Whether there is a value'],
	['filter(list, function)', 'The values for which a function gives true'],
	['floor(n)', 'The next integer below'],
	['fromMillis(n)', 'Milliseconds since 1970 as ISO 8601'],
	['join(list, separator)', 'Texts as one, 4096 characters at most'],
	['keys(object)', 'The keys of an object'],
	['length(text)', 'How many characters a text has'],
	['lookup(object, key)', 'The value of a key'],
	['lowercase(text)', 'The text in small letters'],
	['map(list, function)', 'What a function gives for each value'],
	['max(list)', 'The largest number'],
	['merge(list)', 'Several objects as one'],
	['min(list)', 'The smallest number'],
	['not(value)', 'True for false, and false for true'],
	['number(text)', 'A text as a number'],
	['power(n, k)', 'n to the power of k'],
	['round(n, digits)', 'The number rounded to so many decimals'],
	['sift(object, function)', 'The part of an object for which a function gives true'],
	['split(text, separator)', 'A text in parts'],
	['sqrt(n)', 'The square root'],
	['string(value)', 'A number, text or boolean as text'],
	['substring(text, start, length)', 'Part of a text; the first character is 0'],
	['substringAfter(text, part)', 'What stands behind the first such part'],
	['substringBefore(text, part)', 'What stands before the first such part'],
	['sum(list)', 'The sum of numbers'],
	['toMillis(text)', 'ISO 8601 as milliseconds since 1970'],
	['trim(text)', 'The text without blanks around it'],
	['type(value)', 'The type of a value, in a word'],
	['uppercase(text)', 'The text in capitals'],
]
