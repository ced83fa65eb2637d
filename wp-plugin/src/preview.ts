/** Pictures of attached files, as previews.py of the service describes them. */

export type PreviewState = 'possible' | 'waiting' | 'ready' | 'refused';
export type PreviewRefusal = '' | 'too_large' | 'too_slow' | 'protected' | 'unreadable';

export interface Picture {
	page: number;
	size: 'small' | 'large';
	width: number;
	height: number;
	file_token: string;
}

export interface Preview {
	state: PreviewState;
	reason: PreviewRefusal;
	/** How many the file has; of a long one the first are pictured. */
	pages: number;
	pictures: Picture[];
}

export const smallOf = ( { pictures }: Preview ): Picture | undefined => pictures.find( ( { size } ) => size === 'small' );

export const largeOf = ( { pictures }: Preview ): Picture[] => pictures.filter( ( { size } ) => size === 'large' );
