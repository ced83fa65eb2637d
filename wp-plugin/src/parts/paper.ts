/** What is on the screen, as a page of its own that nothing can run in, for the printer alone. */
const SANDBOX = 'allow-same-origin allow-modals';

const loaded = ( what: HTMLElement ): Promise< unknown > => new Promise( ( resolve ) => what.addEventListener( 'load', resolve, { once: true } ) );

function blankPage(): string {
	const { origin } = window.location;
	const ours = `style-src 'unsafe-inline' ${ origin }; font-src data: ${ origin }; img-src data: https: ${ origin }`;
	const policy = `default-src 'none'; ${ ours }; form-action 'none'; base-uri 'none'`;
	const styles = [ ...document.querySelectorAll( 'link[rel=stylesheet]' ) ].map( ( { outerHTML } ) => outerHTML );
	return `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${ policy }">${ styles.join( '' ) }<body>`;
}

/**
 * A mail on paper: what its frame shows, in a tree of its own. So it flows from one sheet to the
 * next, which a frame cannot, and its styles reach nothing else. The sandbox and the policy of the
 * whole page hold for it as those of its frame do.
 */
function mailOn( page: Document, { contentDocument }: HTMLIFrameElement ): HTMLElement {
	const mail = page.createElement( 'div' );
	mail.className = 'uib-paper__mail';
	if ( contentDocument ) {
		mail.attachShadow( { mode: 'open' } ).append( page.importNode( contentDocument.documentElement, true ) );
	}
	return mail;
}

function copyOf( part: Element, page: Document ): Element {
	const copy = page.importNode( part, true );
	const frames = part.querySelectorAll( 'iframe' );
	copy.querySelectorAll( 'iframe' ).forEach( ( frame, place ) => frame.replaceWith( mailOn( page, frames[ place ]! ) ) );
	return copy;
}

function picturesOf( page: Document ): HTMLImageElement[] {
	const mails = [ ...page.querySelectorAll( '.uib-paper__mail' ) ].flatMap( ( { shadowRoot } ) => shadowRoot ?? [] );
	return [ page, ...mails ].flatMap( ( tree ) => [ ...tree.querySelectorAll( 'img' ) ] );
}

/** Puts parts of the screen on paper; their pictures may still be on the way. */
export async function paperOf( parts: Iterable< Element > ): Promise< HTMLIFrameElement > {
	const paper = document.createElement( 'iframe' );
	paper.className = 'uib-paper';
	paper.setAttribute( 'sandbox', SANDBOX );
	paper.setAttribute( 'aria-hidden', 'true' );
	paper.tabIndex = -1;
	paper.srcdoc = blankPage();
	document.body.append( paper );
	await loaded( paper );
	const page = paper.contentDocument!;
	const { lang, dir } = document.documentElement;
	Object.assign( page.documentElement, { lang, dir } );
	page.title = document.title;
	page.body.className = `${ document.body.className } uib-is-printing`;
	page.body.append( ...[ ...parts ].map( ( part ) => copyOf( part, page ) ) );
	return paper;
}

/** Until every picture of a paper is here, or known not to come. */
export async function pictured( { contentDocument }: HTMLIFrameElement ): Promise< void > {
	const pictures = contentDocument ? picturesOf( contentDocument ) : [];
	await Promise.all(
		pictures.map( ( picture ) => {
			picture.loading = 'eager';
			return picture.decode().catch( () => undefined );
		} )
	);
}
