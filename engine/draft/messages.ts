import { fields } from '../../schema/types/fields.ts'
import { type AdapterMessage, type Layout, layoutOf, telegramsOf } from './layout.ts'
import { guessValues, pathText, type ValueGuess } from './values.ts'

/** What is known of an unknown adapter's messages. */
export type Unknown = { layout: Layout; telegrams: number; guesses: ValueGuess[] }

/** Looks at messages that no profile reads; undefined where none holds JSON or a plain number. */
export function examined(messages: AdapterMessage[]): Unknown | undefined {
	const layout = layoutOf(messages)
	if (!layout) return undefined
	const telegrams = telegramsOf(messages, layout)
	const guesses = guessValues(telegrams)
	return guesses.length > 0 ? { layout, telegrams: telegrams.length, guesses } : undefined
}

/** Sections of a profile for an adapter that no profile reads: what was guessed, each with its reason above it. */
export function unknownLines({ layout, guesses }: Unknown, timezone: string | undefined): string[] {
	const { transport, application, aside, ignore } = layout
	const time = timeOf(guesses)
	const rows = [...identity(guesses, layout), ...(time?.local && timezone === undefined ? [] : (time?.rows ?? [])), ...fieldRows(guesses)]
	const zone =
		timezone !== undefined
			? [`  "meter": { "timezone": ${JSON.stringify(timezone)} },`]
			: time?.local
				? [
						`  // ${time.local} is local time without its zone, so it is not used: state the zone where the meter is, and the time.`,
						'  // "meter": { "timezone": "Area/City" },',
						...time.rows.map((row) => row.replace(/^ {4}/, '  // in transform: ')),
					]
				: []
	const unused = guesses.filter(
		({ field, path }) => field === undefined && ![...rows, ...zone].some((text) => text.includes(pathText(path))),
	)
	return [
		'  // No profile reads these messages: names, units and signs below are guesses.',
		...zone,
		...(aside.length > 0 ? [`  // Left aside: ${aside.slice(0, 8).join(', ')}${aside.length > 8 ? ' …' : ''}.`] : []),
		...(transport.merge ? ['  // Messages of one round make one telegram; the window is a guess by the times of the recording.'] : []),
		...(transport.topic === '' ? ['  // ASSUMED, check it: its topic was not told.'] : []),
		`  "transport": ${spaced(transport.topic === '' ? { ...transport, topic: SOME_TOPIC } : transport)},`,
		`  "decoder": ${spaced({ application, ...(ignore.length > 0 && { ignore }) })},`,
		'  "transform": {',
		...withCommas(rows),
		'  },',
		...unused.map(
			({ path, values, reason }) => `  // Not used: ${pathText(path)}${reason === 'text' ? '' : ` = ${shown({ values })}`} (${reason}).`,
		),
	]
}

/** Stands in a draft for a topic that nobody has told. */
const SOME_TOPIC = 'home/meter'

const spaced = (value: object) =>
	JSON.stringify(value)
		.replace(/([{,:])(?=\S)/g, '$1 ')
		.replace(/}/g, ' }')
		.replace(/" : "/g, '": "')

/** Rows of the transform in the order of the schema, each below its reason. */
function fieldRows(guesses: ValueGuess[]): string[] {
	return Object.keys(fields).flatMap((field) => {
		const guess = guesses.find((one) => one.field === field)
		if (!guess) return []
		return [`    // ${guess.sure ? 'Guessed' : 'ASSUMED, check it'}: ${guess.reason}; ${shown(guess)}.`, row(field, guess.expression)]
	})
}

const row = (field: string, expression: string) => `    ${JSON.stringify(field)}: ${JSON.stringify(expression)}`

function withCommas(rows: string[]): string[] {
	const last = rows.findLastIndex((text) => !text.startsWith('    //'))
	return rows.map((text, place) => (text.startsWith('    //') || place === last ? text : `${text},`))
}

/** The id that the messages carry, else the level of the topic. */
function identity(guesses: ValueGuess[], { transport }: Layout): string[] {
	const named = idIn(guesses)
	if (named) return [`    // ASSUMED, check it: its name, and it is always the same.`, row('id', idExpression(named))]
	return transport.identity === undefined ? [] : [row('id', `topic.${transport.identity}`)]
}

/** Finds the value that is named like an id, and is the same in all messages. */
export function idIn(guesses: readonly ValueGuess[]): ValueGuess | undefined {
	return guesses.find(
		({ path, values }) =>
			/^(id|sn|.*serial.*|.*meter_?(id|number|nr|no)|device_?(id|number|nr|no)|smid|.*z(ae|ä)hlernummer|96\.1\.\d)$/i.test(
				path.at(-1) ?? '',
			) &&
			new Set(values.values()).size === 1 &&
			String([...values.values()][0]).length >= 4,
	)
}

/** Writes the expression of an id. */
export const idExpression = ({ path }: ValueGuess) => `$string(${pathText(path)})`

/** The time that the messages carry; `local`: it has no zone. */
function timeOf(guesses: ValueGuess[]): { rows: string[]; local?: string } | undefined {
	const found = timeIn(guesses)
	if (!found) return undefined
	if (found.isLocal) return { rows: [row('time', found.expression)], local: pathText(found.guess.path) }
	return { rows: [`    // Guessed: its name and size; ${sample(found.guess.values)}.`, row('time', found.expression)] }
}

/** Finds the value that is named like a time, and reads as one, and its expression; `isLocal`: it has no zone. */
export function timeIn(
	guesses: readonly ValueGuess[],
): { guess: ValueGuess; expression: string; isLocal: boolean; isSure: boolean } | undefined {
	for (const guess of guesses) {
		if (!/^(.*time.*|.*date.*|ts|t|clock|utc|epoch)$/i.test(guess.path.at(-1) ?? '')) continue
		const all = [...guess.values.values()]
		const expression = pathText(guess.path)
		const every = (fits: (value: number | string | boolean) => boolean) => all.every(fits)
		// Some write local time with a Z behind it: only seconds since 1970, and an offset that is not 0, cannot be that.
		const isSure = all.every((value) => typeof value === 'number' || /[+-](?!00:?00)\d\d:?\d\d$/.test(String(value)))
		const found = (text: string, isLocal = false) => ({ guess, expression: text, isLocal, isSure })
		if (every((value) => typeof value === 'number' && value > 1.2e9 && value < 2.6e9)) return found(`$fromMillis(${expression} * 1000)`)
		if (every((value) => typeof value === 'number' && value > 1.2e12 && value < 2.6e12)) return found(`$fromMillis(${expression})`)
		if (every((value) => /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:?\d\d)$/.test(String(value)))) return found(expression)
		if (every((value) => /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d$/.test(String(value)))) return found(`$localTime(${expression})`, true)
	}
	return undefined
}

/** Digits of a whole number that never changes and may be the meter's own. */
const ID_DIGITS = 5

/** The first values for a profile's comment, which is read by others: texts, and numbers that may be those of a meter, are not in it. */
function shown({ values }: Pick<ValueGuess, 'values'>): string {
	const all = [...new Set(values.values())]
	const isId = (value: unknown) => all.length === 1 && Number.isInteger(value) && String(Math.abs(Number(value))).length >= ID_DIGITS
	if (all.some((value) => typeof value === 'string')) return 'text'
	return all.some(isId) ? 'always the same number' : sample(values)
}

/** The first values, shortened. */
export function sample(values: ValueGuess['values']): string {
	const all = [...new Set(values.values())].slice(0, 3).map((value) => JSON.stringify(value).slice(0, 40))
	return all.join(', ')
}
