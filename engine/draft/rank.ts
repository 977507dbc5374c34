import { setImmediate } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { fields } from '../../schema/types/fields.ts'
import type { Decoder } from '../../schema/types/profile.ts'
import type { Reading } from '../../schema/types/reading.ts'
import type { ApplicationName, LinkName } from '../decode/registry.ts'
import { packageRoot } from '../files/package.ts'
import { MAX_FILE, readRegular } from '../files/regular.ts'
import type { Outcome } from '../pipeline/pipeline.ts'
import { type Library, profileNames } from '../profile/library.ts'
import { type CompiledProfile, compileProfile } from '../profile/profile.ts'
import { decoderOf } from '../profile/readers.ts'
import type { Telegram } from '../telegram/telegram.ts'
import { visible } from '../text/visible.ts'
import { contentOf, likeness } from './likeness.ts'
import { once } from './once.ts'

/** A profile that reads some telegrams, how sure it is that it is theirs, and why. */
export type Ranked = {
	profile: CompiledProfile
	readings: Reading[]
	/** The points that the telegrams give it. */
	score: number
	/** The points that its recordings give it: they tell apart what the telegrams do not. */
	likeness: number
	sure: 'sure' | 'likely' | 'possible'
	why: string[]
	rivals?: number
}

/** How far behind the best one may be for its recordings to be looked at: five fields, less than values that fit each other count. How many of these are. */
const [NEAR, MOST] = [50, 24]

/** Reads the makers by the three letters of their system titles, device names and list names (FLAG association), as profiles name them. */
const makers = once(
	() => JSON.parse(readRegular(fileURLToPath(new URL('meters/makers.json', packageRoot)), MAX_FILE)) as Record<string, string>,
)

/**
 * Ranks the profiles that read telegrams: by the maker that the telegrams name, the lists that fit place by place, values that fit each other, fields; where these do
 * not tell them apart, by their recordings. Leaves out those whose values contradict each other, unless no others are there and `isLast` wants them all the same. `read` puts the telegrams through a profile.
 */
export async function rank(
	telegrams: readonly Telegram[],
	library: Library,
	protocol: { link?: LinkName | undefined; application?: ApplicationName | undefined },
	read: (profile: CompiledProfile) => Promise<Outcome[]>,
	isLast = false,
): Promise<Ranked[]> {
	const found: Ranked[] = []
	const doubtful: Ranked[] = []
	const named = makersOf(telegrams)
	for (const name of profileNames(library)) {
		// Each takes milliseconds: meters that run have their turn between.
		await setImmediate()
		if (!fits(decoderOf(name, library), protocol)) continue
		const profile = compileProfile(name, library)
		if (Array.isArray(profile)) continue
		const outcomes = (await read(profile)).filter((outcome) => outcome.kind === 'reading')
		const readings = outcomes.map(({ reading }) => reading)
		const faults = outcomes.flatMap(({ issues }) => issues)
		if (readings.length === 0 || Math.max(...readings.map(fieldsOf)) === 0) continue
		const one = judged(profile, readings, faults.length, telegrams, named)
		const why = outcomes.flatMap(({ reading, issues }) =>
			issues.some(({ code }) => code === 'range') ? OUT_OF_RANGE : (contradiction(reading) ?? []),
		)
		// Whole amperes may be one short: a single telegram says little.
		if (2 * why.length <= readings.length) found.push(one)
		else doubtful.push({ ...one, sure: 'possible', why: [...one.why, ...why.slice(0, 1)] })
	}
	if (found.length === 0 && isLast) found.push(...doubtful)
	return doubted(ordered(await recorded(found, telegrams, protocol)))
}

/** Compares the recordings of those that are near the best with the telegrams, where there are several. */
async function recorded(
	found: Ranked[],
	telegrams: readonly Telegram[],
	{ link, application }: Parameters<typeof rank>[2],
): Promise<Ranked[]> {
	const best = Math.max(...found.map(({ score }) => score))
	const near = found
		.filter(({ score }) => score >= best - NEAR)
		.sort((one, other) => other.score - one.score)
		.slice(0, MOST)
	if (near.length < 2 || !link || !application) return found
	const came = contentOf(telegrams)
	for (const one of near) {
		const like = await likeness(came, one.profile, { link, application })
		if (!like) continue
		one.likeness = like.points
		one.why = [...one.why, ...like.why]
	}
	return found
}

/**
 * Orders what was ranked: the best, and behind it all for which the telegrams say as much, then the others. Among equals a profile for one operator
 * or country comes last: people who read the name of another operator would think it wrong. `strangeness`: what speaks against one besides.
 */
export function ordered<One extends Ranked>(found: readonly One[], strangeness: (one: One) => number = () => 0): One[] {
	const points = (one: One) => one.score + one.likeness - strangeness(one)
	const sorted = [...found].sort((one, other) => points(other) - points(one) || specialty(one) - specialty(other))
	const [best] = sorted
	return best ? [...equalsOf(best, sorted), ...sorted.filter(({ score }) => score < best.score)] : []
}

/** Gives those for which the telegrams say as much as for the best, itself among them. */
export const equalsOf = <One extends Ranked>(best: One, found: readonly One[]) => found.filter(({ score }) => score >= best.score)

function specialty({ profile }: Ranked): number {
	const { operator, country } = profile.document.meter ?? {}
	return (operator === undefined ? 0 : 2) + (country === undefined ? 0 : 1)
}

const OUT_OF_RANGE = 'a value is out of its range'

/** Those as good as the best that give other values show that the telegram does not tell which it is: none of them is sure. */
function doubted(ranked: Ranked[]): Ranked[] {
	const [best] = ranked
	const equals = best ? equalsOf(best, ranked) : []
	if (!best || equals.every((one) => differingFields(best, one).length === 0)) return ranked
	return ranked.map((one) =>
		equals.includes(one) ? { ...one, sure: 'possible', rivals: equals.filter((other) => other !== one).length } : one,
	)
}

function fits(decoder: Decoder | undefined, { link, application }: Parameters<typeof rank>[2]): boolean {
	if (!decoder || decoder.application === 'json') return false
	return (decoder.link === link || decoder.link === 'auto') && (decoder.application ?? application) === application
}

function judged(
	profile: CompiledProfile,
	readings: Reading[],
	faults: number,
	telegrams: readonly Telegram[],
	makers: Set<string>,
): Ranked {
	const { manufacturer } = profile.document.meter ?? {}
	const { sequence } = profile.document.decoder
	const ours = manufacturer !== undefined && [...makers].some((maker) => manufacturer.includes(maker))
	const foreign = manufacturer !== undefined && makers.size > 0 && !ours
	const lists = telegrams.flatMap(({ sent }) => (sent ? [sent.length] : []))
	const named = sequence !== undefined && lists.length > 0
	const fixed =
		named &&
		lists.some((length) =>
			Object.entries(sequence).some(
				([key, places]) => Number.parseInt(key, 10) === length && places.some((place) => place?.includes(' =')),
			),
		)
	const consistent = readings.some(agrees)
	const most = Math.max(...readings.map(fieldsOf))
	const all = readings.length
	const why = [
		...(ours
			? [`the telegram names ${manufacturer}`]
			: foreign
				? [`the telegram names ${[...makers].join(', ')}, and the profile is of ${manufacturer}`]
				: []),
		...(named ? [`${fixed ? 'name and ' : ''}kinds of its list of ${[...new Set(lists)].join(', ')} fit`] : []),
		...(sequence && !named ? ['it names lists, and these values have codes'] : []),
		...(consistent ? ['U × I fits the power'] : []),
		`${most} ${most === 1 ? 'field' : 'fields'}${faults > 0 ? `, ${faults} left out` : ''}`,
	]
	// Telegrams that it refuses count against it, and lists that it names where codes came.
	const refused = Math.max(0, telegrams.length - all)
	const score =
		(ours ? 1000 : foreign ? -1000 : 0) +
		(named ? 500 : sequence ? -300 : 0) +
		(consistent ? 100 : 0) +
		10 * most -
		20 * faults -
		200 * refused
	const sure =
		foreign || (sequence && !named)
			? 'possible'
			: ours && (named || consistent || fixed)
				? 'sure'
				: ours || named || consistent
					? 'likely'
					: 'possible'
	return { profile, readings, score, likeness: 0, sure, why }
}

/** The makers that telegrams name: by system title, device name, M-Bus header, server id of SML (0A 01 and letters), or the name of their list. */
function makersOf(telegrams: readonly Telegram[]): Set<string> {
	const found = new Set<string>()
	for (const { systemTitle, meterId, device, sequence, registers } of telegrams) {
		const title = systemTitle === undefined ? '' : Buffer.from(systemTitle.slice(0, 6), 'hex').toString('latin1')
		const texts = [...sequence, ...registers.map(({ value }) => value)].flatMap((value) => (value.kind === 'text' ? [value.text] : []))
		const [, server = ''] = /^0A01((?:[45][0-9A-F]){3})[0-9A-F]{10}$/i.exec(meterId ?? '') ?? []
		for (const text of [title, device?.manufacturer ?? '', meterId ?? '', Buffer.from(server, 'hex').toString('latin1'), ...texts]) {
			const [, letters = ''] = /^([A-Z]{3})(?:$|\d{10}|_\d)|^(?:[A-Za-z]{3,}_V\d)/.exec(text) ?? []
			const maker = makers()[letters || (/^[A-Za-z]{3,}_V\d/.test(text) ? text.slice(0, 3).toUpperCase() : '')]
			if (maker !== undefined) found.add(maker)
		}
	}
	return found
}

const fieldsOf = (reading: Reading) =>
	Object.keys(reading).filter((field) => field in fields || field === 'submeters' || field === 'extra').length

/** Volt-amperes of the phases that send voltage and current; undefined where none does, or a current has no voltage. */
function apparent(reading: Reading, phases = ['l1', 'l2', 'l3']): number | undefined {
	const values = { ...reading } as Record<string, unknown>
	const sent = phases.filter((phase) => typeof values[`current_${phase}`] === 'number')
	const products = sent.map((phase) => Number(values[`voltage_${phase}`] ?? Number.NaN) * Number(values[`current_${phase}`]))
	const sum = products.reduce((total, product) => total + product, 0)
	return sent.length > 0 && Number.isFinite(sum) ? sum : undefined
}

/** Says which values of a reading cannot all be right; undefined when they can. */
export function contradiction(reading: Reading): string | undefined {
	const values = { ...reading } as Record<string, unknown>
	const power = Math.max(reading.power_import ?? 0, reading.power_export ?? 0)
	// Three phases give three voltages, or the third is measured between the others.
	const limit = apparent(reading)
	const phases = ['l1', 'l2', 'l3'].filter((phase) => typeof values[`current_${phase}`] === 'number').length
	if (limit !== undefined && phases !== 2 && power > 1.3 * limit + 100)
		return `${power} W is more than the ${Math.round(limit)} VA of its voltages and currents`
	for (const side of ['energy_import', 'energy_export'] as const) {
		const tariffs = [1, 2, 3, 4].map((tariff) => Number(values[`${side}_t${tariff}`] ?? 0)).reduce((sum, value) => sum + value, 0)
		const total = reading[side]
		if (typeof total === 'number' && tariffs > total + 4000 + 0.001 * total)
			return `the tariffs of ${side} are more than the total of ${total} Wh`
	}
	return undefined
}

/** Whether the power is what voltages and currents give, as far as they tell: more than nothing, at a power factor of 0.6 or more. */
function agrees(reading: Reading): boolean {
	const power = Math.max(reading.power_import ?? 0, reading.power_export ?? 0)
	const limit = apparent(reading) ?? 0
	return power >= 20 && power >= 0.6 * limit && power <= 1.15 * limit + 10
}

/** Ranked profiles as lines for people: how sure, why, and where the values of one differ from those of the first. */
export function rankText(ranked: readonly Ranked[]): string {
	const [best, ...others] = ranked
	if (!best) return '  no built-in profile reads it: "cii2mqtt new NAME --from CAPTURE" begins one'
	const rows = [best, ...others].slice(0, 4).map((one) => {
		const differing = one === best ? [] : differingFields(best, one)
		const shown = differing.slice(0, 2).map(([field, mine, theirs]) => `${field} ${mine} instead of ${theirs}`)
		return `    ${one.profile.name}: ${one.sure}; ${[...one.why, ...shown].join('; ')}`
	})
	const doubt = best.rivals ? [`  nothing in the telegram tells the first ${best.rivals + 1} apart: operator or country must`] : []
	return ['  profiles that read it (scalers are theirs: check a voltage):', ...rows.map((row) => visible(row)), ...doubt].join('\n')
}

/** Fields of the first reading that both have, with other values: the other's and the first's. */
function differingFields(best: Ranked, other: Ranked): [field: string, theirs: unknown, best: unknown][] {
	const [mine, theirs] = [best, other].map(({ readings }) => ({ ...readings[0] }) as Record<string, unknown>)
	return Object.keys(fields).flatMap((field) => {
		const [one, two] = [mine?.[field], theirs?.[field]]
		return one === undefined || two === undefined || one === two ? [] : [[field, two, one] as [string, unknown, unknown]]
	})
}
