/** What a document did or shows that no mail may, in words; run in the page that holds the frames. */
window.judge = ( frame ) => {
	const inner = frame.contentDocument;
	const found = new Set();
	const body = inner?.querySelector( 'body' ); // not inner.body: a picture may bear that name
	if ( ! body ) {
		return [ 'load: went elsewhere' ];
	}
	const forms = 'form, input, button, select, textarea, dialog, [contenteditable], [formaction], [popover]';
	inner.querySelectorAll( forms ).forEach( ( one ) => found.add( `form: ${ one.localName }` ) );
	const active = 'script, iframe, object, embed, svg, math, video, audio, link, base, template';
	body.querySelectorAll( active ).forEach( ( one ) => found.add( `active: ${ one.localName }` ) );
	inner.querySelectorAll( '[*|href]' ).forEach( ( one ) => {
		const address = one.href?.baseVal ?? one.href ?? one.getAttribute( 'href' );
		if ( ! /^(https?|mailto|tel):/.test( address ) ) {
			found.add( `link: ${ one.localName }` );
		}
	} );
	body.querySelectorAll( inner.getElementById( 'mail' ) ? '#mail *' : '*' ).forEach( ( one ) => {
		[ ...one.attributes ].forEach( ( { name } ) => name.startsWith( 'on' ) && found.add( `script: ${ name }` ) );
		names( one ).forEach( ( name ) => found.add( `name: ${ name }` ) );
		covers( one ).forEach( ( way ) => found.add( `overlay: ${ way }` ) );
	} );
	inner.querySelectorAll( '.desk' ).forEach( ( desk ) => covered( inner, desk ) && found.add( 'overlay: the desk' ) );
	return [ ...found ];
};

function names( element ) {
	const given = [ ...element.classList, element.id, element.getAttribute( 'name' ) ?? '' ];
	const kept = /^(m-.*|gmail_quote|mail|)$/;
	return [ ...given.filter( ( name ) => ! kept.test( name ) ), ...( element.hasAttribute( 'slot' ) ? [ 'slot' ] : [] ) ];
}

/** How the element, as it is drawn, leaves its place or grows beyond sense. */
function covers( element ) {
	const view = element.ownerDocument.defaultView;
	const style = view.getComputedStyle( element );
	const unlike = {
		position: 'static', transform: 'none', zIndex: 'auto', translate: 'none', scale: 'none', rotate: 'none',
		filter: 'none', backdropFilter: 'none', animationName: 'none', zoom: '1', offsetPath: 'none', pointerEvents: 'auto',
	};
	const ways = Object.keys( unlike ).filter( ( name ) => style[ name ] && style[ name ] !== unlike[ name ] );
	const cursor = element.closest( 'a' ) ? [] : [ style.cursor ].filter( ( one ) => one !== 'auto' );
	const margins = [ 'Top', 'Left', 'Right', 'Bottom' ].map( ( side ) => parseFloat( style[ `margin${ side }` ] ) );
	const small = [ style.textIndent, style.letterSpacing ].map( ( one ) => parseFloat( one ) || 0 );
	const outline = style.outlineStyle === 'none' ? '' : style.outlineWidth;
	const far = `${ style.boxShadow } ${ style.textShadow } ${ outline } ${ style.verticalAlign }`;
	const distances = ( far.match( /-?[\d.]+(?=px)/g ) ?? [] ).map( ( one ) => Math.abs( Number( one ) ) );
	const { width, height } = element.getBoundingClientRect();
	const ofTheWindow = /\d[dsl]?v(h|w|min|max)\b/.test( element.style.cssText + sheetOf( element ) );
	return [
		...ways,
		...cursor,
		...( Math.min( ...margins, ...small ) < -6 ? [ 'pulled' ] : [] ),
		...( distances.some( ( one ) => one > 150 ) ? [ 'paints far away' ] : [] ),
		...( width > 4_100 || height > 20_000 || parseFloat( style.fontSize ) > 250 ? [ 'size' ] : [] ),
		...( ofTheWindow ? [ 'sized by the window' ] : [] ),
	];
}

function sheetOf( element ) {
	const styles = [ ...element.ownerDocument.querySelectorAll( 'body style, style[data-mail]' ) ];
	return styles.map( ( style ) => style.textContent ).join( '' );
}

/** Whether anything of the mail lies over the desk's own strip. */
function covered( inner, desk ) {
	const { left, top, width, height } = desk.getBoundingClientRect();
	return [ 0.1, 0.5, 0.9 ].some( ( across ) => [ 0.2, 0.8 ].some( ( down ) => {
		const hit = inner.elementFromPoint( left + width * across, top + height * down );
		return hit && ! desk.contains( hit ) && hit.closest( '#mail' );
	} ) );
}
