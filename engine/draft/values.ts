import { fields } from '../../schema/types/fields.ts'
import { numberIn } from '../telegram/number.ts'
import { type Named, readName } from './names.ts'

/** One path into an adapter's telegrams, and the values that stood there, by the place of the telegram. */
export type Path = { path: string[]; values: Map<number, number | string | boolean>; unit?: string; code?: string }

/** What a path is taken for: its field and expression, and why; without a field only what it holds. */
export type ValueGuess = Path & { field?: string; expression: string; reason: string; sure: boolean; scale: number; isStated?: boolean }

type Telegrams = { t: number; json: unknown }[]

/** Stands in a path for the first of a list. */
const FIRST = '[0]'
/** More paths than any adapter has for one meter. */
const MAX_PATHS = 500

/** Lists the paths of telegrams whose values are numbers, texts or booleans; lists within are left aside. */
export function pathsOf(telegrams: Telegrams): Path[] {
	const paths = new Map<string, Path>()
	const walk = (value: unknown, path: string[], place: number, unit?: string, code?: string): void => {
		if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
			const beside = value as { unit?: unknown; obis?: unknown }
			const own = typeof beside.unit === 'string' ? beside.unit : undefined
			const short = typeof beside.obis === 'string' ? /\d{1,3}\.\d{1,3}\.\d{1,3}/.exec(beside.obis)?.[0] : undefined
			for (const [name, inner] of Object.entries(value))
				walk(inner, [...path, name], place, own, /^(value|val|v)$/i.test(name) ? short : undefined)
		} else if (Array.isArray(value) && value.length === 2 && typeof value[0] === 'number' && typeof value[1] === 'string') {
			// [5287.591, "kWh"]
			walk(value[0], [...path, FIRST], place, value[1])
		} else if (path.length > 0 && (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean')) {
			const key = JSON.stringify(path)
			const known: Path = paths.get(key) ?? {
				path,
				values: new Map(),
				...(unit !== undefined && { unit }),
				...(code !== undefined && { code }),
			}
			known.values.set(place, value)
			if (paths.size < MAX_PATHS) paths.set(key, known)
		}
	}
	for (const [place, { json }] of telegrams.entries()) walk(json, [], place)
	return [...paths.values()]
}

/** A path as an expression: `json.z.Pi`, names that are no words in backticks. */
export const pathText = (path: string[]) =>
	['json', ...path.filter((name) => name !== FIRST)]
		.map((name) => (/^[A-Za-z_]\w*$/.test(name) && !/^(and|or|in|true|false|null)$/.test(name) ? name : `\`${name}\``))
		.join('.') + (path.at(-1) === FIRST ? FIRST : '')

/** Guesses the field and the unit of every path, by name, unit, size, U·I and the slope of the counter; each with its reason. */
export function guessValues(telegrams: Telegrams): ValueGuess[] {
	const paths = pathsOf(telegrams)
	const guesses = paths.map((path) => plainGuess(path))
	const first = paths.some(({ path }) => path.slice(0, -1).includes('0')) ? 1 : 0
	const spoken = (path: string[]) =>
		path
			.filter((name) => name !== FIRST)
			.map((name, at) => (at < path.length - 1 && /^[0-3]$/.test(name) ? `l${Number(name) + first}` : name))
	const names = guesses.map(({ path, unit, code, values }) =>
		numbersOf(values).length > 0 ? readName(spoken(path), unit, code) : undefined,
	)
	const isSigned = guesses.some(
		({ values }, at) => names[at]?.quantity === 'power' && !names[at]?.direction && numbersOf(values).some((value) => value < 0),
	)
	for (const [place, guess] of guesses.entries()) nameField(guess, names[place], names, isSigned)
	for (const guess of [...guesses].reverse()) dropDouble(guess, guesses)
	const power = guesses.find(({ field }) => field === 'power_net') ?? guesses.find(({ field }) => field === 'power_import')
	const energy = guesses.find(({ field }) => field === 'energy_import') ?? guesses.find(({ field }) => field === 'energy_import_t1')
	const evidence = { telegrams, guesses, power, energy }
	for (const [place, guess] of guesses.entries()) if (guess.field !== undefined) scaleOf(guess, names[place], evidence)
	for (const guess of guesses) if (guess.field !== undefined) alignWithSlope(guess, evidence)
	for (const guess of guesses) if (guess.field !== undefined && !guess.sure) alignWithOthers(guess, guesses)
	for (const guess of guesses) if (guess.scale !== 0) guess.expression = `$scale(${pathText(guess.path)}, ${guess.scale})`
	return guesses
}

function plainGuess(path: Path): ValueGuess {
	return {
		...path,
		expression: pathText(path.path),
		reason: numbersOf(path.values).length > 0 ? 'its name says nothing' : 'text',
		sure: false,
		scale: 0,
	}
}

const numbersOf = (values: Path['values']) =>
	[...values.values()].flatMap((value) => (typeof value === 'number' ? value : typeof value === 'string' ? (numberIn(value) ?? []) : []))
const numberAt = ({ values }: Path, place: number) => {
	const value = values.get(place)
	return typeof value === 'number' ? value : typeof value === 'string' ? numberIn(value) : undefined
}

/** Names the field of a value that has a name. */
function nameField(guess: ValueGuess, named: Named | undefined, names: (Named | undefined)[], isSigned: boolean): void {
	if (!named) {
		bySize(guess)
		return
	}
	const values = numbersOf(guess.values)
	const field = named.field ?? fieldOf(named, names, isSigned)
	if (field === undefined || !Object.hasOwn(fields, field)) return
	const size = fields[field]?.unit === 'V' ? values.filter((value) => value !== 0).every((value) => value >= 50 && value <= 480) : true
	if (!size) {
		guess.reason = `named like a voltage, and ${values[0]} is not near one`
		return
	}
	guess.field = field
	guess.sure = named.sure
	guess.reason = named.sure ? `the OBIS code ${guess.code ? 'beside it' : 'in its name'}` : `its name (${guess.path.at(-1)})`
	if (field.startsWith('power_net') && !named.sure)
		guess.reason += values.some((value) => value < 0)
			? ', and it falls below 0'
			: ', which says no direction: positive is taken from the grid'
	if (field.startsWith('voltage')) guess.sure = values.some((value) => value > 200 && value < 250)
	// A code says what it is, and not whether in A or in mA: a unit does, or the power.
	if (field.startsWith('current')) guess.sure = guess.unit?.trim() === 'A'
}

/** The field that a quantity, a direction and a phase make. */
function fieldOf({ quantity, direction, suffix }: Named, names: (Named | undefined)[], isSigned: boolean): string | undefined {
	const one = suffix === '' ? '_l1' : suffix
	if (quantity === 'voltage' || quantity === 'current') return `${quantity}${one}`
	if (quantity === 'frequency') return 'frequency'
	if (quantity === 'factor') return `power_factor${suffix}`
	if (quantity === 'energy') return `energy_${direction ?? 'import'}${suffix}`
	if (quantity.startsWith('reactive')) return direction && `reactive_${quantity.slice('reactive '.length)}_${direction}${suffix}`
	if (quantity !== 'power') return undefined
	const has = (wanted: string) => names.some((other) => other?.quantity === 'power' && other.direction === wanted)
	const both = has('export')
	// Beside a power that is drawn, another may be the one fed in, in a word that is not known here: no field is better than the wrong one.
	if (direction === undefined && has('import') && !both) return undefined
	return `power_${direction ?? (both && !isSigned ? 'import' : 'net')}${suffix}`
}

/** The most decimals of a path's values. */
const digitsOf = ({ values }: Path) => Math.max(0, ...numbersOf(values).map((value) => String(value).split('.')[1]?.length ?? 0))

/** Without a name only a mains voltage can be told, and that is a doubt. */
function bySize(guess: ValueGuess): void {
	const values = numbersOf(guess.values)
	if (values.length > 1 && values.every((value) => value > 215 && value < 250) && new Set(values).size > 1)
		guess.reason = 'its name says nothing; by its size a voltage'
}

/** Of two paths for one field the surer stays, else the first. */
function dropDouble(guess: ValueGuess, all: ValueGuess[]): void {
	const other = all.find(({ field, path }) => guess.field !== undefined && field === guess.field && path !== guess.path)
	if (!other) return
	const loser = other.sure && !guess.sure ? guess : guess.sure && !other.sure ? other : guess
	const winner = loser === guess ? other : guess
	loser.reason = `like ${winner.path.join('.')}, which is taken for ${winner.field}`
	loser.sure = false
	delete loser.field
}

type Evidence = { telegrams: Telegrams; guesses: ValueGuess[]; power: ValueGuess | undefined; energy: ValueGuess | undefined }

/** Base unit or thousands of it: by the unit, by U·I, else by the digits. */
function scaleOf(guess: ValueGuess, named: Named | undefined, evidence: Evidence): void {
	const { field = '' } = guess
	if (!/^(reactive_)?(power_(import|export|net)|energy)/.test(field)) return
	const unit = fields[field]?.unit ?? ''
	if (named?.kilo !== undefined) {
		guess.scale = named.kilo ? 3 : 0
		guess.isStated = true
		guess.sure = true
		guess.reason += `, and its unit ${named.kilo ? 'k' : ''}${unit}`
		return
	}
	const apparent = field.startsWith('power_') ? byApparentPower(guess, evidence) : undefined
	if (apparent) {
		const { scale, sure, reason } = apparent
		Object.assign(guess, { scale, sure, reason: `${guess.reason}; ${reason}` })
		// What fits together is right together.
		if (sure) for (const one of evidence.guesses) if (one.field?.startsWith('current_')) one.sure = true
		return
	}
	guess.sure = false
	const values = numbersOf(guess.values).filter((value) => value !== 0)
	const digits = digitsOf(guess)
	const largest = Math.max(0, ...values.map(Math.abs))
	const isKilo = unit.endsWith('h') ? largest < 200_000 && (digits > 0 || largest < 100_000) : digits >= 2 && largest < 60
	guess.scale = values.length > 0 && isKilo ? 3 : 0
	const why =
		values.length === 0
			? 'only zeros'
			: `${largest}${digits > 0 ? ` with ${digits} decimal${digits === 1 ? '' : 's'}` : ' without decimals'}`
	guess.reason += `; ${why} looks like ${guess.scale ? 'k' : ''}${unit}`
}

/** P ≈ Σ U · I: the scale that makes the apparent power a little more than the active power. kW and A fit like W and mA: sure where the digits tell them apart. */
function byApparentPower(
	guess: ValueGuess,
	{ telegrams, guesses }: Evidence,
): { scale: number; sure: boolean; reason: string } | undefined {
	const phase = /_l[123]$/.exec(guess.field ?? '')?.[0]
	const find = (field: string) => guesses.find((one) => one.field === field)
	const amperes = (phase ? [phase] : ['_l1', '_l2', '_l3']).flatMap((one) => find(`current${one}`) ?? [])
	// Thousandths have no decimals, and powers in W not as many.
	const isKilo = digitsOf(guess) >= 3 || (digitsOf(guess) >= 2 && amperes.some((one) => one.unit?.trim() === 'A' || digitsOf(one) > 0))
	for (let place = 0; place < telegrams.length; place++) {
		const power = Math.abs(numberAt(guess, place) ?? 0)
		const apparent = (phase ? [phase] : ['_l1', '_l2', '_l3']).reduce((sum, one) => {
			const [volts, amps] = [find(`voltage${one}`), find(`current${one}`)].map((found) => (found ? numberAt(found, place) : undefined))
			return sum + Math.abs((volts ?? 0) * (amps ?? 0))
		}, 0)
		if (power === 0 || apparent < 20) continue
		for (const scale of [0, 3]) {
			const factor = (power * 10 ** scale) / apparent
			if (factor > 0.25 && factor < 1.15)
				return { scale, sure: scale === 0 || isKilo, reason: `${power}${scale ? ' k' : ' '}W fits U·I = ${Math.round(apparent)} VA` }
		}
	}
	return undefined
}

/** The slope of the counter is the power: what is not sure follows what is, and two doubts are made one. */
function alignWithSlope(guess: ValueGuess, { telegrams, power, energy }: Evidence): void {
	if (!power || !energy || (guess !== power && guess !== energy) || guess.sure) return
	const [first, ...rest] = [...energy.values.keys()]
	const last = rest.at(-1)
	if (first === undefined || last === undefined) return
	const hours = ((telegrams[last]?.t ?? 0) - (telegrams[first]?.t ?? 0)) / 3_600_000
	const rise = (numberAt(energy, last) ?? 0) - (numberAt(energy, first) ?? 0)
	const powers = numbersOf(power.values)
	const mean = powers.reduce((sum, value) => sum + value, 0) / powers.length
	if (!(hours > 0 && rise > 0 && mean > 0)) return
	// Fewer than five steps of the counter say nothing.
	if (rise * 10 ** digitsOf(energy) < 5) return
	const fits = (powerScale: number, energyScale: number) => {
		const ratio = (rise * 10 ** energyScale) / hours / (mean * 10 ** powerScale)
		return ratio > 0.5 && ratio < 2
	}
	const other = guess === power ? energy : power
	const scale = [0, 3].find((one) => (guess === power ? fits(one, other.scale) : fits(other.scale, one)))
	if (scale === undefined) return
	guess.scale = scale
	const what = guess === power ? `the counter ${pathText(other.path)}` : `the power ${pathText(other.path)}`
	guess.reason += `; its size fits ${what}`
	guess.sure = other.sure
}

/** Values of one kind share their unit: a doubt follows what is sure, else the largest. Phases are apart: some adapters send W for them and kW for the sum. */
function alignWithOthers(guess: ValueGuess, guesses: ValueGuess[]): void {
	const kind = kindOf(guess)
	if (kind === undefined) return
	const largest = (one: ValueGuess) => Math.max(...numbersOf(one.values).map(Math.abs))
	const others = guesses
		.filter((one) => one !== guess && one.isStated !== true && kindOf(one) === kind)
		.sort((one, other) => largest(other) - largest(one))
	const model = others.find(({ sure }) => sure) ?? others.find((one) => largest(one) > largest(guess))
	if (!model || model.scale === guess.scale) return
	guess.scale = model.scale
	guess.reason += `; but ${pathText(model.path)} is ${model.scale ? `thousands of its unit` : 'in its unit'}, and so is this`
}

/** Counters, powers of the sum or powers of the phases. */
const kindOf = ({ field = '' }: ValueGuess) =>
	/^(reactive_)?(energy|power_(import|export|net))/.test(field) ? `${fields[field]?.unit} ${/_l[123]$/.test(field)}` : undefined
