/** What is wrong in each file of test/faulty, and where: line, column, code, words, hint. */
export const FAULTY: Record<string, [number, number, string, RegExp, RegExp?]> = {
	'wrong-key': [6, 3, 'schema/additionalProperties', /unknown key "trasport"/, /did you mean "transport"\?/],
	'wrong-type': [8, 17, 'schema/type', /transport.baudRate must be integer/, /it is a string/],
	'unknown-parent': [5, 14, 'profile/missing', /"common\/dlms-pusch" does not exist/, /did you mean "common\/dlms-push"\?/],
	cycle: [5, 14, 'profile/cycle', /cycle → cycle-back → cycle/],
	'bad-json': [6, 3, 'json/syntax', /comma expected/],
	'expression-syntax': [7, 38, 'expression/syntax', /Expected "\)"/, /closing bracket/],
	'unknown-function': [7, 24, 'expression/unknown-function', /unknown function \$scal/, /did you mean \$scale\?/],
	eval: [7, 22, 'expression/refused', /\$eval is not admitted/],
	'exploding-regex': [7, 34, 'expression/refused', /regular expressions are not admitted/, /\$contains/],
	'endless-recursion': [7, 38, 'expression/refused', /a function may only stand as an argument/],
	'wrong-scaler': [8, 17, 'sample/mismatch', /voltage_l1: 236 is expected, it gives nothing \(range: 23\.6 V is not plausible/],
	'never-produced': [7, 5, 'coverage/field', /no sample produces frequency: they do not carry 14.7.0/],
}
