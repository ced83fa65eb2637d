<?php
use UnifiedInbox\Agents;
use UnifiedInbox\Badge;
use UnifiedInbox\Care\Removal;
use UnifiedInbox\Pairing;
use UnifiedInbox\Plugin;

final class UninstallTest extends Plugin_Test_Case {

	/** @return string[] Rows of ours that are left in the database. */
	private function rows(): array {
		global $wpdb;
		$wpdb->flush();
		return array_merge(
			$wpdb->get_col( "SELECT option_name FROM $wpdb->options WHERE option_name LIKE 'unified\\_inbox%' OR ( option_name = 'cron' AND option_value LIKE '%unified_inbox%' )" ),
			$wpdb->get_col( "SELECT meta_key FROM $wpdb->usermeta WHERE meta_key LIKE '%unified\\_inbox\\_reported' OR meta_key LIKE '%unified\\_inbox\\_unassigned'" )
		);
	}

	public function test_deleting_the_plugin_leaves_nothing_behind_when_the_owner_said_so(): void {
		$this->log_in( 'unified_inbox_agent' );
		$this->pair();
		Agents::report_all();
		Badge::reset();
		Badge::learn( 'live', new UnifiedInbox\Answer( 200, json_decode( '{"counts":{"all":{"unassigned":3}},"rights":{"inbox_ids":["7"]}}' ) ) );
		Removal::decide( true );
		$this->assertNotSame( array(), $this->rows() );
		Plugin::on_every_site( array( Removal::class, 'uninstall' ) );
		$left = $this->rows();
		UnifiedInbox\Capabilities::install();
		$this->assertSame( array(), $left );
	}

	public function test_switching_off_only_stops_the_timer(): void {
		$this->pair();
		Plugin::deactivate();
		$this->assertFalse( wp_next_scheduled( Agents::TIMER ) );
		$this->assertTrue( Pairing::is_paired() );
	}

	public function test_switching_on_again_starts_the_timer_of_a_paired_site(): void {
		$this->pair();
		Plugin::deactivate();
		Plugin::activate();
		$this->assertNotFalse( wp_next_scheduled( Agents::TIMER ) );
	}

	public function test_an_unpaired_site_has_no_timer(): void {
		Plugin::activate();
		$this->assertFalse( wp_next_scheduled( Agents::TIMER ) );
	}
}
