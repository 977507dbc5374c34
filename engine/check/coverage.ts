import { fields } from '../../schema/types/fields.ts'
import type { Finding } from '../document/finding.ts'
import type { Expression } from '../jsonata/expression.ts'
import type { Outcome } from '../pipeline/pipeline.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import { parseObis } from '../telegram/obis.ts'
import type { Register } from '../telegram/register.ts'
import type { Telegram } from '../telegram/telegram.ts'
import { scopeOf } from '../transform/scope.ts'

type Told = Extract<Outcome, { kind: 'reading' }>

/**
 * What the samples of a profile do not show, as warnings: fields of its own that none of them produces, numbers in them that no field uses,
 * and fields that stay when a register that they use is taken away (missing is never 0).
 */
export async function coverage(profile: CompiledProfile, outcomes: Outcome[]): Promise<Finding[]> {
	const told = outcomes.filter((outcome) => outcome.kind === 'reading')
	if (told.length === 0) return []
	const findings = [...neverProduced(profile, told), ...unusedRegisters(profile, told), ...(await staying(profile, told))]
	return findings.map((finding) => ({ ...finding, severity: 'warning' as const }))
}

function neverProduced(profile: CompiledProfile, told: Told[]): Finding[] {
	return profile.own
		.filter((target) => target !== 'id' && target !== 'time' && !told.some(({ reading }) => produces(reading, target)))
		.map((target) => {
			const codes = profile.transform.get(target)?.codes ?? []
			const sent = codes.filter((code) => told.some(({ telegram }) => telegram.registers.some((register) => carries(register, code))))
			const why =
				codes.length === 0
					? 'its expression yields nothing'
					: sent.length === 0
						? `they do not carry ${codes.join(', ')}`
						: `its expression yields nothing, though they carry ${sent.join(', ')}`
			return profile.at(
				['transform', target],
				'key',
				'coverage/field',
				`no sample produces ${target}: ${why}`,
				'add a sample that shows it, or remove the field',
			)
		})
}

function produces(reading: Told['reading'], target: string): boolean {
	const [group = '', key] = target.split(/\.(.*)/)
	const value: unknown = { ...reading }[group as keyof typeof reading]
	return key === undefined ? value !== undefined : (value as Record<string, unknown> | undefined)?.[key] !== undefined
}

/** Numbers of the meter itself (A = 1) that no expression names. */
function unusedRegisters(profile: CompiledProfile, told: Told[]): Finding[] {
	const used = new Set([...profile.transform.values()].flatMap(({ codes }) => codes))
	const unused = new Map<string, Register>()
	for (const register of told.flatMap(({ telegram }) => telegram.registers)) {
		const obis = parseObis(register.obis)
		if (obis?.a !== 1 || register.value.kind !== 'number' || used.has(register.obis) || used.has(obis.short)) continue
		unused.set(register.obis, register)
	}
	return [...unused.keys()].map((code) =>
		profile.at(
			['transform'],
			'key',
			'coverage/register',
			`the samples carry ${code}, and no field uses it`,
			'extra.<name> takes what the reading has no field for',
		),
	)
}

/** Fields that stay, with another value or without any of their registers: a sum that lost a part, or a made-up zero. */
async function staying(profile: CompiledProfile, told: Told[]): Promise<Finding[]> {
	const findings: Finding[] = []
	for (const [target, expression] of profile.transform) {
		if (target === 'id' || target === 'time' || !(target in fields || target.startsWith('extra.'))) continue
		const found = await firstStaying(expression, told)
		if (!found) continue
		const message = `${target} is ${found.after} without ${found.without} (with it ${found.before}): what is missing must not become a number`
		findings.push(
			profile.at(
				['transform', target],
				'value',
				'coverage/missing',
				message,
				'a + b gives nothing when one is missing; $sum and ?? 0 do not',
			),
		)
	}
	return findings
}

async function firstStaying(
	expression: Expression,
	told: Told[],
): Promise<{ without: string; before: unknown; after: unknown } | undefined> {
	const evaluate = async (telegram: Telegram, { context }: Told) => {
		const result = await expression.evaluate(scopeOf(telegram, context))
		return 'fault' in result ? undefined : result.value
	}
	for (const one of told) {
		const before = await evaluate(one.telegram, one)
		if (before === undefined) continue
		const parts = [
			...expression.codes.map((code) => ({ name: code, without: withoutCode(one.telegram, [code]) })),
			...expression.paths.map((path) => ({ name: path.join('.'), without: withoutPath(one.telegram, path) })),
		].filter(({ without }) => without !== undefined)
		for (const { name, without } of parts) {
			const after = without && (await evaluate(without, one))
			if (after !== undefined && after !== before) return { without: name, before, after }
		}
		const nothing = expression.paths.reduce(
			(telegram, path) => withoutPath(telegram, path) ?? telegram,
			withoutCode(one.telegram, expression.codes) ?? one.telegram,
		)
		const constant = parts.length > 0 ? await evaluate(nothing, one) : undefined
		if (constant !== undefined) return { without: parts.map(({ name }) => name).join(' and '), before, after: constant }
	}
	return undefined
}

const carries = ({ obis }: Register, code: string) => {
	const parsed = parseObis(obis)
	return obis === code || (parsed !== undefined && parsed.short === code)
}

/** The telegram without these registers; undefined when it has none of them. */
function withoutCode(telegram: Telegram, codes: string[]): Telegram | undefined {
	const registers = telegram.registers.filter((register) => !codes.some((code) => carries(register, code)))
	return registers.length === telegram.registers.length ? undefined : { ...telegram, registers }
}

/** The telegram without what a path of its payload names; undefined when there is nothing. */
function withoutPath(telegram: Telegram, path: string[]): Telegram | undefined {
	const json = structuredClone(telegram.json)
	return drop(json, path) ? { ...telegram, json } : undefined
}

function drop(value: unknown, [key, ...rest]: string[]): boolean {
	if (typeof value !== 'object' || value === null || key === undefined) return false
	const object = value as Record<string, unknown>
	const keys = key === '*' ? Object.keys(object) : key in object ? [key] : []
	if (rest.length > 0) return keys.map((name) => drop(object[name], rest)).some(Boolean)
	for (const name of keys) delete object[name]
	return keys.length > 0
}
