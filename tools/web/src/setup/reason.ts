import type { Key } from '../words/words.ts'

/** The sentences in which the server says why a profile fits; their named parts are filled into the page's words. */
const REASONS: [sentence: RegExp, key: Key][] = [
	[/^the telegram names (?<named>.+), and the profile is of (?<maker>.+)$/, 'why.foreign'],
	[/^the telegram names (?<maker>.+)$/, 'why.maker'],
	[/^(?:name and )?kinds of its list of (?<count>.+) fit$/, 'why.list'],
	[/^it names lists, and these values have codes$/, 'why.codes'],
	[/^U × I fits the power$/, 'why.power'],
	[/^(?<count>\d+) fields?$/, 'why.fields'],
	[/^(?<count>\d+) fields?, (?<left>\d+) left out$/, 'why.fields.left'],
	[/^a value is out of its range$/, 'why.range'],
	[/^(?<power>\d+) W is more than the (?<apparent>\d+) VA of its voltages and currents$/, 'why.excess'],
	[/^(?<count>\d+) others? reads? it as well: the grid operator or the model on the meter decides$/, 'why.others'],
	[/^its recordings have the same (?:value|(?<count>\d+) values)$/, 'why.same'],
	[/^its recordings have the same (?:value|(?<count>\d+) values), ciphered as well$/, 'why.same.alike'],
	[/^its recordings have the same (?:value|(?<count>\d+) values), and are (?:not )?ciphered$/, 'why.same.differs'],
	[/^its recordings have (?<common>\d+) of the (?<count>\d+) values$/, 'why.common'],
	[/^its recordings have (?<common>\d+) of the (?<count>\d+) values, ciphered as well$/, 'why.common.alike'],
	[/^its recordings have (?<common>\d+) of the (?<count>\d+) values, and are (?:not )?ciphered$/, 'why.common.differs'],
	[/^its recordings have other values/, 'why.other'],
	[/^(?<count>\d+) messages?(?: of (?<device>.+))?$/, 'why.messages'],
]

/** Finds the page's words for a reason, and what to fill into them; undefined where it has none. */
export function reasonOf(text: string): { key: Key; parts: Record<string, string> } | undefined {
	for (const [sentence, key] of REASONS) {
		const groups = sentence.exec(text)?.groups ?? (sentence.test(text) ? {} : undefined)
		if (groups) return { key, parts: { ...groups } }
	}
	return undefined
}
