import { createRoot } from '@wordpress/element';
import { act } from 'react';
import { inboxApi } from '../../src/api/inbox-api';
import type { Boot } from '../../src/boot';
import { App } from '../../src/parts/app';
import { DeskProvider } from '../../src/state/context';
import { createDesk, type Desk } from '../../src/state/desk';
import type { FakeService } from './fake-service';
import { MemoryStorage } from './memory-storage';

export const BOOT: Boot = {
	user: { id: 5, name: 'Maya' },
	locale: 'en_US',
	isRtl: false,
	timeZone: 'Europe/Berlin',
	apiRoot: 'unified-inbox/v1/api',
	filesRoot: 'https://shop.example/wp-json/unified-inbox/v1/files/',
	settingsUrl: 'https://shop.example/settings',
	canManage: false,
	canRoute: false,
	canReply: true,
	paired: true,
};

export interface Screen {
	desk: Desk;
	root: HTMLElement;
	/** The first element whose text or label is this. */
	named: ( name: string, within?: ParentNode ) => HTMLElement;
	all: ( selector: string ) => HTMLElement[];
	text: ( selector: string ) => string;
	click: ( target: HTMLElement | string ) => Promise< void >;
	type: ( words: string, field?: string ) => Promise< void >;
	/** Chooses in the field that has this label. */
	select: ( label: string, value: string ) => Promise< void >;
	press: ( key: string, on?: EventTarget, more?: KeyboardEventInit ) => Promise< void >;
	/** Lets time pass, for what waits until nobody types. */
	wait: ( milliseconds: number ) => Promise< void >;
	/** Sends a form, as Enter in one of its fields would. */
	submit: ( form: string ) => Promise< void >;
	leave: () => void;
}

const nameOf = ( element: Element ): string =>
	( element.getAttribute( 'aria-label' ) ?? element.textContent ?? '' ).trim();

/** The whole screen over a service in memory, as an agent meets it. */
export async function openScreen( service: FakeService, hash = '', boot: Partial< Boot > = {} ): Promise< Screen > {
	window.location.hash = hash;
	const root = document.createElement( 'div' );
	document.body.append( root );
	const desk = createDesk( inboxApi( service.transport ), { ...BOOT, ...boot }, {
		location: window.location,
		storage: new MemoryStorage(),
		attention: () => ( { isHidden: false, isFocused: true } ),
		now: Date.now,
		// Words stay until a test dismisses them, and do not keep it waiting.
		wait: () => undefined,
	} );
	const react = createRoot( root );
	/** Does something and waits until everything it set going has come to rest. */
	const settled = ( run: () => void ) =>
		act( async () => {
			run();
			// Several turns: an answer may change the address, and the address the screen.
			for ( let turn = 0; turn < 4; turn++ ) {
				await new Promise< void >( ( resolve ) => setTimeout( resolve, 5 ) );
			}
		} );
	await settled( () => react.render( <DeskProvider value={ desk }><App /></DeskProvider> ) );

	const all = ( selector: string ) => Array.from( root.querySelectorAll< HTMLElement >( selector ) );
	const named = ( name: string, within: ParentNode = root ): HTMLElement => {
		const found = Array.from( within.querySelectorAll< HTMLElement >( 'button, a, input, textarea' ) ).find(
			( element ) => nameOf( element ) === name
		);
		if ( ! found ) {
			throw new Error( `Nothing on the screen is called "${ name }".` );
		}
		return found;
	};
	const set = ( field: HTMLTextAreaElement | HTMLInputElement, words: string ): void => {
		// React hears only what the prototype's own setter writes.
		Object.getOwnPropertyDescriptor( Object.getPrototypeOf( field ), 'value' )?.set?.call( field, words );
		field.dispatchEvent( new Event( 'input', { bubbles: true } ) );
	};
	return {
		desk,
		root,
		named,
		all,
		text: ( selector ) => all( selector ).map( ( element ) => element.textContent ).join( ' ' ),
		click: async ( target ) => {
			await settled( () => ( typeof target === 'string' ? named( target ) : target ).click() );
		},
		type: async ( words, field = '.uib-composer__field' ) => {
			await settled( () => set( all( field )[ 0 ] as HTMLTextAreaElement, words ) );
		},
		select: async ( label, value ) => {
			const { htmlFor } = all( 'label' ).find( ( one ) => one.textContent === label ) as HTMLLabelElement;
			const field = document.getElementById( htmlFor ) as HTMLSelectElement;
			await settled( () => {
				field.value = value;
				field.dispatchEvent( new Event( 'change', { bubbles: true } ) );
			} );
		},
		press: async ( key, on = document, more = {} ) => {
			await settled( () => {
				on.dispatchEvent( new KeyboardEvent( 'keydown', { key, bubbles: true, cancelable: true, ...more } ) );
			} );
		},
		wait: ( milliseconds ) => act( () => new Promise< void >( ( resolve ) => void setTimeout( resolve, milliseconds ) ) ),
		submit: async ( form ) => {
			await settled( () => void all( form )[ 0 ]?.dispatchEvent( new Event( 'submit', { bubbles: true, cancelable: true } ) ) );
		},
		leave: () => {
			act( () => react.unmount() );
			root.remove();
		},
	};
}
