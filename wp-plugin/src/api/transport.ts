import apiFetch from '@wordpress/api-fetch';
import { Problem, toProblem } from './problem';

export interface Call {
	method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
	path: string;
	query?: Record< string, string | number | null | undefined >;
	body?: unknown;
	/** A piece of a file, instead of a body. */
	bytes?: Blob;
	headers?: Record< string, string >;
	signal?: AbortSignal;
}

/** Sends one call and gives the JSON of its answer; throws a Problem. */
export type Transport = < T >( call: Call ) => Promise< T >;

/** `path?query` with the empty parts of the query left out. */
export function withQuery( path: string, query: Call[ 'query' ] = {} ): string {
	const given = Object.entries( query ).filter( ( [ , value ] ) => value !== null && value !== undefined );
	const text = given
		.map( ( [ name, value ] ) => `${ name }=${ encodeURIComponent( String( value ) ) }` )
		.join( '&' );
	return text ? `${ path }?${ text }` : path;
}

/** A body that is no JSON. As a PUT apiFetch would call it JSON all the same, so it says PUT itself. */
function asBytes( body: Blob, method: string, headers: Call[ 'headers' ] ) {
	const named = { 'X-HTTP-Method-Override': method, 'Content-Type': 'application/octet-stream' };
	return { method: 'POST', body, headers: { ...headers, ...named } };
}

declare global {
	interface Window {
		wp?: { heartbeat?: { connectNow: () => void } };
	}
}

/** apiFetch asks for a new nonce itself; where nobody is logged in it throws that answer as it came. */
function problemOf( thrown: unknown ): Problem {
	return thrown instanceof Response ? new Problem( 'rest_cookie_invalid_nonce', 403 ) : toProblem( thrown );
}

/** Milliseconds without a key until somebody is taken to have stopped typing. */
const TYPING_PAUSE = 1000;

let typedAt = -Infinity;
let asking: ReturnType< typeof setTimeout > | undefined;

/**
 * Core's dialog to log in again comes up over the page with its next heartbeat, which may be a
 * minute away; whoever writes now shall not wait for it. It takes the focus: in the middle of a
 * word the next letters would stand in its fields.
 */
function askToLogIn(): void {
	const pause = typedAt + TYPING_PAUSE - Date.now();
	if ( pause > 0 ) {
		clearTimeout( asking );
		asking = setTimeout( askToLogIn, pause );
	} else if ( ! document.querySelector( '#wp-auth-check-wrap:not(.hidden)' ) ) {
		window.wp?.heartbeat?.connectNow();
	}
}

const isLoggedOut = ( { code, status }: Problem ) => status === 401 || code === 'rest_cookie_invalid_nonce';

/**
 * The way through WordPress's REST proxy. apiFetch adds the nonce, renews it when it has
 * expired, and lets core's login dialog come up over the page.
 */
export function wordpressTransport( apiRoot: string ): Transport {
	document.addEventListener( 'keydown', () => ( typedAt = Date.now() ), true );
	const root = `/${ apiRoot.replace( /^\/|\/$/g, '' ) }`;
	return async < T >( { method = 'GET', path, query, body, bytes, headers, signal }: Call ) => {
		try {
			return await apiFetch< T >( {
				path: withQuery( root + path, query ),
				method,
				data: body,
				headers,
				...( bytes ? asBytes( bytes, method, headers ) : {} ),
				signal,
			} );
		} catch ( thrown ) {
			const problem = problemOf( thrown );
			if ( isLoggedOut( problem ) ) {
				askToLogIn();
			}
			throw problem;
		}
	};
}
