#!/usr/bin/env bash
# Stops or starts the service of a running demo, and nothing else of it: service.sh FOLDER stop|start
set -euo pipefail
source "$(dirname "$0")/../../bin/lib.sh"
source "$(dirname "$0")/../../bin/demo.d/demo.sh"

service_answers() { answers "$SERVICE_PORT" /readyz; }

use_demo "$1"
# shellcheck source=/dev/null
source "$DEMO/ports"
case $2 in
  stop) stop_process inbox ;;
  start)
    export_environment
    start_process inbox "$VENV/bin/inbox" up
    wait_for inbox 180 service_answers || die 'The service did not start again.' "Read $LOGS/inbox.log."
    ;;
esac
