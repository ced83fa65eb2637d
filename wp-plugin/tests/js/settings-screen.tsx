import { createRoot } from '@wordpress/element';
import { act } from 'react';
import { savedRepliesApi } from '../../src/api/saved-replies-api';
import { accessApi } from '../../src/settings/access/access-api';
import { settingsApi } from '../../src/settings/api';
import type { SettingsBoot } from '../../src/settings/boot';
import { SettingsProvider } from '../../src/settings/context';
import { App } from '../../src/settings/parts/app';
import { notices } from '../../src/state/notices';
import { FakeBrowser, type FakeSettings } from './fake-settings';

export const BOOT: SettingsBoot = {
	apiRoot: 'unified-inbox/v1/api',
	siteRoot: 'unified-inbox/v1',
	canManage: true,
	canRoute: true,
	redirectUri: 'https://shop.example/wp-admin/admin-post.php?action=unified_inbox_oauth',
	pushAddress: 'https://shop.example/wp-json/unified-inbox/v1/push/gmail',
	siteMoved: false,
	paired: true,
	statusPageUrl: null,
	locale: 'en_US',
	timeZone: 'Europe/Berlin',
	isRtl: false,
};

export interface SettingsScreen {
	browser: FakeBrowser;
	root: HTMLElement;
	text: ( selector?: string ) => string;
	all: ( selector: string ) => HTMLElement[];
	/** Presses what is called this. */
	press: ( name: string ) => Promise< void >;
	/** Writes into, or chooses in, the field with this label. */
	fill: ( label: string, value: string ) => Promise< void >;
	/** Sends the form, as Enter in one of its fields would. */
	send: ( place?: number ) => Promise< void >;
	/** Does something and waits until everything it set going has come to rest. */
	settled: ( run: () => void ) => Promise< void >;
	leave: () => void;
}

const nameOf = ( element: Element ): string =>
	( element.getAttribute( 'aria-label' ) ?? element.textContent ?? '' ).trim();

function write( field: HTMLInputElement, value: string ): void {
	const isChoice = field.tagName === 'SELECT';
	// React hears only what the prototype's own setter writes.
	Object.getOwnPropertyDescriptor( Object.getPrototypeOf( field ), 'value' )?.set?.call( field, value );
	field.dispatchEvent( new Event( isChoice ? 'change' : 'input', { bubbles: true } ) );
}

/** The settings over a service in memory, as a manager meets them. */
export async function openSettings(
	service: FakeSettings,
	hash = '',
	boot: Partial< SettingsBoot > = {}
): Promise< SettingsScreen > {
	window.location.hash = hash;
	const root = document.createElement( 'div' );
	document.body.append( root );
	const browser = new FakeBrowser();
	const settings = {
		api: settingsApi( service.transport ),
		replies: savedRepliesApi( service.transport ),
		access: accessApi( service.transport, service.transport, service.transport ),
		boot: { ...BOOT, ...boot },
		browser,
		notices: notices( () => undefined ),
		begun: new Map(),
	};
	const react = createRoot( root );
	const settled = ( run: () => void ) =>
		act( async () => {
			run();
			// Several turns: an answer may change the address, and the address the screen.
			for ( let turn = 0; turn < 4; turn++ ) {
				await new Promise< void >( ( resolve ) => setTimeout( resolve, 5 ) );
			}
		} );
	await settled( () => react.render( <SettingsProvider value={ settings }><App /></SettingsProvider> ) );

	const all = ( selector: string ) => Array.from( root.querySelectorAll< HTMLElement >( selector ) );
	const find = ( what: string, name: string, found: HTMLElement | undefined ): HTMLElement => {
		if ( ! found ) {
			throw new Error( `No ${ what } is called "${ name }".` );
		}
		return found;
	};
	const labelled = ( name: string ): HTMLElement => {
		const label = all( 'label' ).find( ( one ) => nameOf( one ) === name );
		const id = label?.getAttribute( 'for' );
		const inside = label?.querySelector< HTMLElement >( 'input' ) ?? undefined;
		return find( 'field', name, id ? all( 'input, select, textarea' ).find( ( one ) => one.id === id ) : inside ?? all( `[aria-label="${ name }"]` )[ 0 ] );
	};
	return {
		browser,
		root,
		all,
		text: ( selector = '.uibs' ) => all( selector ).map( ( element ) => element.textContent ).join( ' ' ),
		press: async ( name ) => {
			const button = all( 'button, a' ).find( ( element ) => nameOf( element ) === name );
			const target = button ?? labelled( name );
			const href = target.getAttribute( 'href' );
			await settled( () => ( href?.startsWith( '#' ) ? browser.go( href ) : target.click() ) );
		},
		fill: ( label, value ) => settled( () => write( labelled( label ) as HTMLInputElement, value ) ),
		send: ( place = 0 ) =>
			settled( () => all( 'form' )[ place ]?.dispatchEvent( new Event( 'submit', { bubbles: true, cancelable: true } ) ) ),
		settled,
		leave: () => {
			act( () => react.unmount() );
			root.remove();
		},
	};
}
