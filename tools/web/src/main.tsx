import '@fontsource-variable/figtree/wght.css'
import './style/base.css'
import './style/shell.css'
import { render } from 'preact'
import { begin } from './live.ts'
import { route } from './router.ts'
import { PLACES } from './routes.ts'
import { Shell } from './shell.tsx'
import './theme.ts'
import { firstLanguage } from './words/words.ts'

/** Shows the page in the visitor's language, and begins to listen. */
async function start(): Promise<void> {
	const app = document.getElementById('app')
	if (!app) return
	// All that the first view needs is asked for at once.
	void begin()
	PLACES[route.value.parts[0] ?? 'now']?.load().catch(() => undefined)
	await firstLanguage()
	render(<Shell />, app)
}

void start()
