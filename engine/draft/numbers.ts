import { type RegisterRule, ruleFor, ruleKeyFor } from '../telegram/rules.ts'
import type { Telegram } from '../telegram/telegram.ts'
import { siUnit } from '../telegram/unit.ts'

/** A number that a telegram carries: its short code, how it was sent, and its scaler with who states it: nobody, the meter, or a rule of the profile by its key. */
export type Numbered = {
	short: string
	code: string
	raw: number
	unit: string | undefined
	scaler: number | undefined
	rule: string | undefined
}

/** The numbers of a telegram's own values, with the scalers of the meter and of these rules. */
export function numbersOf({ registers }: Telegram, rules: Record<string, RegisterRule>): Numbered[] {
	return registers.flatMap(({ isNumber, code, raw, unit, scaler }) => {
		if (!isNumber || (code.obis?.a ?? 1) > 1 || code.isSubmeter) return []
		// The unit that the code implies is no unit that was sent.
		const sent = unit === code.obis?.unit ? undefined : unit
		const rule = ruleFor(code, rules, sent)
		const byMeter = scaler !== undefined && !rule?.override
		const exponent = rule?.unit === undefined || unit !== undefined ? 0 : siUnit(rule.unit).exponent
		const ruled = rule?.scaler === undefined ? undefined : rule.scaler + exponent
		return [
			{
				short: code.obis?.short ?? code.text,
				code: code.text,
				raw: Number(raw),
				unit: code.unit ?? unit,
				scaler: byMeter ? scaler : ruled,
				rule: byMeter ? undefined : ruled === undefined ? '' : ruleKeyFor(code, rules, sent),
			},
		]
	})
}

/** Tells whether the meter itself states the scaler of a number. */
export const isScaled = ({ rule }: Numbered) => rule === undefined
