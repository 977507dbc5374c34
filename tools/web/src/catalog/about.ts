import type { MeterKind } from '../api/types.ts'
import { language } from '../words/words.ts'

/** Maker and model or adapter, and the country. */
export function subtitle({
	manufacturer,
	model,
	adapter,
	country,
}: Pick<MeterKind, 'manufacturer' | 'model' | 'adapter' | 'country'>): string {
	const device = [manufacturer, model].filter(Boolean).join(' ') || (adapter ?? '')
	return [device, country === undefined ? '' : countryName(country)].filter(Boolean).join(' · ')
}

/** Gives a country's name in the page's language. */
export function countryName(code: string): string {
	try {
		return new Intl.DisplayNames([language.value], { type: 'region' }).of(code) ?? code
	} catch {
		return code
	}
}
