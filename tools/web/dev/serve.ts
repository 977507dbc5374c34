import { fileURLToPath } from 'node:url'
import { type Scene, startFake } from './fake.ts'
import { editorRoutes } from './fake-editor.ts'
import { flowRoutes } from './fake-flows.ts'
import { workbenchRoutes } from './fake-workbench.ts'

/** `npm run web [-- SCENE [PORT]]`: shows the built page (`npm run build:web`) with made-up meters: one, four, empty, silent, broker, new. */
const [scene = 'one', port = '8180'] = process.argv.slice(2)
const { url } = await startFake({
	scene: scene as Scene,
	port: Number(port),
	session: { demo: true },
	routes: [...workbenchRoutes(), ...editorRoutes(), ...(await flowRoutes())],
})
console.log(`${scene}: ${url} (${fileURLToPath(new URL('../../../dist/web/', import.meta.url))})`)
