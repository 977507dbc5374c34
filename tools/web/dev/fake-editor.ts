import { builtinProfiles, readLibrary } from '../../../engine/profile/library.ts'
import { wordsOf } from '../../../engine/workbench/words.ts'
import type { Route } from './fake.ts'

/** The route of the editor's words, of the profiles that come with the package. */
export function editorRoutes(): Route[] {
	const words = wordsOf(readLibrary([builtinProfiles]))
	return [['GET', /^workbench\/words$/, () => words]]
}
