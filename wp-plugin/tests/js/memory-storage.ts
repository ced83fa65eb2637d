/** The part of Storage that drafts need. */
export class MemoryStorage {
	private items = new Map< string, string >();

	get length(): number {
		return this.items.size;
	}

	getItem( name: string ): string | null {
		return this.items.get( name ) ?? null;
	}

	setItem( name: string, value: string ): void {
		this.items.set( name, value );
	}

	removeItem( name: string ): void {
		this.items.delete( name );
	}
}
