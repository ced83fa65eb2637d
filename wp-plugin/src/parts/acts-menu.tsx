import { Button, Dropdown, MenuGroup, MenuItem, NavigableMenu } from '@wordpress/components';
import { moreVertical } from '@wordpress/icons';
import type { ReactNode } from 'react';

export interface Act {
	label: string;
	icon?: ReactNode;
	run: () => unknown;
}

/** Three dots, and what can be done; `false` stands for what cannot be done now. */
export function ActsMenu( { label, heading, acts }: { label: string; heading?: string; acts: readonly ( Act | false )[] } ) {
	return (
		<Dropdown
			popoverProps={ { placement: 'bottom-end' } }
			renderToggle={ ( { isOpen, onToggle } ) => (
				<Button size="compact" icon={ moreVertical } label={ label } aria-expanded={ isOpen } aria-haspopup="menu" onClick={ onToggle } />
			) }
			renderContent={ ( { onClose } ) => (
				<NavigableMenu role="menu">
					<MenuGroup label={ heading }>
						{ acts.map(
							( act ) =>
								act && (
									<MenuItem
										key={ act.label }
										icon={ act.icon }
										onClick={ () => {
											onClose();
											void act.run();
										} }
									>
										{ act.label }
									</MenuItem>
								)
						) }
					</MenuGroup>
				</NavigableMenu>
			) }
		/>
	);
}
