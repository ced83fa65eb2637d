import { Button } from '@wordpress/components';
import { closeSmall, file as fileIcon, Icon } from '@wordpress/icons';
import type { ReactNode } from 'react';
import { fileSize } from '../text/size';

/** A file that goes along, with the way to take it out; `children` say how it is coming, `below` what is wrong. */
export function OutgoingRow( {
	file: { name, size },
	state,
	removeLabel,
	onRemove,
	children,
	below,
}: {
	file: { name: string; size: number };
	state: 'ready' | 'coming' | 'refused';
	removeLabel: string;
	onRemove: () => void;
	children?: ReactNode;
	below?: ReactNode;
} ) {
	return (
		<li className="uib-outgoing" data-state={ state }>
			<Icon icon={ fileIcon } size={ 20 } />
			<span className="uib-outgoing__name">
				<bdi>{ name }</bdi>
			</span>
			<span className="uib-outgoing__size">{ fileSize( size ) }</span>
			{ children }
			<Button size="small" icon={ closeSmall } label={ removeLabel } onClick={ onRemove } />
			{ below }
		</li>
	);
}
