import { readFileSync } from 'node:fs'
import type { FieldInfo, WorkbenchWords } from '../../schema/types/api.ts'
import { fields } from '../../schema/types/fields.ts'
import { packageRoot } from '../files/package.ts'
import { FUNCTIONS } from '../jsonata/language.ts'
import { isFragment, type Library } from '../profile/library.ts'
import { codeOf } from '../telegram/code.ts'
import { TELEGRAM } from '../transform/language.ts'
import { FUNCTION_WORDS, NAME_WORDS } from './language-words.ts'

/** Codes that no field has, and that profiles need nevertheless: ids, clocks, texts and the counters of other media. */
const OTHER_CODES: Readonly<Record<string, { label: string; unit?: string }>> = {
	'0-0:1.0.0': { label: 'Clock' },
	'0-0:42.0.0': { label: 'Logical device name' },
	'0-0:96.1.0': { label: 'Id of the device' },
	'0-0:96.1.1': { label: 'Second id of the device' },
	'0-0:96.13.0': { label: 'Text message' },
	'0-0:96.14.0': { label: 'Tariff that holds now' },
	'0-0:17.0.0': { label: 'Limiter, threshold' },
	'0-0:96.3.10': { label: 'Breaker, state' },
	'0-1:24.1.0': { label: 'Sub-meter, type' },
	'0-1:96.1.0': { label: 'Sub-meter, id' },
	'0-1:24.2.1': { label: 'Sub-meter, last value' },
	'6-0:1.0.0': { label: 'Heat, energy', unit: 'Wh' },
	'6-0:2.0.0': { label: 'Heat, volume', unit: 'm³' },
	'7-0:3.0.0': { label: 'Gas, volume', unit: 'm³' },
	'8-0:1.0.0': { label: 'Water, volume', unit: 'm³' },
	'9-0:1.0.0': { label: 'Hot water, volume', unit: 'm³' },
}

/** Gives what an editor of profiles completes and explains: the schema, fields, functions, names and codes, and the profiles of the library to extend. */
export function wordsOf(library: Pick<Library, 'sources'>): WorkbenchWords {
	return {
		schema: schema(),
		fields: Object.entries(fields).map(([name, field]) => fieldInfo(name, field)),
		names: (TELEGRAM.names ?? []).map((name) => ({ name, description: NAME_WORDS[name] ?? '' })),
		functions: [...new Set([...TELEGRAM.functions, ...FUNCTIONS])].map((name) => ({ name, ...functionWords(name) })),
		codes: codes(),
		profiles: parents(library),
	}
}

let read: WorkbenchWords['schema'] | undefined

/** The schema of profiles, as the package has it; read once. */
function schema(): WorkbenchWords['schema'] {
	read ??= JSON.parse(readFileSync(new URL('schema/profile.schema.json', packageRoot), 'utf8')) as WorkbenchWords['schema']
	return read
}

const fieldInfo = (name: string, { unit, obis, label, class: quantity }: (typeof fields)[string]): FieldInfo => ({
	name,
	unit,
	label,
	...(obis !== '' && { obis }),
	...(quantity !== undefined && { class: quantity }),
})

const functionWords = (name: string) => FUNCTION_WORDS[name] ?? { signature: `$${name}(…)`, description: '' }

/** The codes of the fields, C.D.E, and others in full. */
function codes(): WorkbenchWords['codes'] {
	const ofFields = Object.entries(fields).flatMap(([field, { obis: code, label, unit }]) =>
		code === '' ? [] : [{ code, label, field, ...(unit !== '' && { unit }) }],
	)
	const known = new Set(ofFields.map(({ code }) => code))
	const others = Object.entries(OTHER_CODES).filter(([code]) => !known.has(codeOf(code).key ?? code))
	return [...ofFields, ...others.map(([code, words]) => ({ code, ...words }))]
}

/** Fragments first: most profiles extend one. Outputs are no parents. */
function parents({ sources }: Pick<Library, 'sources'>): WorkbenchWords['profiles'] {
	const names = [...sources.keys()].filter((name) => isFragment(name) || !name.includes('/'))
	names.sort((one, other) => Number(isFragment(other)) - Number(isFragment(one)) || (one < other ? -1 : 1))
	return names.map((name) => ({ name, title: titleOf(sources.get(name)?.text ?? '') }))
}

/** The title in a profile's text. It may be faulty: it is not read as JSON for that. */
function titleOf(text: string): string {
	const [, title] = /"title"\s*:\s*("(?:[^"\\\n]|\\.){0,400}")/.exec(text) ?? []
	try {
		return title === undefined ? '' : String(JSON.parse(title))
	} catch {
		return ''
	}
}
