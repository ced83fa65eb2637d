<?php
use UnifiedInbox\Answer;
use UnifiedInbox\Badge;

final class BadgeTest extends Plugin_Test_Case {

	protected function setUp(): void {
		parent::setUp();
		$this->log_in( 'unified_inbox_agent' );
	}

	/** @param string[]|null $inboxes What the user sees; null is all. */
	private function learn( int $number, ?array $inboxes = null ): int {
		$counts = array( 'inboxes' => array(), 'all' => array( 'unassigned' => $number ) );
		return $this->hear( 'live', (string) wp_json_encode( array( 'counts' => $counts, 'rights' => array( 'inbox_ids' => $inboxes ) ) ) );
	}

	private function hear( string $path, string $json, int $status = 200 ): int {
		Badge::learn( $path, new Answer( $status, json_decode( $json ) ) );
		return Badge::number();
	}

	public function test_it_learns_from_the_live_answers_that_pass_by(): void {
		$this->assertSame( 3, $this->learn( 3 ) );
		$this->assertSame( 5, $this->learn( 5 ) );
	}

	public function test_other_answers_and_failures_teach_it_nothing(): void {
		$this->assertSame( 0, $this->hear( 'tickets', '{"counts":{"all":{"unassigned":3}}}' ) );
		$this->assertSame( 0, $this->hear( 'live', '{"code":"reload"}', 410 ) );
		$this->assertSame( 0, $this->hear( 'live', '[]' ) );
		$this->assertSame( 0, $this->hear( 'live', 'null' ) );
	}

	public function test_the_same_number_writes_nothing(): void {
		foreach ( array( null, array( '7' ) ) as $inboxes ) {
			$this->learn( 3, $inboxes );
			Badge::number();
			$before = $GLOBALS['wpdb']->num_queries;
			$this->learn( 3, $inboxes );
			$this->assertSame( $before, $GLOBALS['wpdb']->num_queries );
		}
	}

	public function test_showing_it_makes_no_query_even_before_it_knows_anything(): void {
		wp_load_alloptions( true );
		// As on any page, where WordPress asks what the user may do.
		current_user_can( 'read' );
		$before = $GLOBALS['wpdb']->num_queries;
		$this->assertSame( '', Badge::html() );
		$this->assertSame( $before, $GLOBALS['wpdb']->num_queries );
	}

	public function test_who_sees_some_inboxes_has_a_number_of_his_own(): void {
		$this->learn( 9 );
		$limited = $this->user( 'unified_inbox_agent' );
		$everybody = get_current_user_id();
		wp_set_current_user( $limited );
		$this->assertSame( 2, $this->learn( 2, array( '7' ) ) );
		wp_set_current_user( $everybody );
		$this->assertSame( 9, Badge::number() );
	}

	public function test_those_who_see_all_learn_from_each_other(): void {
		$this->learn( 9 );
		$first = get_current_user_id();
		$this->log_in( 'unified_inbox_agent' );
		$this->learn( 4 );
		wp_set_current_user( $first );
		$this->assertSame( 4, Badge::number() );
	}

	public function test_who_has_not_been_in_the_inbox_is_told_no_number(): void {
		$this->learn( 9 );
		$this->log_in( 'unified_inbox_agent' );
		$this->assertSame( '', Badge::html() );
	}

	public function test_who_may_see_all_again_shares_the_number_of_the_others(): void {
		$this->learn( 2, array( '7' ) );
		$this->assertSame( 9, $this->learn( 9 ) );
		$this->assertSame( 0, $this->learn( 0, array() ) );
	}

	public function test_the_mark_says_in_words_what_the_number_means(): void {
		$this->learn( 1 );
		$this->assertStringContainsString( '1 unassigned ticket<', Badge::html() );
	}

	public function test_a_big_number_stays_small(): void {
		$this->learn( 1234 );
		$this->assertStringContainsString( '>99+<', Badge::html() );
		$this->assertStringContainsString( '1,234 unassigned tickets', Badge::html() );
	}
}
