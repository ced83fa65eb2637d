import { Button, Dropdown, MenuGroup, MenuItem, NavigableMenu } from '@wordpress/components';
import { check, chevronDownSmall, Icon } from '@wordpress/icons';
import type { ReactNode } from 'react';

export interface Choice< T > {
	value: T;
	label: string;
	mark?: ReactNode;
}

/** A quiet button that says what is, or an icon, and a menu of what could be. */
export function ChoiceMenu< T extends string | null >( {
	label,
	value,
	choices,
	onChoose,
	isDisabled = false,
	icon,
	children,
}: {
	label: string;
	value: T;
	choices: readonly Choice< T >[];
	onChoose: ( value: T ) => void;
	isDisabled?: boolean;
	icon?: JSX.Element;
	children?: ReactNode;
} ) {
	if ( isDisabled ) {
		return <span className="uib-property">{ children }</span>;
	}
	return (
		<Dropdown
			popoverProps={ { placement: 'bottom-start' } }
			renderToggle={ ( { isOpen, onToggle } ) => {
				const wiring = { size: 'compact', 'aria-expanded': isOpen, 'aria-haspopup': 'menu', onClick: onToggle } as const;
				return icon ? (
					<Button { ...wiring } icon={ icon } label={ label } />
				) : (
					<Button { ...wiring } className="uib-property">
						<span className="screen-reader-text">{ label }: </span>
						{ children }
						<Icon icon={ chevronDownSmall } size={ 20 } />
					</Button>
				);
			} }
			renderContent={ ( { onClose } ) => (
				<NavigableMenu role="menu">
					<MenuGroup label={ label }>
						{ choices.map( ( choice ) => (
							<MenuItem
								key={ String( choice.value ) }
								role="menuitemradio"
								isSelected={ choice.value === value }
								suffix={ choice.value === value ? <Icon icon={ check } size={ 20 } /> : undefined }
								onClick={ () => {
									onClose();
									if ( choice.value !== value ) {
										onChoose( choice.value );
									}
								} }
							>
								<span className="uib-choice">
									{ choice.mark }
									{ choice.label }
								</span>
							</MenuItem>
						) ) }
					</MenuGroup>
				</NavigableMenu>
			) }
		/>
	);
}
