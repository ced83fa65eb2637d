import type { Attachment, Direction } from '../model';
import { directQuotes } from './direction';

/** No scripts and no forms, ever; same origin only so that we can measure the height. */
export const SANDBOX = 'allow-same-origin allow-popups allow-popups-to-escape-sandbox';

interface Mail {
	html: string;
	direction: Direction;
	attachments: readonly Attachment[];
	/** Where files come from, ending in a slash (or in `?rest_route=…/`). */
	filesRoot: string;
	showRemote: boolean;
}

const STYLE = `
:root{color-scheme:light;overflow-y:hidden}
body{margin:0;padding:2px;font:14px/1.6 -apple-system,BlinkMacSystemFont,"Segoe UI",Roboto,Oxygen-Sans,Ubuntu,Cantarell,"Helvetica Neue",sans-serif;color:#1e1e1e;overflow-wrap:anywhere}
img{max-width:100%}img:not([height]){height:auto}@media(max-width:480px){img[width]:not([data-held]){height:auto}}table{max-width:100%}pre{white-space:pre-wrap}a{color:#2271b1}
body:has(>.m--body){padding:0;font-size:medium;line-height:normal;overflow-wrap:break-word}
blockquote{margin:8px 0;padding-inline-start:12px;border-inline-start:2px solid #ddd;color:#50575e}
img[data-held]{display:inline-block;min-width:24px;min-height:24px;background:#f0f0f0;border:1px dashed #c3c4c7}
img[data-held]:is([width="0"],[height="0"],[width="1"],[height="1"]){display:none}
[data-mention]{border-radius:2px;background:#f0e2ab}
body>:first-child{margin-top:0}body>:last-child{margin-bottom:0}`;

/**
 * The address a remote picture may be loaded from, null where it may not: from public names over
 * https only, never from us, nor from an inner network. What mails still ask over http is asked
 * over https, as every host of pictures answers there too.
 */
export function remoteAddress( address: string, ownHost: string ): string | null {
	let url: URL;
	try {
		url = new URL( address );
	} catch {
		return null;
	}
	if ( url.protocol === 'http:' && ! url.port ) {
		url.protocol = 'https:';
	}
	const host = url.hostname.toLowerCase().replace( /\.$/, '' );
	const isNumber = /^[\d.]+$/.test( host ) || host.startsWith( '[' );
	const isInner = ! host.includes( '.' ) || /\.(local|localhost|internal|lan|home|intranet|arpa|test)$/.test( host );
	const isOurs = host === ownHost.toLowerCase() || url.username !== '';
	return url.protocol === 'https:' && ! isNumber && ! isInner && ! isOurs ? url.href : null;
}

function contentPolicy( filesRoot: string, showRemote: boolean ): string {
	const { origin, pathname } = new URL( filesRoot, window.location.href );
	const images = `data: ${ origin }${ pathname }${ showRemote ? ' https:' : '' }`;
	return `default-src 'none'; style-src 'unsafe-inline'; img-src ${ images }; form-action 'none'; base-uri 'none'`;
}

/** A Content-ID as the address bar would spell it, or as it stands where the escapes are broken. */
function decoded( contentId: string ): string {
	try {
		return decodeURIComponent( contentId );
	} catch {
		return contentId;
	}
}

function placeImages( page: Document, mail: Mail ): void {
	const byContentId = new Map( mail.attachments.map( ( file ) => [ file.content_id, file ] ) );
	page.querySelectorAll( 'img' ).forEach( ( image ) => {
		const cid = image.getAttribute( 'src' )?.match( /^cid:(.+)$/i )?.[ 1 ];
		const file = cid && byContentId.get( decoded( cid ) );
		if ( file ) {
			image.src = mail.filesRoot + encodeURIComponent( file.file_token );
		}
	} );
}

/** Shows the held-back pictures where that was asked for, and marks the places of the others. */
function placeRemote( page: Document, mail: Mail ): void {
	const allowed = ( address: string | null ): string | null =>
		address && mail.showRemote ? remoteAddress( address, window.location.hostname ) : null;
	page.querySelectorAll< HTMLImageElement >( 'img[data-remote-src]' ).forEach( ( image ) => {
		const address = allowed( image.getAttribute( 'data-remote-src' ) );
		if ( address ) {
			image.src = address;
		} else {
			image.setAttribute( 'data-held', '' );
		}
	} );
	page.querySelectorAll< HTMLElement >( '[data-remote-background]' ).forEach( ( place ) => {
		const address = allowed( place.getAttribute( 'data-remote-background' ) );
		if ( address ) {
			place.style.backgroundImage = `url(${ JSON.stringify( address ) })`;
		}
	} );
	placeBehind( page, allowed );
}

/**
 * Lets the variables that the service put into the mail's styles be the pictures they stand for;
 * unset, they show nothing.
 */
function placeBehind( page: Document, allowed: ( address: string ) => string | null ): void {
	page.querySelectorAll< HTMLElement >( '[data-pictures]' ).forEach( ( body ) => {
		( body.getAttribute( 'data-pictures' ) ?? '' ).split( ' ' ).forEach( ( held, number ) => {
			const address = allowed( held );
			if ( address ) {
				body.style.setProperty( `--p${ number }`, `url(${ JSON.stringify( address ) })` );
			}
		} );
	} );
}

/** Takes the mail's own style sheet, which the service has filtered, out of its attribute. */
function takeSheet( page: Document ): string {
	return [ ...page.querySelectorAll( '[data-sheet]' ) ]
		.map( ( body ) => {
			const sheet = body.getAttribute( 'data-sheet' ) ?? '';
			body.removeAttribute( 'data-sheet' );
			// No selector and no value that may stay has one: it could only end the element.
			return sheet.includes( '<' ) ? '' : sheet;
		} )
		.join( '\n' );
}

/**
 * The document of the frame that shows one mail: the HTML the service has already cleaned,
 * under a policy that would stop what cleaning missed.
 */
export function frameDocument( mail: Mail ): string {
	const page = new DOMParser().parseFromString( mail.html, 'text/html' );
	const sheet = takeSheet( page );
	placeImages( page, mail );
	placeRemote( page, mail );
	directQuotes( page );
	page.querySelectorAll( 'a[href]' ).forEach( ( link ) => {
		link.setAttribute( 'target', '_blank' );
		link.setAttribute( 'rel', 'noopener noreferrer' );
	} );
	const policy = contentPolicy( mail.filesRoot, mail.showRemote );
	return (
		`<!doctype html><html dir="${ mail.direction }"><head><meta charset="utf-8">` +
		`<meta http-equiv="Content-Security-Policy" content="${ policy }">` +
		`<meta name="referrer" content="no-referrer"><meta http-equiv="x-dns-prefetch-control" content="off">` +
		`<style>${ STYLE }</style><style>${ sheet }</style></head>` +
		`<body>${ page.body.innerHTML }</body></html>`
	);
}
