/**
 * The few components of core we use, with the properties we use.
 * The package itself is 150 MB of dependencies that never reach our bundle.
 */
declare module '@wordpress/components' {
	import type { AriaAttributes, MouseEvent, ReactNode, Ref } from 'react';

	export interface ButtonProps extends AriaAttributes {
		children?: ReactNode;
		className?: string;
		description?: string;
		disabled?: boolean;
		accessibleWhenDisabled?: boolean;
		href?: string;
		icon?: ReactNode;
		iconSize?: number;
		isBusy?: boolean;
		isDestructive?: boolean;
		isPressed?: boolean;
		label?: string;
		onClick?: ( event: MouseEvent< HTMLElement > ) => void;
		ref?: Ref< HTMLButtonElement >;
		role?: string;
		shortcut?: string;
		showTooltip?: boolean;
		size?: 'default' | 'compact' | 'small';
		target?: string;
		text?: string;
		tooltipPosition?: string;
		type?: 'button' | 'submit';
		variant?: 'primary' | 'secondary' | 'tertiary' | 'link';
		__next40pxDefaultSize?: boolean;
	}
	export const Button: ( props: ButtonProps ) => JSX.Element;

	export interface ToggleProps {
		isOpen: boolean;
		onToggle: () => void;
		onClose: () => void;
	}
	export const Dropdown: ( props: {
		className?: string;
		contentClassName?: string;
		focusOnMount?: boolean | 'firstElement';
		popoverProps?: Record< string, unknown >;
		renderToggle: ( toggle: ToggleProps ) => ReactNode;
		renderContent: ( toggle: ToggleProps ) => ReactNode;
	} ) => JSX.Element;

	export const Popover: ( props: {
		className?: string;
		anchor?: { ownerDocument: Document; getBoundingClientRect: () => DOMRect } | null;
		placement?: string;
		focusOnMount?: boolean | 'firstElement';
		animate?: boolean;
		children?: ReactNode;
	} ) => JSX.Element;

	export const MenuGroup: ( props: { label?: string; children?: ReactNode } ) => JSX.Element;
	export const NavigableMenu: ( props: {
		children?: ReactNode;
		role?: string;
		className?: string;
	} ) => JSX.Element;
	export const MenuItem: (
		props: ButtonProps & { isSelected?: boolean; info?: string; suffix?: ReactNode }
	) => JSX.Element;

	export const Modal: ( props: {
		title: string;
		onRequestClose: () => void;
		children?: ReactNode;
		className?: string;
		size?: 'small' | 'medium' | 'large';
		isFullScreen?: boolean;
		focusOnMount?: boolean | 'firstElement' | 'firstContentElement';
	} ) => JSX.Element;

	export const Tooltip: ( props: {
		text: string;
		children: ReactNode;
		delay?: number;
	} ) => JSX.Element;

	export const VisuallyHidden: ( props: {
		children?: ReactNode;
		as?: string;
		role?: string;
		'aria-live'?: 'polite' | 'assertive';
	} ) => JSX.Element;
}
