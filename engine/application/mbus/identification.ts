import { hex } from '../../bytes/hex.ts'

/** An M-Bus identification number: eight digits, lowest byte first, without leading zeros; makers use A to F, too (mbus-electricity-meter-1). */
export function identification(bytes: Uint8Array): string {
	return hex(Uint8Array.from(bytes).reverse()).replace(/^0+(?=.)/, '')
}
