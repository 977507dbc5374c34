import { fields } from '../../schema/types/fields.ts'
import type { Finding } from '../document/finding.ts'
import type { Json } from '../document/merge.ts'
import type { Outcome } from '../pipeline/pipeline.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import type { Register } from '../telegram/register.ts'
import type { Telegram } from '../telegram/telegram.ts'
import type { FieldExpression } from '../transform/language.ts'
import { type Scope, scopeOf } from '../transform/scope.ts'
import type { ScopeContext } from '../transform/shown.ts'

type Told = Extract<Outcome, { kind: 'reading' }>

/**
 * Warns of what the samples of a profile do not show: fields of its own that none of them produces, numbers in them that no field uses,
 * and fields that stay when a register that they use is taken away (missing is never 0).
 */
export async function coverage(profile: CompiledProfile, outcomes: Outcome[]): Promise<Finding[]> {
	const told = outcomes.filter((outcome) => outcome.kind === 'reading')
	if (told.length === 0) return []
	const findings = [...neverProduced(profile, told), ...unusedRegisters(profile, told), ...(await staying(profile, told))]
	return findings.map((finding) => ({ ...finding, severity: 'warning' as const }))
}

function neverProduced(profile: CompiledProfile, told: Told[]): Finding[] {
	const registers = told.flatMap(({ telegram }) => telegram.registers)
	const never = profile.own.filter((target) => !IDENTITY.includes(target) && !told.some(({ reading }) => produces(reading, target)))
	return never.map((target) => {
		const codes = profile.transform.get(target)?.codes ?? []
		const sent = codes.filter((code) => registers.some((register) => carries(register, code)))
		const lost = `its expression yields nothing${sent.length > 0 ? `, though they carry ${sent.join(', ')}` : ''}`
		const why = codes.length > 0 && sent.length === 0 ? `they do not carry ${codes.join(', ')}` : lost
		const message = `no sample produces ${target}: ${why}`
		return profile.at(['transform', target], 'coverage/field', message, 'add a sample that shows it, or remove the field', 'key')
	})
}

const IDENTITY = ['id', 'time']

/** Tells whether a reading has a field: `power_import`, `extra.name`, `submeters`. */
export function produces(reading: object, target: string): boolean {
	const path = target.split(/\.(.*)/, 2)
	return path.reduce<unknown>((value, key) => (value as Json | undefined)?.[key], reading) !== undefined
}

/** Lists the codes of numbers of the meter itself (A = 1) that no expression names. */
export function unusedCodes(profile: CompiledProfile, outcomes: Outcome[]): string[] {
	const told = outcomes.filter((outcome) => outcome.kind === 'reading')
	const used = new Set([...profile.transform.values()].flatMap(({ codes }) => codes))
	const unused = told
		.flatMap(({ telegram }) => telegram.registers)
		.filter(({ code: { obis, text }, isNumber }) => isNumber && obis?.a === 1 && !used.has(text) && !used.has(obis.short))
	return [...new Set(unused.map(({ obis }) => obis))]
}

function unusedRegisters(profile: CompiledProfile, told: Told[]): Finding[] {
	const hint = 'extra.<name> takes what the reading has no field for'
	return unusedCodes(profile, told).map((code) =>
		profile.at(['transform'], 'coverage/register', `the samples carry ${code}, and no field uses it`, hint, 'key'),
	)
}

/** Fields that stay, with another value or without any of their registers: a sum that lost a part, or a made-up zero. */
async function staying(profile: CompiledProfile, told: Told[]): Promise<Finding[]> {
	const asked = [...profile.transform].filter(([target]) => !IDENTITY.includes(target) && (target in fields || target.startsWith('extra.')))
	const stays = new Map<string, string>()
	for (const { telegram, context } of told) {
		const lessened = new Lessened(telegram, context)
		for (const [target, expression] of asked) {
			const found = stays.has(target) ? undefined : await staysWithout(expression, lessened)
			if (found !== undefined) stays.set(target, found)
		}
	}
	return asked.flatMap(([target]) => {
		const found = stays.get(target)
		if (found === undefined) return []
		const message = `${target} is ${found}: what is missing must not become a number`
		const hint = 'a + b gives nothing when one is missing; $sum and ?? 0 do not'
		return [profile.at(['transform', target], 'coverage/missing', message, hint)]
	})
}

/** Says which value a field has without what it is made of; undefined when it then has none. */
async function staysWithout(expression: FieldExpression, lessened: Lessened): Promise<string | undefined> {
	const evaluate = async (removals: Removal[]) => {
		const result = await expression.evaluate(lessened.without(removals))
		return 'fault' in result ? undefined : result.value
	}
	const before = await evaluate([])
	if (before === undefined) return undefined
	const removals = [
		...expression.codes.map((code) => ({ name: code, remove: (from: Telegram) => withoutCode(from, code) })),
		...expression.paths.map((path) => ({ name: path.join('.'), remove: (from: Telegram) => withoutPath(from, path) })),
	].filter(({ remove }) => remove(lessened.telegram) !== lessened.telegram)
	for (const removal of removals) {
		const after = await evaluate([removal])
		if (after !== undefined && after !== before) return `${after} without ${removal.name} (with it ${before})`
	}
	const after = removals.length === 0 ? undefined : await evaluate(removals)
	return after === undefined ? undefined : `${after} without ${removals.map(({ name }) => name).join(' and ')} (with it ${before})`
}

type Removal = { name: string; remove(from: Telegram): Telegram }

/** What expressions see of a telegram without some of it: made once for all fields, as it takes most of the time of a check. */
class Lessened {
	readonly telegram: Telegram
	readonly #context: ScopeContext
	readonly #scopes = new Map<string, Scope>()

	constructor(telegram: Telegram, context: ScopeContext) {
		this.telegram = telegram
		this.#context = context
	}

	without(removals: Removal[]): Scope {
		const key = removals.map(({ name }) => name).join(' ')
		let scope = this.#scopes.get(key)
		if (!scope) {
			scope = scopeOf(
				removals.reduce((rest, { remove }) => remove(rest), this.telegram),
				this.#context,
			)
			this.#scopes.set(key, scope)
		}
		return scope
	}
}

const carries = ({ code }: Register, name: string) => code.text === name || code.obis?.short === name

/** The telegram without a register; itself when it has none of that code. */
function withoutCode(telegram: Telegram, code: string): Telegram {
	const registers = telegram.registers.filter((register) => !carries(register, code))
	return registers.length === telegram.registers.length ? telegram : { ...telegram, registers }
}

/** The telegram without what a path of its payload names; itself when there is nothing. */
function withoutPath(telegram: Telegram, path: string[]): Telegram {
	const json = structuredClone(telegram.json)
	return drop(json, path) ? { ...telegram, json } : telegram
}

function drop(value: unknown, [key, ...rest]: string[]): boolean {
	if (typeof value !== 'object' || value === null || key === undefined) return false
	const object = value as Json
	const keys = key === '*' ? Object.keys(object) : key in object ? [key] : []
	if (rest.length > 0) return keys.map((name) => drop(object[name], rest)).some(Boolean)
	for (const name of keys) delete object[name]
	return keys.length > 0
}
