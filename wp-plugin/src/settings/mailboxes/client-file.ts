/** What Google's console offers for download, read in the browser: nothing but its values leave the page. */

export interface ClientKeys {
	client_id: string;
	client_secret: string;
	project?: string;
}

function parsed( text: string ): Record< string, unknown > | null {
	try {
		const value: unknown = JSON.parse( text );
		return typeof value === 'object' && value !== null && ! Array.isArray( value )
			? ( value as Record< string, unknown > )
			: null;
	} catch {
		return null;
	}
}

const isText = ( value: unknown ): value is string => typeof value === 'string' && value !== '';

/** The keys in a client_secret_….json; null for anything else. */
export function clientKeys( text: string ): ClientKeys | null {
	const web = parsed( text )?.web as Record< string, unknown > | undefined;
	if ( ! web || ! isText( web.client_id ) || ! isText( web.client_secret ) ) {
		return null;
	}
	const { client_id, client_secret, project_id: project } = web;
	return { client_id, client_secret, ...( isText( project ) ? { project } : {} ) };
}

/** The key of a service account; null for anything else. */
export function serviceAccountKey( text: string ): ( Record< string, unknown > & { client_email: string } ) | null {
	const key = parsed( text );
	return key?.type === 'service_account' && isText( key.private_key ) && isText( key.client_email )
		? ( key as Record< string, unknown > & { client_email: string } )
		: null;
}
