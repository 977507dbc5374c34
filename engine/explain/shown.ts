import { fields } from '../../schema/types/fields.ts'
import { hex } from '../bytes/hex.ts'
import { mediumName } from '../telegram/medium.ts'
import { scaled } from '../telegram/number.ts'
import { parseObis } from '../telegram/obis.ts'
import type { Register, Value } from '../telegram/register.ts'
import { kindOf } from '../telegram/sequence.ts'
import type { DataRecord, Sent, Telegram } from '../telegram/telegram.ts'
import { isoTime } from '../telegram/zone.ts'

/** A telegram as people and programs are shown it. */
export type ShownTelegram = {
	ok: true
	/** The kind of each value without a code; not in the JSON. */
	kinds?: string[]
	link: string
	application: string
	auth: string
	meterId?: string
	time?: string
	localTime?: string
	device?: { medium: string; manufacturer?: string; version?: number; status?: string }
	readings: Record<string, Shown>
	sequence?: Shown[]
	records?: ShownRecord[]
}
export type ShownRecord = Omit<DataRecord, 'value' | 'qualifiers'> & Shown & { qualifiers?: string[] }
export type Shown = { value: number | string | boolean | string[] | null; unit: string | null; scaled?: false; time?: string }

/** Shows a telegram: every register by its code, with value and unit. `timezone`: the meter's, for clocks without an offset. */
export function shownTelegram(link: string, telegram: Telegram, timezone: string | undefined): ShownTelegram {
	const readings: Record<string, Shown> = {}
	for (const register of telegram.registers) {
		let key = register.obis
		for (let repeat = 2; key in readings; repeat++) key = `${register.obis}#${repeat}`
		readings[key] = shownRegister(register, timezone)
	}
	const time = telegram.clock && isoTime(telegram.clock, timezone, Date.now())
	return {
		ok: true,
		link,
		application: telegram.application,
		auth: telegram.auth,
		...(telegram.meterId !== undefined && { meterId: telegram.meterId }),
		...(time !== undefined && { time }),
		...(telegram.clock && { localTime: telegram.clock.local }),
		...(telegram.device && { device: shownDevice(telegram.device) }),
		readings,
		...(telegram.records && { records: telegram.records.map((record) => shownRecord(record, timezone)) }),
		...(telegram.sent && { kinds: telegram.sequence.map((value, place) => kindOf(value, telegram.sent?.[place] as Sent)) }),
		...(telegram.sequence.length > 0 && { sequence: telegram.sequence.map((value) => shownValue(value, timezone)) }),
	}
}

function shownRegister({ obis, value, time }: Register, timezone: string | undefined): Shown {
	const entry = shownValue(value, timezone)
	const at = time && (isoTime(time, timezone, Date.now()) ?? time.local)
	const parsed = parseObis(obis)
	if (value.kind === 'number' && entry.unit === null && parsed) entry.unit = parsed.unit ?? null
	return at === undefined ? entry : { ...entry, time: at }
}

function shownDevice({ medium, status, ...rest }: NonNullable<Telegram['device']>) {
	return { medium: mediumName(medium), ...rest, ...(status !== undefined && { status: hex(Uint8Array.of(status)) }) }
}

function shownRecord({ value, qualifiers, ...rest }: DataRecord, timezone: string | undefined): ShownRecord {
	return { ...rest, ...shownValue(value, timezone), ...(qualifiers.length > 0 && { qualifiers }) }
}

/** Shows a value: a number in its unit, a clock as ISO 8601. `timezone`: for clocks without an offset. */
export function shownValue(value: Value, timezone: string | undefined): Shown {
	switch (value.kind) {
		case 'number': {
			const number = { value: scaled(value), unit: value.unit ?? null }
			return value.scaler === undefined ? { ...number, scaled: false } : number
		}
		case 'text':
			return { value: value.text, unit: null }
		case 'boolean':
			return { value: value.value, unit: null }
		case 'list':
			return { value: value.items, unit: null }
		case 'clock':
			return { value: isoTime(value.clock, timezone, Date.now()) ?? value.clock.local, unit: null }
		case 'none':
			return { value: null, unit: null }
	}
}

/** Names what a code stands for, if it is one of a harmonized field. */
export function labelOf(code: string): string | undefined {
	const obis = parseObis(code.replace(/#.*/, ''))
	if (!obis || (obis.a !== 1 && (obis.a !== 0 || obis.b !== 0))) return undefined
	return labels.get(obis.short)
}

/** The labels of fields by their code; of several with one code, that of the first. */
const labels = new Map(
	Object.values(fields)
		.reverse()
		.map(({ obis, label }) => [obis, label]),
)
