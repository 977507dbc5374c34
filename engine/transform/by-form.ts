import type { FilledTelegram, Form } from '../telegram/form.ts'
import { scaledBy } from '../telegram/number.ts'
import { type Submeter, submetersOf } from '../telegram/submeter.ts'
import type { Register } from '../telegram/telegram.ts'
import { isoTime, isSettled } from '../telegram/zone.ts'
import { layoutOf, NO_VALUES, type Seen, seenByLayout } from './layout.ts'
import { type ScopeContext, type Shown, submetersShown, timeOf } from './shown.ts'

/** A form as expressions see it: `obis` with all that is the same in every telegram, and what has to be filled in. */
export type FormLayout = {
	channel: ScopeContext['channel']
	timezone: ScopeContext['timezone']
	obis: Record<string, Shown>
	codes: string[]
	/** Numbers that have a short code, by their place among the form's. */
	numbers: { place: number; short: string; scaler: number }[]
	/** Short code of the register with the telegram's time; `text`: it is sent as text. */
	clock: { short: string; text: boolean } | undefined
	/** Registers with a time of their own, and their short codes. */
	timed: { short: string; register: Register }[]
	submeters: Record<string, Submeter> | undefined
}

/** What is known of forms, by the form; null where their telegrams have to be looked through. */
export type FormLayouts = WeakMap<Form, FormLayout | null>

/** How expressions see telegrams of a form; undefined where each has to be looked through. */
export function formLayout(form: Form, context: ScopeContext, known: FormLayouts): FormLayout | undefined {
	let found = known.get(form)
	if (found === undefined || (found !== null && (found.channel !== context.channel || found.timezone !== context.timezone))) {
		found = formLayoutOf(form, context) ?? null
		known.set(form, found)
	}
	return found ?? undefined
}

/** What expressions see of a telegram that was read by its form. */
export function seenByForm(telegram: FilledTelegram, context: ScopeContext, layout: FormLayout): Seen {
	const { numbers, clock, timed, submeters, codes } = layout
	// V8 copies an object in a fraction of the time that it takes to put its keys together.
	const obis = { ...layout.obis }
	for (const { place, short, scaler } of numbers) obis[short] = scaledBy(telegram.numbers[place] as number, scaler)
	if (clock) obis[clock.short] = clock.text ? telegram.clockText : clockShown(telegram, context)
	let times: Record<string, string> = NO_VALUES
	for (const { short, register } of timed) {
		const time = timeOf(register, context)
		if (time === undefined) continue
		if (times === NO_VALUES) times = Object.create(null) as Record<string, string>
		times[short] = time
	}
	return { obis, times, submeters: submeters && submetersShown(submeters, context), codes }
}

const clockShown = ({ clock }: FilledTelegram, context: ScopeContext) =>
	(clock && (isoTime(clock, context.timezone, context.received) ?? clock.local)) ?? ''

function formLayoutOf({ telegram, numbers, clock }: Form, context: ScopeContext): FormLayout | undefined {
	const layout = layoutOf(telegram.registers, context)
	const seen = layout && seenByLayout(telegram, context, [layout])
	if (!layout || !seen) return undefined
	const { shorts, channelled } = layout
	// What a time that stays is in the zone may depend on when the telegram arrives.
	const changing = telegram.registers.some(
		({ value }, place) => value.kind === 'clock' && place !== clock?.register && !isSettled(value.clock, context.timezone),
	)
	if (changing) return undefined
	const at = clock && shorts[clock.register]
	return {
		channel: context.channel,
		timezone: context.timezone,
		obis: seen.obis,
		codes: layout.known,
		numbers: numbers.flatMap(({ register }, place) => {
			const [short, value] = [shorts[register], telegram.registers[register]?.value]
			return short !== undefined && value?.kind === 'number' ? [{ place, short, scaler: value.scaler ?? 0 }] : []
		}),
		clock: at === undefined ? undefined : { short: at, text: telegram.registers[clock?.register ?? -1]?.value.kind === 'text' },
		timed: telegram.registers.flatMap((register, place) => {
			const short = shorts[place]
			return register.time && short !== undefined ? [{ short, register }] : []
		}),
		submeters: channelled && seen.submeters !== undefined ? submetersOf(telegram) : undefined,
	}
}
