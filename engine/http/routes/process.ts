import { failure, value } from '../reply.ts'
import type { Route } from '../route.ts'
import { diagnosticsView } from '../views.ts'

const LEVELS = ['info', 'warn', 'error'] as const

/** The process: how it is, what it says, what it can read. */
export const processRoutes: Route[] = [
	{
		method: 'get',
		path: '/profiles',
		right: 'look',
		summary: 'All profiles, built-in ones and your own',
		answers: { 200: { value: 'ProfileList' } },
		reply: ({ site }) => value({ profiles: site.profiles() }),
	},
	{
		method: 'get',
		path: '/diagnostics',
		right: 'look',
		summary: 'How the process is, and what is counted of each meter',
		answers: { 200: { value: 'DiagnosticsAnswer' } },
		reply: ({ site }) => value(diagnosticsView(site)),
	},
	{
		method: 'get',
		path: '/log',
		right: 'change',
		summary: 'The last lines of the log',
		query: {
			after: { description: 'Only lines behind this number.', schema: { type: 'integer', minimum: 0, default: 0 } },
			level: { description: 'Only lines of this level and above.', schema: { enum: [...LEVELS], default: 'info' } },
		},
		answers: { 200: { value: 'LogEntries' }, 400: { value: 'Failure' } },
		reply({ site, query }) {
			const [after = '0', wanted = 'info'] = [query('after'), query('level')]
			const level = LEVELS.find((one) => one === wanted)
			if (!/^\d{1,15}$/.test(after) || level === undefined)
				return failure(400, { code: 'log', message: '"after" is a number, and "level" one of info, warn, error.' })
			return value({ entries: site.log.recent(Number(after), level) })
		},
	},
]
