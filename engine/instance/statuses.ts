import type { Problem } from '../../schema/types/api.ts'
import { type Finding, findingText } from '../document/finding.ts'
import { visible } from '../text/visible.ts'

type Kind = 'profile' | 'output'
export type Status = { status: 'active' | 'rejected'; errors: Finding[] }

/** Problems that are listed at once. */
const MAX_PROBLEMS = 20

/** Knows how each profile and output stands, for people who look later: as it was published last. */
export class Statuses {
	readonly #known = { profile: new Map<string, Status>(), output: new Map<string, Status>() }

	/** Takes a new status; `gone` forgets it. Errors that are only text have no place in a file. */
	take(kind: Kind, name: string, status: Status['status'] | 'gone', errors: readonly (Finding | string)[]): void {
		if (status === 'gone') this.#known[kind].delete(name)
		else
			this.#known[kind].set(name, { status, errors: errors.map((error) => (typeof error === 'string' ? placeless(name, error) : error)) })
	}

	/** Returns how one stands; undefined where nothing is known of it. */
	of(kind: Kind, name: string): Status | undefined {
		return this.#known[kind].get(name)
	}

	/** Lists what is rejected, as problems: each with its first error. */
	problems(): Problem[] {
		const all = (['profile', 'output'] as const).flatMap((kind) =>
			[...this.#known[kind]].map(([name, status]) => ({ kind, name, ...status })),
		)
		return all
			.filter(({ status }) => status === 'rejected')
			.slice(0, MAX_PROBLEMS)
			.map(({ kind, name, errors: [first] }) => ({
				code: `${kind}-rejected`,
				text: visible(
					`The ${kind} ${name} has an error; its last good version goes on, if there was one. ${first ? findingText(first) : ''}`.trim(),
				),
				params: { name },
			}))
	}
}

const placeless = (name: string, message: string): Finding => ({
	file: name,
	line: 1,
	column: 1,
	code: 'output',
	severity: 'error',
	message,
})
