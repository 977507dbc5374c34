import { fields } from '../../schema/types/fields.ts'

/** What the name of a value says: quantity, direction, phase or tariff, and unit; `sure` where it is an OBIS code. */
export type Named = { quantity: string; direction?: 'import' | 'export'; suffix: string; kilo?: boolean; field?: string; sure: boolean }

const of = (words: string) => new Set(words.split(' '))
/** Words of names, in English, German, French, Italian, Dutch and the Nordic languages, as adapters use them. */
const IMPORT = of(
	'import imported in delivered consumed consumption bezug bezogen netzbezug entnahme purchase bought buy soutirage prelievo prelevata pos positive plus pi ei pin taken verbrauch verbruik use used usage forbruk',
)
const EXPORT = of(
	'export exported out returned return ret produced production produksjon einspeisung netzeinspeisung eingespeist abgabe abgegeben lieferung rücklieferung ruecklieferung rückspeisung rueckspeisung sold sell immissione immessa feed fed neg negative minus po eo pout injection injected teruglevering',
)
const OTHER = of(
	'temperature temp rssi wifi signal uptime up vcc vin humidity battery heap ram version status price cost max min peak today yesterday month day hour threshold apparent aprt schein scheinleistung time timestamp ts date datum clock epoch id serial seq gas water wasser eau m3 volume volumen heat wärme waerme solar pv inverter battery wallbox',
)
const WORDS: [string, Set<string>][] = [
	['factor', of('pf cosphi factor powerfactor leistungsfaktor')],
	['frequency', of('freq frequency hz frequenz netzfrequenz')],
	['reactive', of('reactive blind blindleistung blindarbeit var kvar varh kvarh q')],
	['voltage', of('u v volt volts voltage spannung tension spenning spanning')],
	['power', of('p power pwr pow leistung watt watts w kw puissance vermogen effekt pi po pin pout currently')],
	['energy', of('e ei eo energy energie zaehlerstand zählerstand counter meterstand kwh wh')],
	['current', of('i amp amps ampere amperage current strom courant strøm stroom')],
]
/** Words that mean a counter where nothing else is said. */
const COUNTED = of('total stand index electricity consumption verbrauch bezug einspeisung import export')
const UNITS: Record<string, [string, boolean]> = {
	w: ['power', false],
	kw: ['power', true],
	wh: ['energy', false],
	kwh: ['energy', true],
	v: ['voltage', false],
	a: ['current', false],
	hz: ['frequency', false],
}

/** Reads the name of a value (its path), and unit and OBIS code that stand beside it, if any; undefined where they say nothing. */
export function readName(path: string[], unit?: string, beside?: string): Named | undefined {
	const code = beside ?? /(?:^|[^0-9.])(\d{1,3}\.\d{1,3}\.\d{1,3})(?:$|[^0-9.])/.exec(path.at(-1) ?? '')?.[1]
	const stated = unit === undefined ? undefined : UNITS[unit.trim().toLowerCase()]
	const byCode = code && Object.keys(fields).find((name) => fields[name]?.obis === code)
	if (byCode) return { quantity: quantityOf(byCode), suffix: '', field: byCode, sure: true, ...(stated && { kilo: stated[1] }) }
	// The nearest part of the path says most; what it leaves open, the one above it may say (`import.active`, `em:0.total`).
	const own = wordsOf(path.at(-1) ?? '')
	const all = [...wordsOf(path.slice(0, -1).join(' ')), ...own]
	if (all.some((word) => OTHER.has(word))) return undefined
	const unitWord = own.at(-1) ?? ''
	const inName = stated ?? (own.length > 1 ? UNITS[unitWord] : undefined)
	const quantity =
		(inName && !all.some((word) => word === 'reactive') ? inName[0] : undefined) ??
		quantityIn(own) ??
		quantityIn(all) ??
		(own.some((word) => COUNTED.has(word)) ? 'energy' : undefined)
	if (quantity === undefined) return undefined
	const isReactive = quantity === 'reactive' || own.some((word, at) => word === 'r' && /^[pe]$/.test(own[at + 1] ?? ''))
	const isCounter = quantity === 'energy' || all.some((word) => /^(e|ei|eo|energy|energie|k?varh|blindarbeit)$/.test(word))
	const found: Named = {
		quantity: isReactive ? `reactive ${isCounter ? 'energy' : 'power'}` : quantity,
		suffix: suffixOf(quantity, own, all),
		sure: false,
	}
	const direction = directionIn(own) ?? directionIn(all)
	if (direction) found.direction = direction
	if (inName && (quantity === 'power' || quantity === 'energy')) found.kilo = inName[1]
	if (isReactive && /^k?varh?$/.test(unitWord)) found.kilo = unitWord.startsWith('k')
	return found
}

const quantityOf = (field: string) =>
	/^(?:re)?active_|^(power_factor|power|energy|voltage|current|frequency)/.exec(field)?.[1]?.replace('power_factor', 'factor') ?? 'other'

/** Words of a name: `Power_in`, `powerIn`, `Total_in_T1`, `P1i`, `Volt_L1`. */
function wordsOf(name: string): string[] {
	return name
		.replace(/k(?=Wh?(?![a-z]))/g, 'K')
		.replace(/([a-zäöü])([A-Z])/g, '$1 $2')
		.toLowerCase()
		.split(/[^a-z0-9äöüåøé]+/)
		.flatMap((word) => {
			// Pi1, P1i, Po2, U1, I3
			const [, head = '', before = '', direction = '', after = ''] = /^([puiveq])([123]?)([io]?)([1-4]?)$/.exec(word) ?? []
			if (head === '') return [word]
			return [head, ...(direction === 'i' ? ['in'] : direction === 'o' ? ['out'] : []), ...[before, after].filter(Boolean)]
		})
		.filter(Boolean)
}

/** The last word that names a quantity, as names end in what they are; single letters count where no word does. */
function quantityIn(words: string[]): string | undefined {
	const named = (word: string) => WORDS.find(([, known]) => known.has(word.replace(/[1-3]$/, '') || word))?.[0]
	const find = (some: string[]) => some.map(named).findLast((quantity) => quantity !== undefined)
	const long = words.filter((word) => word.length > 2)
	if (long.some((word) => named(word) === 'reactive')) return 'reactive'
	return find(long) ?? find(words)
}

function directionIn(words: string[]): 'import' | 'export' | undefined {
	const [taken, given] = [words.some((word) => IMPORT.has(word)), words.some((word) => EXPORT.has(word))]
	return taken === given ? undefined : taken ? 'import' : 'export'
}

/** Phase or tariff that a name ends in: `l1`, `phase 2`, `a_…`; of counters a number is a tariff. */
function suffixOf(quantity: string, own: string[], all: string[]): string {
	const tariff = all.map((word) => /^(?:t|tariff|tarif)([1-4])$/.exec(word)?.[1]).find(Boolean)
	if (tariff) return `_t${tariff}`
	const letter = { a: '1', b: '2', c: '3' }[own[0] ?? '']
	if (letter && own.length > 1) return `_l${letter}`
	const phase = all.map((word) => /^(?:l|p|phase|ph)([123])$/.exec(word)?.[1]).find(Boolean)
	if (phase) return `_l${phase}`
	const before = all[all.findIndex((word) => /^[1-4]$/.test(word)) - 1] ?? ''
	const number = all.find((word) => /^[1-4]$/.test(word)) ?? /[a-zäöü]([1-3])$/.exec(own.at(-1) ?? '')?.[1]
	if (number === undefined) return ''
	if (/^(tariff|tarif|t)$/.test(before) || (quantity === 'energy' && !/^(l|phase|ph)$/.test(before))) return `_t${number}`
	return Number(number) <= 3 ? `_l${number}` : ''
}
