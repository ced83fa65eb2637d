<?php
/**
 * Takes everything of ours out of each site whose owner asked for that. The tickets stay in the service: they were never in WordPress.
 *
 * @package UnifiedInbox
 */

defined( 'ABSPATH' ) || exit;
defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

require_once __DIR__ . '/unified-inbox.php';

UnifiedInbox\Plugin::on_every_site( array( UnifiedInbox\Care\Removal::class, 'uninstall' ) );
