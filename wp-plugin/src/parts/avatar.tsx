import { hueOf, initials } from '../text/person';

/** Two letters on a ground of the person's own; decoration, the name stands beside it. */
export function Avatar( { name, email = '', size = 32 }: { name: string; email?: string; size?: 20 | 32 | 40 } ) {
	return (
		<span
			className="uib-avatar"
			data-hue={ hueOf( name || email ) }
			data-size={ size }
			title={ name || email }
			aria-hidden="true"
		>
			{ initials( name, email ) }
		</span>
	);
}
