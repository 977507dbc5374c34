/** A double rounded to 15 significant digits, the precision that every decimal text of that length keeps; integers that a double holds stay. */
export function round15(value: number): number {
	// Most values of meters are thousandths of fewer than 15 digits: round already, and rounding by text is slow.
	const thousandths = Math.round(value * 1000)
	if (Math.abs(thousandths) < 1e15 && thousandths / 1000 === value) return value
	// An id or a counter of 16 digits has no error of binary fractions.
	return Number.isSafeInteger(value) ? value : Number(value.toPrecision(15))
}
