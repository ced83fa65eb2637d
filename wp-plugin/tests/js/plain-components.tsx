/**
 * Core's components reduced to the elements they render, for tests. The real ones come from
 * WordPress at run time; the browser tests see those.
 */
import { useState } from 'react';
import type { ReactNode } from 'react';

interface ButtonProps {
	children?: ReactNode;
	text?: string;
	label?: string;
	href?: string;
	icon?: ReactNode;
	disabled?: boolean;
	className?: string;
	role?: string;
	onClick?: () => void;
	[ name: `aria-${ string }` ]: unknown;
}

const aria = ( props: object ): object =>
	Object.fromEntries( Object.entries( props ).filter( ( [ name ] ) => name.startsWith( 'aria-' ) ) );

export function Button( { children, text, label, href, icon, disabled, className, role, onClick, ...rest }: ButtonProps ) {
	const shared = { className, role, 'aria-label': label, ...aria( rest ) };
	if ( href ) {
		return <a { ...shared } href={ href }>{ text ?? children }</a>;
	}
	return (
		<button type="button" { ...shared } aria-disabled={ disabled } onClick={ disabled ? undefined : onClick }>
			{ icon }
			{ text ?? children }
		</button>
	);
}

export const MenuItem = ( { suffix, isSelected, ...props }: ButtonProps & { suffix?: ReactNode; isSelected?: boolean } ) => (
	<Button role="menuitem" { ...props } aria-checked={ isSelected } />
);

export const MenuGroup = ( { children }: { children?: ReactNode } ) => <div>{ children }</div>;

export const NavigableMenu = ( { children, role }: { children?: ReactNode; role?: string } ) => (
	<div role={ role }>{ children }</div>
);

interface Toggle {
	isOpen: boolean;
	onToggle: () => void;
	onClose: () => void;
}

export function Dropdown( {
	renderToggle,
	renderContent,
}: {
	renderToggle: ( toggle: Toggle ) => ReactNode;
	renderContent: ( toggle: Toggle ) => ReactNode;
} ) {
	const [ isOpen, setOpen ] = useState( false );
	const toggle = { isOpen, onToggle: () => setOpen( ! isOpen ), onClose: () => setOpen( false ) };
	return (
		<div>
			{ renderToggle( toggle ) }
			{ isOpen && renderContent( toggle ) }
		</div>
	);
}

export const Popover = ( { children }: { children?: ReactNode } ) => <div>{ children }</div>;

export const Modal = ( { title, children, onRequestClose }: { title: string; children?: ReactNode; onRequestClose: () => void } ) => (
	<div role="dialog" className="components-modal__frame" aria-label={ title }>
		<button type="button" aria-label="Close" onClick={ onRequestClose } />
		{ children }
	</div>
);
