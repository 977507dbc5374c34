import '@fontsource-variable/figtree/wght.css'
import './style/base.css'
import './style/shell.css'
import { render } from 'preact'
import { begin } from './live.ts'
import { Shell } from './shell.tsx'
import './theme.ts'
import { firstLanguage } from './words/words.ts'

/** Shows the page in the visitor's language, and begins to listen. */
async function start(): Promise<void> {
	const app = document.getElementById('app')
	if (!app) return
	void begin()
	await firstLanguage()
	render(<Shell />, app)
}

void start()
