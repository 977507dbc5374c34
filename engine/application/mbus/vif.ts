/** The meaning of a value information field: quantity, unit, and the worth of one step of the number. */
export type Vif = {
	quantity: string
	/** SI unit; empty where the number has none. */
	unit: string
	/** Power of ten from the number to the unit; undefined where nobody but the maker knows. */
	scaler?: number
	/** Factor of durations that are counted in minutes, hours or days: their unit is the second. */
	factor?: number
	/** Read as a date (type G) or as date and time (types F, I, J). */
	kind?: 'date' | 'date-time'
}

type Row = [from: number, to: number, quantity: string, unit: string, base?: number, step?: (index: number) => Partial<Vif>]

const DURATION = [1, 60, 3600, 86_400]
const duration = (index: number) => ({ scaler: 0, factor: DURATION[index & 3] ?? 1 })
const bare = () => ({ scaler: 0 })
const unknown = () => ({})

/** EN 13757-3, 6.4.2, primary VIF (table 10): codes `from` to `to`, whose unit is 10^(base + code − from). */
const primary: Row[] = [
	[0x00, 0x07, 'Energy', 'Wh', -3],
	[0x08, 0x0f, 'Energy', 'J', 0],
	[0x10, 0x17, 'Volume', 'm³', -6],
	[0x18, 0x1f, 'Mass', 'kg', -3],
	[0x20, 0x23, 'On time', 's', 0, duration],
	[0x24, 0x27, 'Operating time', 's', 0, duration],
	[0x28, 0x2f, 'Power', 'W', -3],
	[0x30, 0x37, 'Power', 'J/h', 0],
	[0x38, 0x3f, 'Volume flow', 'm³/h', -6],
	[0x40, 0x47, 'Volume flow', 'm³/min', -7],
	[0x48, 0x4f, 'Volume flow', 'm³/s', -9],
	[0x50, 0x57, 'Mass flow', 'kg/h', -3],
	[0x58, 0x5b, 'Flow temperature', '°C', -3],
	[0x5c, 0x5f, 'Return temperature', '°C', -3],
	[0x60, 0x63, 'Temperature difference', 'K', -3],
	[0x64, 0x67, 'External temperature', '°C', -3],
	[0x68, 0x6b, 'Pressure', 'bar', -3],
	[0x6c, 0x6c, 'Time point (date)', '', 0, () => ({ kind: 'date' })],
	[0x6d, 0x6d, 'Time point (date & time)', '', 0, () => ({ kind: 'date-time' })],
	[0x6e, 0x6e, 'H.C.A.', 'Units for H.C.A.', 0],
	[0x70, 0x73, 'Averaging Duration', 's', 0, duration],
	[0x74, 0x77, 'Actuality Duration', 's', 0, duration],
	[0x78, 0x78, 'Fabrication No', '', 0, bare],
	[0x79, 0x79, '(Enhanced) Identification', '', 0, bare],
	[0x7a, 0x7a, 'Bus Address', '', 0, bare],
	[0x7e, 0x7e, 'Any VIF', '', 0, unknown],
	[0x7f, 0x7f, 'Manufacturer specific', '', 0, unknown],
]

/** Behind VIF FB (EN 13757-3, table 12). */
const first: Row[] = [
	[0x00, 0x01, 'Energy', 'Wh', 5],
	[0x02, 0x03, 'Reactive energy', 'varh', 3],
	[0x08, 0x09, 'Energy', 'J', 8],
	[0x0c, 0x0f, 'Energy', 'cal', 5],
	[0x10, 0x11, 'Volume', 'm³', 2],
	[0x14, 0x17, 'Reactive power', 'var', 0],
	[0x18, 0x19, 'Mass', 'kg', 5],
	[0x1a, 0x1b, 'Relative humidity', '%', -1],
	[0x28, 0x29, 'Power', 'W', 5],
	[0x2a, 0x2a, 'Phase U-U', '°', -1],
	[0x2b, 0x2b, 'Phase U-I', '°', -1],
	[0x2c, 0x2f, 'Frequency', 'Hz', -3],
	[0x30, 0x31, 'Power', 'J/h', 8],
	[0x34, 0x37, 'Apparent power', 'VA', 0],
	[0x74, 0x77, 'Cold/Warm Temperature Limit', '°C', -3],
	[0x78, 0x7f, 'Cumul count max power', 'W', -3],
]

/** Behind VIF FD (EN 13757-3, table 14). */
const second: Row[] = [
	[0x00, 0x03, 'Credit', 'currency', -3],
	[0x04, 0x07, 'Debit', 'currency', -3],
	[0x08, 0x08, 'Access number', '', 0, bare],
	[0x09, 0x09, 'Medium', '', 0, bare],
	[0x0a, 0x0a, 'Manufacturer', '', 0, bare],
	[0x0b, 0x0b, 'Parameter set identification', '', 0, bare],
	[0x0c, 0x0c, 'Model / Version', '', 0, bare],
	[0x0d, 0x0d, 'Hardware version', '', 0, bare],
	[0x0e, 0x0e, 'Firmware version', '', 0, bare],
	[0x0f, 0x0f, 'Software version', '', 0, bare],
	[0x10, 0x10, 'Customer location', '', 0, bare],
	[0x11, 0x11, 'Customer', '', 0, bare],
	[0x12, 0x15, 'Access Code', '', 0, unknown],
	[0x16, 0x16, 'Password', '', 0, bare],
	[0x17, 0x17, 'Error flags', '', 0, bare],
	[0x18, 0x18, 'Error mask', '', 0, bare],
	[0x1a, 0x1a, 'Digital Output', '', 0, bare],
	[0x1b, 0x1b, 'Digital Input', '', 0, bare],
	[0x1c, 0x1c, 'Baudrate', 'Baud', 0, bare],
	[0x1d, 0x1d, 'Response delay time', 'bit times', 0, bare],
	[0x1e, 0x1e, 'Retry', '', 0, bare],
	[0x20, 0x20, 'First storage number', '', 0, bare],
	[0x21, 0x21, 'Last storage number', '', 0, bare],
	[0x22, 0x22, 'Size of storage block', '', 0, bare],
	[0x24, 0x27, 'Storage interval', 's', 0, duration],
	[0x28, 0x28, 'Storage interval', 'months', 0, bare],
	[0x29, 0x29, 'Storage interval', 'years', 0, bare],
	[0x2c, 0x2f, 'Duration since last readout', 's', 0, duration],
	[0x30, 0x30, 'Start of tariff', '', 0, () => ({ kind: 'date-time' })],
	[0x31, 0x33, 'Duration of tariff', 's', 0, (index) => duration(index + 1)],
	[0x34, 0x37, 'Period of tariff', 's', 0, duration],
	[0x38, 0x38, 'Period of tariff', 'months', 0, bare],
	[0x39, 0x39, 'Period of tariff', 'years', 0, bare],
	[0x3a, 0x3a, 'Dimensionless', '', 0, bare],
	[0x40, 0x4f, 'Voltage', 'V', -9],
	[0x50, 0x5f, 'Current', 'A', -12],
	[0x60, 0x60, 'Reset counter', '', 0, bare],
	[0x61, 0x61, 'Cumulation counter', '', 0, bare],
	[0x62, 0x62, 'Control signal', '', 0, bare],
	[0x63, 0x63, 'Day of week', '', 0, bare],
	[0x64, 0x64, 'Week number', '', 0, bare],
	[0x65, 0x65, 'Time point of day change', '', 0, bare],
	[0x66, 0x66, 'State of parameter activation', '', 0, bare],
	[0x67, 0x67, 'Special supplier information', '', 0, bare],
	[0x68, 0x69, 'Duration since last cumulation', 's', 0, (index) => duration(index + 2)],
	[0x6a, 0x6a, 'Duration since last cumulation', 'months', 0, bare],
	[0x6b, 0x6b, 'Duration since last cumulation', 'years', 0, bare],
	[0x6c, 0x6d, 'Operating time battery', 's', 0, (index) => duration(index + 2)],
	[0x6e, 0x6e, 'Operating time battery', 'months', 0, bare],
	[0x6f, 0x6f, 'Operating time battery', 'years', 0, bare],
	[0x70, 0x70, 'Date and time of battery change', '', 0, () => ({ kind: 'date-time' })],
	[0x71, 0x71, 'RF level', 'dBm', 0],
	[0x74, 0x74, 'Remaining battery life time', 's', 0, () => duration(3)],
]

const tables = { primary, first, second }

/** Gives the meaning of a code (without its extension bit) in a table; undefined for a code that is reserved there. */
export function vif(table: keyof typeof tables, code: number): Vif | undefined {
	const row = tables[table].find(([from, to]) => code >= from && code <= to)
	if (!row) return undefined
	const [from, , quantity, unit, base = 0, step = (index: number) => ({ scaler: base + index })] = row
	return { quantity, unit, ...step(code - from) }
}
