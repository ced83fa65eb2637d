import type { Instant } from '../model';
import { useDesk, useNow } from '../state/context';
import { exactTime, relativeTime } from '../text/time';

/** "3 hours ago", with the exact moment on hover and for screen readers. */
export function When( { at }: { at: Instant } ) {
	const { boot } = useDesk();
	const now = useNow();
	const exact = exactTime( at, boot.locale );
	return (
		<time className="uib-when" dateTime={ at } title={ exact } aria-label={ exact }>
			{ relativeTime( at, now, boot.locale ) }
		</time>
	);
}
