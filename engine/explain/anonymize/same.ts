import type { Value } from '../../telegram/register.ts'
import type { DataRecord, Telegram } from '../../telegram/telegram.ts'
import { isNamed } from './mbus.ts'

/** Codes under which ids stand. */
const ID_CODE = /(?:^|:)(?:0\.0|C\.1|96\.1|42\.0|9\.2[01])(?:\.|\*|$)/

/** Tells whether telegrams say the same as those before, but for ids and texts: codes, numbers, units and clocks. */
export const isSame = (before: Telegram[], after: Telegram[]): boolean =>
	before.length === after.length && before.every((one, place) => said(one) === said(after[place] as Telegram))

/** Gives what a telegram says, in one text. */
function said({ registers, records, clock, device }: Telegram): string {
	const values = registers.map(({ obis, value, status, time }) => [
		obis,
		ID_CODE.test(obis) ? value.kind : plain(value),
		String(status ?? ''),
		time,
	])
	const more = records?.map(({ value, ...rest }: DataRecord) => [rest, isNamed({ value, ...rest }) ? value.kind : plain(value)])
	return JSON.stringify([values, more, clock, device])
}

function plain(value: Value): unknown {
	if (value.kind === 'number') return [String(value.raw), value.scaler, value.unit]
	return value.kind === 'clock' || value.kind === 'boolean' ? value : value.kind
}
