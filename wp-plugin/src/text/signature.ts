import { filled, type Values } from './variables';

/** A signature with its variables filled in; one that is not known stays as it is. */
export function filledSignature( text: string, values: Values ): string {
	return filled( text, values ).trim();
}
