import type { DraftRequest, SampleAccept, SampleAdd, WorkbenchRequest } from '../../schema/types/api.ts'
import type { CaptureHeader, CaptureLine } from '../../schema/types/capture.ts'
import type { Finding } from '../document/finding.ts'
import type { Keys } from '../telegram/telegram.ts'
import type { Refused } from './refusal.ts'

/** Telegrams as the workbench takes them: the lines of a recording with the keys that open them. */
export type Telegrams = {
	lines: CaptureLine[]
	header?: CaptureHeader
	keys: Keys
	/** A meter's: the id of each line in the list of its last telegrams. */
	ids?: string[]
	/** They name a household: they are of a meter that runs, or somebody gave its keys. */
	isPrivate: boolean
}

/** What the thread is asked. `live`: the last telegrams of the meter that a source names. */
export type Work =
	| { kind: 'analyse'; request: WorkbenchRequest; live?: Telegrams | undefined }
	| { kind: 'draft'; request: DraftRequest; live?: Telegrams | undefined }
	| { kind: 'profile'; name: string }
	| { kind: 'check'; name: string }
	| { kind: 'words' }
	| { kind: 'meter-kind'; name: string }
	| { kind: 'sample'; name: string; sample: string; request: SampleAdd; live?: Telegrams | undefined }
	| { kind: 'accept'; name: string; request: SampleAccept }
	| { kind: 'zip'; name: string; text: string }

/** A question with where profiles are: `folders` of the library, the one that is written to, and names of the outputs that are shown. */
export type Question = { folders: string[]; target: string | undefined; outputs: string[]; work: Work }

/** A file to be written. */
export type Written = { file: string; text: string }

/** Files to be written, and what was replaced in them. */
export type WrittenFiles = { files: Written[]; note?: string }

/** A profile as the library has it. */
export type FoundProfile = { text: string; file: string; folder: string; isOwn: boolean; isBuiltin: boolean; samples: string[] }

/** What the thread answers: bytes to be sent as they are (JSON, a zip), a thing, or why not. */
export type Answer = { bytes: Uint8Array } | { profile: FoundProfile } | { findings: Finding[] } | { written: WrittenFiles } | Refused

/** A message of the thread: it is ready for questions, or has answered the one that it has. */
export type Said = { kind: 'ready' } | { kind: 'answer'; answer: Answer }
