/** A double rounded to 15 significant digits, the precision that every decimal text of that length keeps. */
export function round15(value: number): number {
	// Thousandths of fewer than 15 digits are what they would be rounded to; most values of meters are such, and the text takes 200 ns.
	const thousandths = Math.round(value * 1000)
	if (Math.abs(thousandths) < 1e15 && thousandths / 1000 === value) return value
	return Number(value.toPrecision(15))
}
