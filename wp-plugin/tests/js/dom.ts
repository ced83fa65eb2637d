import { Window } from 'happy-dom';

/** A page for components to live in; import this before anything of React. */
const page = new Window( { url: 'https://shop.example/wp-admin/admin.php?page=unified-inbox', width: 1440, height: 900 } );

class NeverObserver {
	observe(): void {}
	disconnect(): void {}
}

const globals: Record< string, unknown > = {
	window: page,
	document: page.document,
	navigator: page.navigator,
	localStorage: page.localStorage,
	DOMParser: page.DOMParser,
	Element: page.Element,
	HTMLElement: page.HTMLElement,
	HTMLIFrameElement: page.HTMLIFrameElement,
	Event: page.Event,
	KeyboardEvent: page.KeyboardEvent,
	MouseEvent: page.MouseEvent,
	Node: page.Node,
	NodeFilter: page.NodeFilter,
	MutationObserver: page.MutationObserver,
	getComputedStyle: page.getComputedStyle.bind( page ),
	requestAnimationFrame: page.requestAnimationFrame.bind( page ),
	// Nothing has a size here, so there is nothing to observe.
	ResizeObserver: NeverObserver,
	IntersectionObserver: NeverObserver,
	IS_REACT_ACT_ENVIRONMENT: true,
};

for ( const [ name, value ] of Object.entries( globals ) ) {
	Object.defineProperty( globalThis, name, { value, configurable: true, writable: true } );
}
