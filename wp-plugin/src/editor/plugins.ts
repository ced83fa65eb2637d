import { baseKeymap, chainCommands, exitCode } from 'prosemirror-commands';
import { history, redo, undo } from 'prosemirror-history';
import { inputRules, undoInputRule, wrappingInputRule } from 'prosemirror-inputrules';
import { keymap } from 'prosemirror-keymap';
import type { NodeType } from 'prosemirror-model';
import { liftListItem, sinkListItem, splitListItem } from 'prosemirror-schema-list';
import type { Command, Plugin } from 'prosemirror-state';
import { toggles } from './acts';
import { schema } from './schema';
import { triggersPlugin } from './triggers';
import type { Trigger } from './types';

const item = schema.nodes.list_item as NodeType;

const newBreak: Command = ( state, dispatch ) => {
	dispatch?.( state.tr.replaceSelectionWith( schema.node( 'break' ) ).scrollIntoView() );
	return true;
};

/** The keys of mail programs and word processors. Tab leaves the text, as it does every field. */
const keys: Record< string, Command > = {
	'Mod-b': toggles.bold,
	'Mod-i': toggles.italic,
	'Mod-Shift-7': toggles.numbers,
	'Mod-Shift-8': toggles.bullets,
	'Mod-Shift-9': toggles.quote,
	'Mod-z': undo,
	'Mod-y': redo,
	'Mod-Shift-z': redo,
	'Mod-]': sinkListItem( item ),
	'Mod-[': liftListItem( item ),
	'Shift-Enter': chainCommands( exitCode, newBreak ),
	Enter: splitListItem( item ),
	Backspace: undoInputRule,
};

/** A dash or a number at the beginning of a line begins a list; Backspace right after takes that back. */
const rules = inputRules( {
	rules: [
		wrappingInputRule( /^\s*[-*•]\s$/, schema.nodes.bullet_list as NodeType ),
		wrappingInputRule( /^1[.)]\s$/, schema.nodes.ordered_list as NodeType ),
	],
} );

export function pluginsOf( openLink: () => void, triggers: () => readonly Trigger[] ): Plugin[] {
	const askForLink: Command = () => {
		openLink();
		return true;
	};
	return [
		triggersPlugin( triggers ),
		rules,
		keymap( { ...keys, 'Mod-k': askForLink } ),
		keymap( baseKeymap ),
		history(),
	];
}
