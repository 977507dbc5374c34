import type { Guess } from '../../schema/types/api.ts'
import { fields } from '../../schema/types/fields.ts'
import { readsMessages } from '../decode/registry.ts'
import { accept } from '../pipeline/accept.ts'
import type { CompleteProfile } from '../profile/profile.ts'
import { type Asked, guessed, rowsWhere } from './asked.ts'
import type { Change } from './edits.ts'
import { type AdapterMessage, type Layout, layoutOf, telegramsOf } from './layout.ts'
import { idExpression, idIn, sample, timeIn } from './messages.ts'
import { guessValues, pathText, type ValueGuess } from './values.ts'

/** Guesses what the messages of an adapter say: how they make telegrams, and the field of each path that no expression uses. */
export function messageGuesses(asked: Asked): Guess[] {
	const { messages } = asked
	if (messages.length === 0) return []
	const own = ownLayout(asked)
	const found = own ?? layoutOf([...messages])
	if (!found) return []
	const telegrams = telegramsOf([...messages], found)
	const guesses = guessValues(telegrams)
	const layout = own ? [] : [layoutGuess(asked, found)]
	if (!asked.isValid && own === undefined && asked.document.transform !== undefined) return layout
	return [...layout, ...identityGuesses(asked, guesses, found), ...scaleGuesses(asked, guesses), ...pathGuesses(asked, guesses)]
}

/** How the profile itself makes telegrams of these messages; undefined where it reads none of them. */
function ownLayout({ document, messages }: Asked): Layout | undefined {
	const { transport, decoder } = document
	if (transport?.kind !== 'mqtt' || !readsMessages(decoder?.application)) return undefined
	const application = decoder?.application === 'value' ? 'value' : 'json'
	const layout: Layout = { transport: { ...transport, kind: 'mqtt' }, application, aside: [], ignore: decoder?.ignore ?? [] }
	return reads(layout, messages) ? layout : undefined
}

/** Whether a topic of a layout is that of a message. A message that was pasted has none. */
function reads({ transport, application, ignore }: Layout, messages: readonly AdapterMessage[]): boolean {
	const document: CompleteProfile = { transport, decoder: { application, ignore } }
	const accepted = accept(document)
	return messages.some(({ topic }) => topic === '' || !('kind' in accepted.admit({ topic, payload: new Uint8Array(0), retain: false })))
}

function layoutGuess(asked: Asked, { transport, application, ignore }: Layout): Guess {
	const topics = [transport.topic ?? []].flat()
	const { kind, topic, identity, merge } = transport
	const settings = { topic, identity, merge }
	const stated = asked.document.transport?.kind === 'mqtt' ? asked.document.transport : undefined
	const changes: Change[] = stated
		? Object.entries(settings).flatMap(([key, value]) => (value === undefined ? [] : [{ path: ['transport', key], value }]))
		: [{ path: ['transport'], value: { kind, ...Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) } }]
	return guessed(asked, {
		kind: 'link',
		title: `messages of ${topics.join(', ')}`,
		params: { topic: topics.join(', '), application },
		reason: `${asked.messages.length} ${asked.messages.length === 1 ? 'message' : 'messages'} of ${application === 'json' ? 'JSON' : 'plain values'}`,
		sure: false,
		changes: [...changes, { path: ['decoder'], value: { application, ...(ignore.length > 0 && { ignore }) } }],
	})
}

const keyed = (asked: Asked, { path }: ValueGuess) => rowsWhere(asked, (key) => key === pathText(path))

/** The meter's id and time, where no expression gives them. */
function identityGuesses(asked: Asked, guesses: readonly ValueGuess[], { transport }: Layout): Guess[] {
	const { transform, own } = asked
	const isOpen = (target: string) => !transform.has(target) && own.transform?.[target] === undefined
	const id = isOpen('id') ? idIn(guesses) : undefined
	const time = isOpen('time') ? timeIn(guesses) : undefined
	const level = isOpen('id') && !id ? transport.identity : undefined
	const zone = asked.document.meter?.timezone
	return [
		...(id
			? [
					guessed(asked, {
						kind: 'field',
						title: `id from ${pathText(id.path)}`,
						params: { field: 'id', code: pathText(id.path) },
						reason: `its name (${id.path.at(-1)}), and it is always ${sample(id.values)}`,
						sure: false,
						rows: keyed(asked, id),
						changes: [{ path: ['transform', 'id'], value: idExpression(id) }],
					}),
				]
			: []),
		...(level === undefined
			? []
			: [
					guessed(asked, {
						kind: 'field',
						title: `id from topic.${level}`,
						params: { field: 'id', code: `topic.${level}` },
						reason: 'the level of the topic by which devices differ',
						sure: false,
						changes: [{ path: ['transform', 'id'], value: `topic.${level}` }],
					}),
				]),
		...(time && (!time.isLocal || zone !== undefined)
			? [
					guessed(asked, {
						kind: 'time',
						title: `time from ${pathText(time.guess.path)}`,
						params: { field: 'time', code: pathText(time.guess.path) },
						reason: `its name and size: ${sample(time.guess.values)}${time.isLocal ? `, local time of ${zone}` : ''}`,
						sure: time.isSure,
						rows: keyed(asked, time.guess),
						changes: [{ path: ['transform', 'time'], value: time.expression }],
					}),
				]
			: []),
	]
}

/** Finds fields that are a path and nothing more, in another scale than the messages show: kW taken for W. */
function scaleGuesses(asked: Asked, guesses: readonly ValueGuess[]): Guess[] {
	return guesses.flatMap((guess) => {
		const { field = '', sure, scale, expression } = guess
		const [path, stated] = [pathText(guess.path), asked.document.transform?.[field]]
		if (!sure || !asked.transform.has(field) || stated === undefined || stated === null || stated === expression) return []
		if (stated !== path && stated.replace(/, ?-?\d+\)$/, '') !== `$scale(${path}`) return []
		return [
			guessed(asked, {
				kind: 'scaler',
				title: `${field}: ${expression}`,
				params: { code: path, scaler: scale },
				reason: guess.reason,
				sure,
				rows: keyed(asked, guess),
				changes: [{ path: ['transform', field], value: expression }],
			}),
		]
	})
}

/** Fields for paths that no expression uses. */
function pathGuesses(asked: Asked, guesses: readonly ValueGuess[]): Guess[] {
	const { transform, own } = asked
	const used = [...transform.values()].flatMap(({ paths }) => paths)
	const isUsed = ({ path }: ValueGuess) =>
		used.some((names) => names.length <= path.length && names.every((name, at) => name === '*' || name === path[at]))
	const order = Object.keys(fields)
	const open = guesses.flatMap((guess) => {
		const { field } = guess
		const isTaken = field === undefined || transform.has(field) || own.transform?.[field] !== undefined
		return isTaken || isUsed(guess) ? [] : [{ guess, field }]
	})
	return open
		.sort((one, other) => order.indexOf(one.field) - order.indexOf(other.field))
		.map(({ guess, field }) =>
			guessed(asked, {
				kind: 'field',
				title: `${field} from ${pathText(guess.path)}`,
				params: { field, code: pathText(guess.path) },
				reason: `${guess.reason}; ${sample(guess.values)}`,
				sure: guess.sure,
				rows: keyed(asked, guess),
				changes: [{ path: ['transform', field], value: guess.expression }],
			}),
		)
}
