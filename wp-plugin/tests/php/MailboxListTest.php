<?php
use UnifiedInbox\Mailbox_List;

final class MailboxListTest extends Plugin_Test_Case {

	private function line( string $state, ?string $reason = null ): string {
		return $this->printed( static function () use ( $state, $reason ): void {
			Mailbox_List::render( array( (object) array( 'address' => 'a@example.test', 'state' => $state, 'reason' => $reason ) ) );
		} );
	}

	/** @dataProvider states */
	public function test_every_state_has_words_beside_its_colour( string $state, string $tone, string $words ): void {
		$line = $this->line( $state );
		$this->assertStringContainsString( "is-$tone", $line );
		$this->assertStringContainsString( ">$words<", $line );
	}

	public function states(): array {
		return array(
			array( 'syncing', 'busy', 'Fetching older mail' ),
			array( 'healthy', 'good', 'Up to date' ),
			array( 'degraded', 'busy', 'Behind, catching up by itself' ),
			array( 'reauth_needed', 'bad', 'Needs to be connected again' ),
			array( 'stopped', 'bad', 'Stopped' ),
		);
	}

	public function test_a_reason_is_shown_in_its_own_direction(): void {
		$this->assertStringContainsString( '<span class="description" dir="auto">Because</span>', $this->line( 'stopped', 'Because' ) );
	}

	public function test_no_reason_leaves_no_empty_line(): void {
		$this->assertStringNotContainsString( 'description', $this->line( 'healthy', '' ) );
	}
}
