import type { Problem } from '../../schema/types/api.ts'
import type { Finding } from '../document/finding.ts'

/** A request that is not done: HTTP's status, and for a person what is wrong, and what to do. */
export class Refusal {
	readonly status: 400 | 404 | 409 | 412 | 422 | 429 | 503
	readonly problem: Problem
	readonly findings: Finding[] | undefined
	/** The config as it is now, where it has changed meanwhile. */
	readonly now: { text: string; etag: string } | undefined

	constructor(status: Refusal['status'], problem: Problem, more: Partial<Pick<Refusal, 'findings' | 'now'>> = {}) {
		this.status = status
		this.problem = problem
		this.findings = more.findings
		this.now = more.now
	}
}
