import { fileURLToPath } from 'node:url'
import { type Scene, startFake } from './fake.ts'
import { flowRoutes } from './fake-flows.ts'
import { fakeWorkbench } from './fake-workbench.ts'

/** `npm run web [-- SCENE [PORT]]`: shows the built page (`npm run build:web`) with made-up meters: one, four, empty, silent, broker, new. */
const [scene = 'one', port = '8180'] = process.argv.slice(2)
/** The profile of the made-up meter, in the visitor's folder. */
const OWN = '{\n\t// The meter of the house.\n\t"title": "Haus Sonnenweg",\n\t"version": "1.2.0",\n\t"extends": "aew-e450"\n}\n'
const { url } = await startFake({
	scene: scene as Scene,
	port: Number(port),
	session: { demo: true },
	routes: [...fakeWorkbench({ own: { 'house-e450': OWN } }).routes, ...(await flowRoutes())],
})
console.log(`${scene}: ${url} (${fileURLToPath(new URL('../../../dist/web/', import.meta.url))})`)
