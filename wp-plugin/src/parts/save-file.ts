import { fileUrl, type Boot } from '../boot';

/** Saves a file by its token. A link that downloads leaves this page alone even where the answer is an error. */
export function saveFile( boot: Pick< Boot, 'filesRoot' >, token: string, name: string ): void {
	const link = document.createElement( 'a' );
	link.href = fileUrl( boot, token );
	link.download = name;
	link.click();
}
