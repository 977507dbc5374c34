import type { Guess } from '../../schema/types/api.ts'
import { fields } from '../../schema/types/fields.ts'
import { COSEM_IDS } from '../telegram/identity.ts'
import type { Register } from '../telegram/register.ts'
import { submetersOf } from '../telegram/submeter.ts'
import { type Asked, guessed, rowsWhere } from './asked.ts'

/** From so many codes on, all fields are named at once. */
const MANY = 3

/** The field of each short code. */
const fieldByCode = new Map(Object.entries(fields).flatMap(([name, { obis }]) => (obis === '' ? [] : [[obis, name] as const])))

/** Guesses fields for registers that no expression of the profile uses: by their codes, and fields of its own for codes that no field has. */
export function fieldGuesses(asked: Asked): Guess[] {
	if (!asked.isValid && asked.own.transform !== undefined) return []
	const registers = unusedRegisters(asked)
	const named = registers.flatMap((register) => {
		const field = fieldByCode.get(register.code.key ?? '')
		return field === undefined || !isOf(register, field) || isStated(asked, field) ? [] : [{ register, field }]
	})
	const all =
		named.length >= MANY && asked.own.transform?.['*'] === undefined
			? [
					allGuess(
						asked,
						named.map(({ register }) => register),
					),
				]
			: []
	return [
		...all,
		...named.map(({ register, field }) => fieldGuess(asked, field, register)),
		...submeterGuess(asked),
		...registers.flatMap((register) => (fieldByCode.has(register.code.key ?? '') ? [] : extraGuess(asked, register))),
	]
}

/** Whether a register holds what a field is: a meter of heat has codes of electricity with units of its own. */
function isOf({ isNumber, unit, value }: Register, field: string): boolean {
	const { kind, unit: wanted } = fields[field] ?? { kind: 'text', unit: '' }
	if (kind === 'number') return isNumber && (unit === undefined || wanted === '' || unit === wanted)
	return value.kind === 'text' && value.text.trim() !== '' ? true : isNumber
}

/** Whether a profile gives a field, or its text says that it must not. */
const isStated = ({ own, transform }: Asked, target: string) => transform.has(target) || own.transform?.[target] !== undefined

/** The registers of the meter itself that no expression names, each code once. */
function unusedRegisters({ named, transform }: Asked): Register[] {
	const used = new Set([...transform.values()].flatMap(({ codes, needs = [] }) => [...codes, ...needs]))
	const found = new Map<string, Register>()
	for (const { registers } of named) {
		for (const register of registers) {
			const { code, attribute } = register
			const isOwn = code.obis === undefined || code.obis.a === 1 || (code.obis.a === 0 && code.obis.b === 0)
			if (!isOwn || attribute !== 2 || used.has(code.text) || (code.key !== undefined && used.has(code.key))) continue
			if (!found.has(code.text) && found.size < 200) found.set(code.text, register)
		}
	}
	return [...found.values()]
}

const expressionOf = ({ code }: Register) => (code.key === undefined ? `registers.\`${code.text}\`` : `obis.\`${code.key}\``)

function allGuess(asked: Asked, registers: readonly Register[]): Guess {
	const codes = new Set(registers.map(({ obis }) => obis))
	return guessed(asked, {
		kind: 'field',
		title: `${codes.size} fields by their OBIS codes`,
		params: { count: codes.size },
		reason: `the telegrams name them: ${[...codes].slice(0, 6).join(', ')}${codes.size > 6 ? ' …' : ''}`,
		sure: true,
		rows: rowsWhere(asked, (key) => codes.has(key)),
		changes: [{ path: ['transform', '*'], value: 'obis' }],
	})
}

function fieldGuess(asked: Asked, field: string, register: Register): Guess {
	return guessed(asked, {
		kind: 'field',
		title: `${field} from ${register.obis}`,
		params: { field, code: register.obis },
		reason: `the code ${register.obis} is that of ${fields[field]?.label ?? field}`,
		sure: true,
		rows: rowsWhere(asked, (key) => key === register.obis),
		changes: [{ path: ['transform', field], value: expressionOf(register) }],
	})
}

/** Meters behind the meter have registers of their own channels. */
function submeterGuess(asked: Asked): Guess[] {
	const codes = new Set(asked.named.flatMap(({ registers }) => registers.flatMap(({ code }) => (code.isSubmeter ? [code.text] : []))))
	const channels = new Set([...codes].map((code) => /-(\d+):/.exec(code)?.[1] ?? ''))
	const isUsed = [...asked.transform.values()].some(({ keys, wide }) => wide || keys?.includes('submeters'))
	const shown = asked.named.map(submetersOf).flatMap((found) => Object.entries(found))
	// One that shows its id alone counts by another code.
	const isCounted = shown.length > 0 && shown.every(([, { volume, energy }]) => volume !== undefined || energy !== undefined)
	const isMeter = asked.named.some(({ registers }) => registers.some(({ code, isNumber }) => code.isSubmeter && isNumber))
	if (!isMeter || isUsed || isStated(asked, 'submeters')) return []
	return [
		guessed(asked, {
			kind: 'field',
			title: 'submeters',
			params: { field: 'submeters', count: channels.size },
			reason: `the telegrams carry codes of ${channels.size === 1 ? 'channel' : 'channels'} ${[...channels].join(', ')}`,
			sure: isCounted,
			rows: rowsWhere(asked, (key) => codes.has(key)),
			changes: [{ path: ['transform', 'submeters'], value: 'submeters' }],
		}),
	]
}

/** A field of the profile's own for a value that no field of the reading takes; its name is a person's to choose. */
function extraGuess(asked: Asked, register: Register): Guess[] {
	const { code, value, obis } = register
	const isId = COSEM_IDS[code.id] !== undefined || code.isClock
	if (isId || (value.kind !== 'number' && value.kind !== 'text') || (value.kind === 'text' && value.text.trim() === '')) return []
	const target = `extra.code_${obis
		.toLowerCase()
		.replace(/^1-0:|[*]255$/g, '')
		.replace(/[^a-z0-9]+/g, '_')
		.slice(0, 40)}`
	if (isStated(asked, target)) return []
	return [
		guessed(asked, {
			kind: 'field',
			title: `${target} from ${obis}`,
			params: { field: target, code: obis },
			reason: `no field of the reading takes ${obis}: give it a name of your own`,
			sure: false,
			rows: rowsWhere(asked, (key) => key === obis),
			changes: [{ path: ['transform', target], value: expressionOf(register) }],
		}),
	]
}
