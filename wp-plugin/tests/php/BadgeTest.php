<?php
use UnifiedInbox\Answer;
use UnifiedInbox\Badge;

final class BadgeTest extends Plugin_Test_Case {

	private function learn( string $path, string $json, int $status = 200 ): int {
		Badge::learn( $path, new Answer( $status, json_decode( $json ) ) );
		return Badge::number();
	}

	public function test_it_learns_from_the_answers_that_pass_by(): void {
		$this->assertSame( 3, $this->learn( 'inboxes', '{"counts":{"unassigned":3}}' ) );
		$this->assertSame( 5, $this->learn( 'live', '{"counts":{"inboxes":{},"all":{"unassigned":5}}}' ) );
	}

	public function test_other_answers_and_failures_teach_it_nothing(): void {
		$this->assertSame( 0, $this->learn( 'tickets', '{"counts":{"unassigned":3}}' ) );
		$this->assertSame( 0, $this->learn( 'live', '{"code":"reload"}', 410 ) );
		$this->assertSame( 0, $this->learn( 'live', '[]' ) );
		$this->assertSame( 0, $this->learn( 'live', 'null' ) );
	}

	public function test_the_same_number_writes_nothing(): void {
		$this->learn( 'inboxes', '{"counts":{"unassigned":3}}' );
		$before = $GLOBALS['wpdb']->num_queries;
		$this->learn( 'inboxes', '{"counts":{"unassigned":3}}' );
		$this->assertSame( $before, $GLOBALS['wpdb']->num_queries );
	}

	public function test_showing_it_makes_no_query_even_before_it_knows_anything(): void {
		wp_load_alloptions( true );
		$before = $GLOBALS['wpdb']->num_queries;
		$this->assertSame( '', Badge::html() );
		$this->assertSame( $before, $GLOBALS['wpdb']->num_queries );
	}

	public function test_the_mark_says_in_words_what_the_number_means(): void {
		$this->learn( 'inboxes', '{"counts":{"unassigned":1}}' );
		$this->assertStringContainsString( '1 unassigned ticket<', Badge::html() );
	}

	public function test_a_big_number_stays_small(): void {
		$this->learn( 'inboxes', '{"counts":{"unassigned":1234}}' );
		$this->assertStringContainsString( '>99+<', Badge::html() );
		$this->assertStringContainsString( '1,234 unassigned tickets', Badge::html() );
	}
}
