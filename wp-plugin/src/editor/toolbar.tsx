import { useRef, useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import {
	formatBold,
	formatItalic,
	formatListBullets,
	formatListBulletsRTL,
	formatListNumbered,
	formatListNumberedRTL,
	Icon,
	image,
	link,
	quote,
} from '@wordpress/icons';
import type { EditorView } from 'prosemirror-view';
import type { KeyboardEvent } from 'react';
import { toggles, type Format } from './acts';

interface Tool {
	name: Format;
	label: string;
	keys: string;
	icon: JSX.Element;
}

/** The buttons in their order; lists are drawn for the side on which the page begins. */
function tools( isRtl: boolean ): Tool[] {
	return [
		{ name: 'bold', label: __( 'Bold', 'unified-inbox' ), keys: 'Ctrl+B', icon: formatBold },
		{ name: 'italic', label: __( 'Italic', 'unified-inbox' ), keys: 'Ctrl+I', icon: formatItalic },
		{ name: 'link', label: __( 'Link', 'unified-inbox' ), keys: 'Ctrl+K', icon: link },
		{
			name: 'bullets',
			label: __( 'Bulleted list', 'unified-inbox' ),
			keys: 'Ctrl+Shift+8',
			icon: isRtl ? formatListBulletsRTL : formatListBullets,
		},
		{
			name: 'numbers',
			label: __( 'Numbered list', 'unified-inbox' ),
			keys: 'Ctrl+Shift+7',
			icon: isRtl ? formatListNumberedRTL : formatListNumbered,
		},
		{ name: 'quote', label: __( 'Quote', 'unified-inbox' ), keys: 'Ctrl+Shift+9', icon: quote },
	];
}

/** One stop of the Tab key; arrows go from button to button (WAI-ARIA, pattern "toolbar"). */
function useArrows() {
	const [ current, setCurrent ] = useState( 0 );
	const onKeyDown = ( event: KeyboardEvent< HTMLElement > ): void => {
		const buttons = Array.from( event.currentTarget.querySelectorAll< HTMLElement >( 'button' ) );
		const isRtl = getComputedStyle( event.currentTarget ).direction === 'rtl';
		const here = buttons.indexOf( document.activeElement as HTMLElement );
		const steps: Record< string, number > = {
			ArrowRight: here + ( isRtl ? -1 : 1 ),
			ArrowLeft: here + ( isRtl ? 1 : -1 ),
			Home: 0,
			End: buttons.length - 1,
		};
		const next = steps[ event.key ];
		if ( next !== undefined && here >= 0 ) {
			event.preventDefault();
			const index = ( next + buttons.length ) % buttons.length;
			setCurrent( index );
			buttons[ index ]?.focus();
		}
	};
	return { current, setCurrent, onKeyDown };
}

function PictureButton( { onPictures, ...tab }: { onPictures: ( files: File[] ) => void; tabIndex: number; onFocus: () => void } ) {
	const input = useRef< HTMLInputElement >( null );
	const label = __( 'Put a picture into the text', 'unified-inbox' );
	return (
		<>
			<button type="button" className="uib-tool" aria-label={ label } title={ label } { ...tab } onClick={ () => input.current?.click() }>
				<Icon icon={ image } size={ 20 } />
			</button>
			<input
				ref={ input }
				type="file"
				accept="image/png,image/jpeg,image/gif,image/webp"
				multiple
				hidden
				tabIndex={ -1 }
				aria-label={ label }
				onChange={ ( event ) => {
					onPictures( Array.from( event.target.files ?? [] ) );
					// The same picture may be chosen again after it was removed.
					event.target.value = '';
				} }
			/>
		</>
	);
}

interface Props {
	view: EditorView;
	active: Record< Format, boolean >;
	isDisabled: boolean;
	onLink: () => void;
	onPictures?: ( files: File[] ) => void;
}

export function Toolbar( { view, active, isDisabled, onLink, onPictures }: Props ) {
	const { current, setCurrent, onKeyDown } = useArrows();
	const run = ( name: Format ): void => {
		if ( name === 'link' ) {
			onLink();
			return;
		}
		toggles[ name ]( view.state, view.dispatch, view );
		view.focus();
	};
	const list = tools( document.documentElement.dir === 'rtl' );
	return (
		<div
			className="uib-tools"
			role="toolbar"
			aria-label={ __( 'Formatting', 'unified-inbox' ) }
			onKeyDown={ onKeyDown }
			// The text keeps its selection when a button is pressed.
			onMouseDown={ ( event ) => event.preventDefault() }
		>
			{ list.map( ( { name, label, keys, icon }, index ) => (
				<button
					key={ name }
					type="button"
					className="uib-tool"
					aria-label={ label }
					aria-pressed={ active[ name ] }
					aria-disabled={ isDisabled }
					title={ `${ label } (${ keys })` }
					tabIndex={ index === current ? 0 : -1 }
					onFocus={ () => setCurrent( index ) }
					onClick={ () => isDisabled || run( name ) }
				>
					<Icon icon={ icon } size={ 20 } />
				</button>
			) ) }
			{ onPictures && ! isDisabled && (
				<PictureButton
					onPictures={ onPictures }
					tabIndex={ current === list.length ? 0 : -1 }
					onFocus={ () => setCurrent( list.length ) }
				/>
			) }
		</div>
	);
}
