import { openApi } from './openapi.ts'
import { unknown, value } from './reply.ts'
import type { Route } from './route.ts'
import { configRoutes } from './routes/config.ts'
import { meterRoutes } from './routes/meters.ts'
import { processRoutes } from './routes/process.ts'
import { sessionRoutes } from './routes/session.ts'
import { setupRoutes } from './routes/setup.ts'
import { telegramRoutes } from './routes/telegrams.ts'
import { workbenchRoutes } from './routes/workbench.ts'

/** The stream of events; it is no answer with an end. */
export const eventsRoute: Route = {
	method: 'get',
	path: '/events',
	right: 'look',
	summary: 'Sends what happens, as Server-Sent Events; the definition Events has their names and data',
	query: { log: { description: '1: lines of the log, too, for one who may change.', schema: { enum: ['1'] } } },
	answers: { 200: { types: ['text/event-stream'] }, 401: { value: 'Failure' }, 403: { value: 'Failure' }, 503: { value: 'Failure' } },
	reply: () => unknown('events', 'Only GET gives events.'),
}

const openApiRoute: Route = {
	method: 'get',
	path: '/openapi.json',
	right: 'none',
	summary: 'This description',
	answers: { 200: { description: 'OpenAPI 3.1.' } },
	reply: ({ site }) => value(openApi(routes, site.version)),
}

/** All routes below /api. */
export const routes: readonly Route[] = [
	...sessionRoutes,
	...meterRoutes,
	eventsRoute,
	...telegramRoutes,
	...configRoutes,
	...setupRoutes,
	...workbenchRoutes,
	...processRoutes,
	openApiRoute,
]
