import type { FieldResult, RegisterRow } from '../../schema/types/api.ts'
import { fields } from '../../schema/types/fields.ts'
import type { Plain } from '../jsonata/expression.ts'
import { children, type Node } from '../jsonata/node.ts'
import type { Budget } from '../jsonata/steps.ts'
import type { CompiledProfile } from '../profile/profile.ts'
import { hexText } from '../telegram/identity.ts'
import type { Register } from '../telegram/register.ts'
import { saysItself, submetersOf } from '../telegram/submeter.ts'
import type { DataRecord, Telegram } from '../telegram/telegram.ts'
import { compileField, type FieldExpression } from '../transform/language.ts'
import { type Scope, scopeOf } from '../transform/scope.ts'
import type { ScopeContext } from '../transform/shown.ts'
import type { Heard } from './heard.ts'
import type { Rows } from './rows.ts'

/** Steps for all expressions of a telegram, as for those of a reading. */
const ALL_STEPS = 2_000_000
/** Evaluations by which the records are found that an expression uses. */
const MAX_TRIALS = 400
/** Fields that are listed, and characters of a value. */
const [MAX_FIELDS, MAX_TEXT] = [1000, 2000]

/** A telegram with the view that expressions have of it. */
export type View = { telegram: Telegram; scope: Scope; context: ScopeContext }

/** Evaluates every expression of a profile on a telegram (none: nothing is evaluated), and marks in `rows` which fields use them. */
export async function fieldsOf(
	profile: CompiledProfile,
	view: View | undefined,
	rows: Rows,
	{ issues }: Pick<Heard, 'issues'>,
): Promise<FieldResult[]> {
	const { document, transform, own } = profile
	const budget: Budget = { left: ALL_STEPS }
	const texts = document.transform ?? {}
	const results: FieldResult[] = []
	const trials: Trials = { left: MAX_TRIALS, without: new Map() }
	const index = view && indexOf(view, rows)
	for (const [target, expression] of transform) {
		if (results.length >= MAX_FIELDS) break
		const origin = profile.origin(['transform', target])
		const issue = issues.find(({ field }) => field === target)
		const used = view && index ? await usedRows(expression, target, view, rows, index, trials) : []
		for (const row of used) (rows.rows[row] as RegisterRow).fields.push(target)
		results.push({
			target,
			expression: texts[target] ?? '',
			...(view && (await evaluatedOn(expression, view.scope, budget))),
			...meaningOf(target, profile),
			...(issue && { issue: `${issue.code}: ${issue.detail}` }),
			own: own.includes(target),
			...(origin && { file: origin.file, line: origin.line }),
			...(used.length > 0 && { rows: used }),
		})
	}
	if (view) markImplied(profile, view.telegram, rows)
	return results
}

function meaningOf(target: string, { document }: CompiledProfile): Pick<FieldResult, 'unit' | 'label'> {
	const { unit, label } = (target.startsWith('extra.') ? document.extra?.[target.slice('extra.'.length)] : fields[target]) ?? {}
	return { ...(unit && { unit }), ...(label && { label }) }
}

async function evaluatedOn(expression: FieldExpression, scope: Scope, budget: Budget): Promise<{ value?: Plain; fault?: string }> {
	if (budget.left <= 0) return { fault: `the expressions of this telegram take more than ${ALL_STEPS} steps together` }
	const result = await expression.evaluate(scope, budget)
	if ('fault' in result) return { fault: result.fault }
	return result.value === undefined ? {} : { value: short(result.value) }
}

/** A value that is shown: one that is long, as text that is cut. */
function short(value: Plain): Plain {
	if (typeof value !== 'string' && typeof value !== 'object') return value
	const text = typeof value === 'string' ? value : JSON.stringify(value)
	return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : value
}

/** Evaluates what somebody typed as a field's expression is, within the same bounds; `telegram` undefined: there is none. */
export async function evaluatedText(text: string, view: View | undefined): Promise<{ value?: Plain; fault?: string }> {
	const expression = compileField(text)
	if (Array.isArray(expression))
		return { fault: expression.map(({ message, hint }) => (hint === undefined ? message : `${message} (${hint})`)).join('; ') }
	if (!view) return { fault: 'there is no telegram to evaluate it on' }
	return await evaluatedOn(expression, view.scope, { left: ALL_STEPS })
}

/** The places of rows by the names that expressions have for them: full codes and short ones; and those of sub-meters. */
type Index = { named: Map<string, number[]>; submeters: number[] }

function indexOf({ telegram, context }: View, { places }: Rows): Index {
	const index: Index = { named: new Map(), submeters: [] }
	const add = (name: string, place: number) => {
		const known = index.named.get(name)
		if (known) known.push(place)
		else index.named.set(name, [place])
	}
	for (const register of telegram.registers) {
		const place = places.get(register)
		if (place === undefined) continue
		const { code, attribute } = register
		add(attribute === 2 ? code.text : `${code.text}/${attribute}`, place)
		if (attribute === 2 && code.key !== undefined && code.key !== code.text && isChosen(register, context)) add(code.key, place)
		if (code.isSubmeter) index.submeters.push(place)
	}
	return index
}

/** Whether a register is of the channel that the profile chose for its short code. */
function isChosen({ code }: Register, { channel }: ScopeContext): boolean {
	const wanted = code.key === undefined ? undefined : channel[code.key]
	return wanted === undefined || (code.obis?.b ?? 0) === wanted
}

/** The rows that an expression asks for, by their places. */
async function usedRows(
	expression: FieldExpression,
	target: string,
	view: View,
	{ rows, places }: Rows,
	index: Index,
	trials: Trials,
): Promise<number[]> {
	const found = new Set<number>()
	for (const name of [...expression.codes, ...(expression.needs ?? [])]) for (const place of index.named.get(name) ?? []) found.add(place)
	if (target === 'submeters' && expression.keys?.join() === 'submeters')
		for (const place of [...index.submeters, ...partsOfItself(view.telegram, places)]) found.add(place)
	if (expression.paths.length > 0)
		for (const [place, { key }] of rows.entries()) if (expression.paths.some((path) => fitsPath(key, path))) found.add(place)
	for (const place of await usedRecords(expression, view, places, trials)) found.add(place)
	return [...found].sort((one, other) => one - other)
}

/** Whether a path into a message, `*` for any key, leads to the value of a row or to an object that it is in. */
function fitsPath(key: string, path: readonly string[]): boolean {
	const names = namesIn(key)
	return names.length >= path.length && path.every((name, at) => name === '*' || name === names[at])
}

/** The names of a row's key: `json.z.Pi` has z and Pi. */
const namesIn = (key: string) =>
	key.startsWith('json')
		? [...key.slice('json'.length).matchAll(/\.(?:`([^`]*)`|([^.[`]+))/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
		: []

/** The rows of a meter of another medium by which it is a sub-meter: those without which it says something else. */
function partsOfItself(telegram: Telegram, places: Map<unknown, number>): number[] {
	if (!saysItself(telegram)) return []
	const { registers, records = [] } = telegram
	const said = (one: Telegram) => JSON.stringify(submetersOf(one))
	const before = said(telegram)
	if (before === '{}') return []
	const isPart = (without: Partial<Telegram>) => said({ ...telegram, ...without }) !== before
	const parts = [
		...registers.slice(0, MAX_TRIALS).filter((one) => isPart({ registers: registers.filter((other) => other !== one) })),
		...records.slice(0, MAX_TRIALS).filter((one) => isPart({ records: records.filter((other) => other !== one) })),
	]
	return parts.flatMap((part) => places.get(part) ?? [])
}

/** Evaluations that are left, and the telegram without each of its records. */
type Trials = { left: number; without: Map<DataRecord, Scope> }

/** The data records that an expression uses: those without which it gives something else. */
async function usedRecords(
	expression: FieldExpression,
	{ telegram, scope, context }: View,
	places: Map<unknown, number>,
	trials: Trials,
): Promise<number[]> {
	const { records = [] } = telegram
	if (records.length === 0 || !asksRecords(expression)) return []
	const value = async (one: Scope) => JSON.stringify(await expression.evaluate(one, { left: ALL_STEPS / MAX_TRIALS }))
	const before = await value(scope)
	const used: number[] = []
	for (const record of records) {
		const place = places.get(record)
		if (place === undefined || trials.left-- <= 0) continue
		const scope = trials.without.get(record) ?? scopeOf({ ...telegram, records: records.filter((one) => one !== record) }, context, false)
		trials.without.set(record, scope)
		if ((await value(scope)) !== before) used.push(place)
	}
	return used
}

/** Whether an expression names the records. */
const asksRecords = ({ ast }: FieldExpression): boolean => names(ast, 'records')
const names = (node: Node, name: string): boolean => node.value === name || children(node).some((child) => names(child, name))

/** Marks rows that the reading takes by itself: the meter's clock, and its id, where no expression states them. */
function markImplied({ transform }: CompiledProfile, telegram: Telegram, { rows, places }: Rows): void {
	const mark = (register: Register, field: string) => {
		const place = places.get(register)
		if (place !== undefined && !transform.has(field)) rows[place]?.fields.push(field)
	}
	for (const register of telegram.registers) {
		if (telegram.clock?.source === 'meter' && register.code.isClock) mark(register, 'time')
		if (telegram.meterId !== undefined && says(register, telegram.meterId)) mark(register, 'id')
	}
}

function says(register: Register, id: string): boolean {
	if (register.isNumber) return false
	const { value } = register
	if (value.kind !== 'text') return false
	const text = value.text.trim()
	return text === id || hexText(text) === id
}
