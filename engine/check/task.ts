import type { Finding } from '../document/finding.ts'
import type { Source } from '../profile/library.ts'

/**
 * What a check depended on: as long as the digest is the same, so is its result. `chain` is empty when the chain could not be read, then it depends on all files.
 * `stamp`: the same by names, times and sizes, so that nothing need be read; undefined while a file is so young that it may change unseen.
 */
export type Known = { digest: string; chain: string[]; looked: string[]; stamp?: string | undefined }

/** What is to be checked: the profiles and outputs that are in use first, then all others of folders that do not come with the package. */
export type Task = {
	folders: string[]
	profiles: string[]
	outputs: string[]
	/** All of it comes with the package: its samples were replayed before it was packed, and are only when it changes here. */
	isPacked?: boolean
	/** Results of before, by profile: those that still hold are not made again. */
	known: ReadonlyMap<string, Known>
}

/** The result for one profile. `files`: those of its name, the one that counts first; `reads`: its link and application. */
export type Checked = { name: string; known: Known; files: string[]; findings: Finding[]; reads?: string }

/** What the folders hold, once all that is in use was checked: plain data, which goes from one thread to another. */
export type Found = {
	/** The files of profiles in use with their parents, and of outputs in use. */
	sources: Source[]
	/** What is wrong with the samples of outputs in use. */
	outputs: [output: string, findings: Finding[]][]
	/** Files of each profile that is in use or comes from a folder of the user. */
	files: Map<string, string[]>
	/** Names of all outputs. */
	outputNames: string[]
	/** Files that take the place of others, with those. */
	shadows: [file: string, shadowed: string][]
	unreadable: string[]
}

/** What a check tells while it runs. */
export type Told =
	| { kind: 'begins'; name: string; file: string; own: Known }
	| { kind: 'checked'; result: Checked }
	| { kind: 'unchanged'; name: string; known: Known }
	| { kind: 'used'; found: Found }
	| { kind: 'done' }
