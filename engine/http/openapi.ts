import { readFileSync } from 'node:fs'
import { packageRoot } from '../files/package.ts'
import { answersOf, type QueryPart, type Route } from './route.ts'

type Schema = { definitions: Record<string, object> } & Record<string, unknown>

const read = (name: string) => JSON.parse(readFileSync(new URL(`schema/${name}.schema.json`, packageRoot), 'utf8')) as Schema
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })

/** Describes the API for programs (OpenAPI 3.1): the routes, and the schemas of what they take and give. */
export function openApi(routes: readonly Route[], version: string): object {
	const { definitions } = read('api')
	const { $schema, $id, definitions: parts, ...diagnostics } = read('diagnostics')
	const schemas = relocated({ ...definitions, Diagnostics: diagnostics, ...parts })
	const paths: Record<string, Record<string, object>> = {}
	for (const route of routes) {
		const path = route.path.replace(/:(\w+)/g, '{$1}')
		paths[path] = { ...paths[path], [route.method]: operation(route) }
	}
	return {
		openapi: '3.1.0',
		info: {
			title: 'cii2mqtt',
			version,
			description:
				'The API of the page; programs may use it, too. On the machine itself nothing is asked for; from elsewhere POST /session gives a cookie. Requests with a body are JSON. Errors have the form of Failure.',
		},
		servers: [{ url: '.', description: 'The folder of this document: /api, below the path of a proxy.' }],
		components: {
			schemas,
			securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'cii2mqtt_main', description: 'cii2mqtt_<instance>' } },
		},
		paths,
	}
}

function operation(route: Route): object {
	const { path, method, summary, right, body, query = {} } = route
	const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }))
	const inQuery = Object.entries(query).map(([name, part]: [string, QueryPart]) => ({ name, in: 'query', ...part }))
	const parameters = [...inPath, ...inQuery]
	return {
		operationId: `${method}${path.replace(/[/:]+(\w)/g, (_, first: string) => first.toUpperCase())}`,
		summary,
		...(right === 'none' ? {} : { description: right === 'look' ? 'Needs the right to look.' : 'Needs the right to change.' }),
		...(right === 'none' ? {} : { security: [{ session: [] }, {}] }),
		...(parameters.length > 0 && { parameters }),
		...(body && { requestBody: { required: true, content: { 'application/json': { schema: ref(body.name) } } } }),
		responses: Object.fromEntries(Object.entries(answersOf(route)).map(([status, answer]) => [status, response(Number(status), answer)])),
	}
}

function response(status: number, { value, types = [], description }: Route['answers'][number]): object {
	const content = {
		...(value !== undefined && { 'application/json': { schema: ref(value) } }),
		...Object.fromEntries(types.map((type) => [type, { schema: { type: 'string' } }])),
	}
	return { description: description ?? MEANINGS[status] ?? 'Answered.', ...(Object.keys(content).length > 0 && { content }) }
}

const MEANINGS: Record<number, string> = {
	200: 'As asked for.',
	202: 'It goes on.',
	204: 'Done.',
	400: 'The request cannot be understood.',
	401: 'Sign in.',
	403: 'This needs the right to change.',
	404: 'There is no such thing.',
	409: 'It does not fit what is there.',
	413: 'The body is too long.',
	415: 'The body is not JSON.',
	412: 'Somebody else has changed it meanwhile.',
	422: 'It is wrong; the answer says what.',
	429: 'Too much at once, or too often.',
	503: 'Not here, or not now.',
}

/** Points references at where the schemas stand in the document. */
function relocated(schemas: object): object {
	const text = JSON.stringify(schemas)
		.replaceAll('"#/definitions/', '"#/components/schemas/')
		.replaceAll('"diagnostics.schema.json"', '"#/components/schemas/Diagnostics"')
	return JSON.parse(text) as object
}
