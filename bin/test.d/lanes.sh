# shellcheck shell=bash
# Lanes: steps that follow each other, beside others. What a step prints is kept and shown when it
# ends, so that two never mix; meanwhile a line now and then says how far everybody is.
# Sourced after lib.sh and unchanged.sh.

declare -A LANES=()
MARKS=$LOGS/lanes

forget_lanes() { rm -rf "$MARKS" && mkdir "$MARKS" && rm -f "$LOGS"/*.out; }

# step NAME COMMAND...: runs and shows it; 1 and a mark when it failed.
step() {
  local name=$1 from=$SECONDS verdict=passed
  shift
  say "== $name begins"
  : >"$MARKS/$name.runs"
  ("$@") >"$LOGS/$name.out" 2>&1 || verdict=FAILED
  if [[ $verdict == passed ]]; then passed "$name"; else : >"$MARKS/$name.failed"; fi
  rm "$MARKS/$name.runs"
  (
    flock 9
    cat "$LOGS/$name.out"
    say "== $name $verdict after $((SECONDS - from)) s"
  ) 9>"$MARKS/printing"
  [[ $verdict == passed ]]
}

# lane NAME COMMAND: in a process group of its own, as jobs of a script would not hear Ctrl-C.
lane() {
  set -m
  "$2" </dev/null &
  set +m
  LANES[$1]=$!
}

# follow_lanes: returns when all have ended; one that ended without a word has failed, too.
follow_lanes() {
  local name next=$((SECONDS + 30))
  while lanes_run; do
    sleep 1
    ((SECONDS < next)) || { say "Running:$(progress)" && next=$((SECONDS + 30)); }
  done
  for name in "${!LANES[@]}"; do
    wait "${LANES[$name]}" || [[ -n $(failed_steps) ]] || : >"$MARKS/$name.failed"
  done
  LANES=()
}

lanes_run() {
  local pid
  for pid in "${LANES[@]}"; do kill -0 "$pid" 2>/dev/null && return; done
  return 1
}

# progress: the steps that run, with the percentage that pytest printed last.
progress() {
  local mark name far
  for mark in "$MARKS"/*.runs; do
    name=$(basename "$mark" .runs)
    far=$(grep -oE '[0-9]+%\]$' "$LOGS/$name.out" 2>/dev/null | tail -n 1 | tr -d ']')
    printf ' %s' "$name${far:+ $far}"
  done
}

# failed_steps: their names.
failed_steps() { find "$MARKS" -name '*.failed' -printf '%f\n' | sed 's/\.failed//' | paste -sd ' '; }

# stop_lanes: what a lane started is asked to end, as by Ctrl-C, and killed where it has not after
# PATIENCE seconds.
stop_lanes() {
  local pid tree
  mapfile -t tree < <(for pid in "${LANES[@]}"; do descendants "$pid"; done)
  ((${#tree[@]})) || return 0
  kill -INT "${tree[@]}" 2>/dev/null || true
  wait_until "${PATIENCE:-20}" all_gone "${tree[@]}" && return
  kill -KILL "${tree[@]}" 2>/dev/null || true
  # A busy machine takes its time even to end what was killed.
  wait_until 20 all_gone "${tree[@]}" || true
}

all_gone() {
  local pid
  for pid; do
    process_stat "$pid" && [[ ${STAT[0]} != Z ]] && return 1
  done
  return 0
}

# descendants PID: it, its children, theirs and so on.
descendants() {
  local child folder
  echo "$1"
  for folder in /proc/[0-9]*; do
    child=${folder#/proc/}
    process_stat "$child" && [[ ${STAT[1]} == "$1" ]] && descendants "$child"
  done
  return 0
}
