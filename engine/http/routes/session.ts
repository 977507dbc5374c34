import type { Session } from '../../../schema/types/api.ts'
import { bodies } from '../../../schema/types/bodies.ts'
import type { SignedIn } from '../access.ts'
import { isRefusal, type Reply, refusal, value } from '../reply.ts'
import { type Ask, type Route, taking } from '../route.ts'
import type { Refusal } from '../site.ts'

/** Tells a caller what it may do here. */
function sessionOf({ site: { version, demo }, access, caller: { isLocal, isIngress } }: Ask, rights: Session['rights']): Session {
	const { change, look } = access.set
	return {
		version,
		needed: !isLocal && !isIngress,
		rights,
		passwordSet: change,
		lookSet: look,
		kept: access.isKept,
		...(demo === true && { demo }),
	}
}

/** Answers a sign-in: with a cookie, or why not. */
function signedIn(ask: Ask, outcome: SignedIn | Refusal): Reply {
	if (isRefusal(outcome)) return refusal(outcome)
	ask.keep(outcome.secret)
	// On the machine itself all may be done, whatever the password gives.
	return value(sessionOf(ask, ask.caller.isLocal || ask.caller.isIngress ? 'change' : outcome.right))
}

/** Signing in and out, and the passwords. */
export const sessionRoutes: Route[] = [
	{
		method: 'get',
		path: '/session',
		right: 'none',
		summary: 'The rights of the caller here',
		answers: { 200: { value: 'Session' } },
		reply: (ask) => value(sessionOf(ask, ask.right)),
	},
	{
		method: 'post',
		path: '/session',
		right: 'none',
		summary: 'Signs in: the answer sets a cookie',
		answers: { 200: { value: 'Session' }, 401: { value: 'Failure' }, 429: { value: 'Failure' } },
		...taking('SignIn', bodies.SignIn, async (ask, { password }) => signedIn(ask, await ask.access.signIn(password, ask.caller))),
	},
	{
		method: 'delete',
		path: '/session',
		right: 'none',
		summary: 'Signs out',
		answers: { 200: { value: 'Session' } },
		reply(ask) {
			if (ask.secret !== undefined) ask.access.signOut(ask.secret)
			ask.keep(undefined)
			return value(sessionOf(ask, ask.caller.isLocal || ask.caller.isIngress ? 'change' : 'none'))
		},
	},
	{
		method: 'post',
		path: '/passwords',
		right: 'none',
		summary: 'Sets the passwords, for one who may change or has the one-time link; sessions of a password that is replaced end',
		answers: { 200: { value: 'Session' }, 401: { value: 'Failure' }, 422: { value: 'Failure' }, 429: { value: 'Failure' } },
		...taking('Passwords', bodies.Passwords, async (ask, body) =>
			signedIn(ask, await ask.access.setPasswords(body, ask.right === 'change', ask.caller)),
		),
	},
]
