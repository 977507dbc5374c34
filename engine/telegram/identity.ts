import { fromHex, latin1, printable } from '../bytes/hex.ts'
import type { Clock } from './clock.ts'
import type { Register, Telegram } from './telegram.ts'

/** The first text among these codes (the better first) that is not empty: a meter's own id. */
export function idOf(registers: Register[], codes: RegExp[]): string | undefined {
	for (const code of codes) {
		const found = registers.find(({ obis, value }) => code.test(obis) && value.kind === 'text' && value.text !== '')
		if (found?.value.kind === 'text') return found.value.text
	}
	return undefined
}

/** Codes of the meter's own id in a COSEM push: the number on its face, the logical device name, other device ids. */
export const COSEM_IDS = [/^0-0:96\.1\.0$/, /^0-0:42\.0\.0$/, /^1-1:0\.0\.5$/, /^0-0:96\.1\.[1-9]$/]

/** The meter's clock register (0-x:1.0.0), if it shows a date. */
export function clockOf(registers: Register[]): Clock | undefined {
	const value = registers.find(({ obis, value }) => /^0-\d+:1\.0\.0$/.test(obis) && value.kind === 'clock')?.value
	return value?.kind === 'clock' ? value.clock : undefined
}

/** P1 writes texts as hex digits (DSMR 5.0.2, 6.4, "octet-string"): their characters when all are printable, else as sent. */
export function hexText(text: string): string {
	const bytes = fromHex(text)
	return bytes && printable(bytes) ? latin1(bytes) : text
}

/** A telegram whose registers were named afterwards: their id and clock are the meter's. */
export function identified(telegram: Telegram): Telegram {
	const meterId = idOf(telegram.registers, COSEM_IDS)
	const clock = clockOf(telegram.registers)
	return { ...telegram, ...(meterId !== undefined && { meterId }), ...(clock && { clock: { ...clock, source: 'meter' as const } }) }
}
