/** The rules for expressions of one kind: what they may use, how large one may be, and what it may give. */
export type Language = {
	/** The names that an expression sees; undefined: any. */
	names: readonly string[] | undefined
	/** The functions that come with the values. One that has the name of a function of JSONata's takes its place. */
	functions: readonly string[]
	/** Bounds of one expression. Each object or list (`constructors`) can hold the one before many times over; each `&` (`joins`) can double a text. */
	size: { nodes: number; depth: number; constructors: number; joins: number }
	/** Bound of one evaluation, in steps (steps.ts). */
	steps: number
	/** Bounds of one result: whether it may be or hold a list, characters of a text and of all texts and keys together, parts in all. */
	result: { lists: boolean; text: number; texts: number; parts: number }
	/** Advice for people: where functions are listed, what replaces a clock, how times are read, how to write less in one expression. */
	hints: { reference: string; clock: string; times: string; size: string }
}

/**
 * JSONata's functions that every language has. Left out are those that read a clock or chance ($now, $millis, $random), run text ($eval),
 * build without bound ($pad, $reduce), take regular expressions, encode or format.
 */
export const FUNCTIONS: readonly string[] = [
	...['abs', 'average', 'boolean', 'ceil', 'contains', 'count', 'each', 'exists', 'filter', 'floor', 'fromMillis', 'join', 'keys'],
	...['length', 'lookup', 'lowercase', 'map', 'max', 'merge', 'min', 'not', 'number', 'power', 'round', 'sift', 'split', 'sqrt'],
	...['string', 'substring', 'substringAfter', 'substringBefore', 'sum', 'toMillis', 'trim', 'type', 'uppercase'],
]

/** Functions that read a clock. */
export const CLOCKS: readonly string[] = ['now', 'millis']

/** Functions of JSONata that no language has: their names deserve another answer than a typing error. */
export const LEFT_OUT: readonly string[] = [
	...CLOCKS,
	...['random', 'eval', 'pad', 'reduce', 'match', 'replace', 'append', 'assert', 'base64decode', 'base64encode', 'clone', 'decodeUrl'],
	...['decodeUrlComponent', 'distinct', 'encodeUrl', 'encodeUrlComponent', 'error', 'formatBase', 'formatInteger', 'formatNumber'],
	...['parseInteger', 'reverse', 'shuffle', 'single', 'sort', 'spread', 'zip'],
]

/** Functions that take a function: the only place where one may stand, so that nothing can call itself. */
export const HIGHER_ORDER: readonly string[] = ['each', 'filter', 'map', 'sift']

/** Functions whose further arguments (pictures of times) are turned into regular expressions. */
export const ONE_ARGUMENT: readonly string[] = ['fromMillis', 'toMillis']

/** The operators that every language has. */
export const OPERATORS: readonly string[] = ['+', '-', '*', '/', '%', '=', '!=', '<', '<=', '>', '>=', '&', 'and', 'or', 'in']
