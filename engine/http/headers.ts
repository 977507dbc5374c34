/**
 * The headers of every answer: nothing is loaded from elsewhere, no text is taken for a script, no other page may show this one or read from it.
 */
export const HEADERS: Readonly<Record<string, string>> = {
	'Content-Security-Policy': [
		"default-src 'none'",
		"script-src 'self'",
		"style-src 'self'",
		"img-src 'self'",
		"font-src 'self'",
		"connect-src 'self'",
		"manifest-src 'self'",
		"form-action 'none'",
		"base-uri 'none'",
		"frame-ancestors 'self'",
	].join('; '),
	'X-Content-Type-Options': 'nosniff',
	'Referrer-Policy': 'no-referrer',
	'Cross-Origin-Resource-Policy': 'same-origin',
	'Cross-Origin-Opener-Policy': 'same-origin',
	'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
}
