import { bodies } from '../../../schema/types/bodies.ts'
import { LARGE } from '../body.ts'
import { given, isRefusal, ready, refusal, value } from '../reply.ts'
import { matchOf, type Route, taking, through } from '../route.ts'

const workbench = through(({ workbench }) => workbench, 'The workbench')
const failure = { value: 'Failure' }
const busy = { 422: failure, 429: failure, 503: failure }
const one = { 404: failure, ...busy }
/** Bytes of a profile with what is around it: each character may be an escape. */
const PROFILE = 400_000

/** The workbench: what a profile makes of telegrams, as it is being written. */
export const workbenchRoutes: Route[] = [
	{
		method: 'post',
		path: '/workbench',
		right: 'change',
		summary: 'Says what a profile makes of telegrams; nothing is written',
		answers: { 200: { value: 'WorkbenchAnswer' }, ...one },
		...taking('WorkbenchRequest', bodies.WorkbenchRequest, (ask, body) => workbench((door) => ready(door.analyse(body)))(ask), LARGE),
	},
	{
		method: 'get',
		path: '/workbench/words',
		right: 'change',
		summary: 'The words that an editor of profiles completes and explains',
		answers: { 200: { value: 'WorkbenchWords' }, ...busy },
		reply: workbench((door) => ready(door.words())),
	},
	{
		method: 'get',
		path: '/workbench/profiles/:name',
		right: 'change',
		summary: 'A profile to be edited',
		answers: { 200: { value: 'WorkbenchProfile' }, ...one },
		reply: workbench(async (door, ask) => {
			const found = await door.profile(ask.param('name'))
			return isRefusal(found) ? refusal(found) : { ...value(found), headers: { ETag: `"${found.etag}"` } }
		}),
	},
	{
		method: 'put',
		path: '/workbench/profiles/:name',
		right: 'change',
		summary:
			'Writes a profile into a folder of the user; If-Match names the text that was changed ("" for a new file), and 412 tells that it is another one by now',
		answers: { 200: { value: 'ProfileSaved' }, 409: failure, 412: failure, ...one },
		...taking(
			'ProfileSave',
			bodies.ProfileSave,
			(ask, { text }) =>
				workbench((door) => {
					if (ask.header('if-match') === undefined) return refusal(UNMATCHED)
					return given(door.save(ask.param('name'), text, matchOf(ask)))
				})(ask),
			PROFILE,
		),
	},
	{
		method: 'post',
		path: '/workbench/drafts',
		right: 'change',
		summary: 'The text of a profile to begin with; nothing is written',
		answers: { 200: { value: 'Draft' }, ...one },
		...taking('DraftRequest', bodies.DraftRequest, (ask, body) => workbench((door) => ready(door.draft(body)))(ask), LARGE),
	},
	{
		method: 'post',
		path: '/workbench/profiles/:name/samples/:sample',
		right: 'change',
		summary: 'Keeps telegrams as a recording of a profile, anonymized where they are of a meter',
		answers: { 200: { value: 'SamplesChanged' }, 409: failure, ...one },
		...taking(
			'SampleAdd',
			bodies.SampleAdd,
			(ask, body) => workbench((door) => given(door.addSample(ask.param('name'), ask.param('sample'), body)))(ask),
			LARGE + PROFILE,
		),
	},
	{
		method: 'post',
		path: '/workbench/profiles/:name/accept',
		right: 'change',
		summary: 'Takes the readings of now as those that the recordings of a profile are to give',
		answers: { 200: { value: 'SamplesChanged' }, 409: failure, ...one },
		...taking(
			'SampleAccept',
			bodies.SampleAccept,
			(ask, body) => workbench((door) => given(door.accept(ask.param('name'), body)))(ask),
			PROFILE,
		),
	},
	{
		method: 'post',
		path: '/workbench/profiles/:name/zip',
		right: 'change',
		summary: 'A contribution: the profile with its recordings, anonymized, and what is expected of them',
		answers: { 200: { types: ['application/zip'] }, ...one },
		...taking(
			'ZipRequest',
			bodies.ZipRequest,
			(ask, { text }) =>
				workbench(async (door) => {
					const found = await door.zip(ask.param('name'), text)
					if (isRefusal(found)) return refusal(found)
					return { status: 200, content: { type: 'application/zip', body: found.bytes, name: found.name } }
				})(ask),
			PROFILE,
		),
	},
	{
		method: 'get',
		path: '/profiles/:name',
		right: 'look',
		summary: 'All that a person wants to know of a kind of meter',
		answers: { 200: { value: 'MeterKind' }, ...one },
		reply: workbench((door, ask) => ready(door.kind(ask.param('name')))),
	},
]

const UNMATCHED = {
	refused: 'invalid',
	code: 'if-match',
	message: 'The request does not say which text it changes.',
	hint: 'Send the etag of GET /api/workbench/profiles/NAME as If-Match, or "" for a new one.',
} as const
