# shellcheck shell=bash
# What each step read when it last passed in this checkout: a step whose files are still the same
# within a day is not run again. After a day it is, as the calendar and what is outside change too.
# Sourced after lib.sh.

PASSED=$CACHE/passed
declare -A READ=()

# inputs STEP: the files it reads, as git names them.
inputs() {
  local service=(inbox_service connectors workers bin wsgi.py pyproject.toml requirements.lock
    tests/conftest.py tests/requirements.lock tests/fixtures)
  local apart=(':!CHANGELOG.md' ':!tests/bench' ':!tests/crash' ':!tests/deploy' ':!tests/e2e' ':!tests/html')
  case $1 in
    js) printf '%s\n' wp-plugin ;;
    php) printf '%s\n' wp-plugin bin ;;
    html) printf '%s\n' "${service[@]}" wp-plugin tests/html ;;
    crash) printf '%s\n' "${service[@]}" tests/crash ;;
    deploy) printf '%s\n' "${service[@]}" README.md docs wp-plugin tests/deploy ;;
    e2e) printf '%s\n' "${service[@]}" wp-plugin tests/e2e ;;
    postgres) printf '%s\n' "${service[@]}" docs tests "${apart[@]}" ;;
    python) printf '%s\n' . ':!wp-plugin/src' ':!wp-plugin/includes' ':!wp-plugin/tests' "${apart[@]}" ;;
    *) printf '%s\n' . ;;
  esac
}

# state STEP: one word for all it reads, the packages of the system included; none without git.
state() {
  local paths
  git rev-parse --git-dir >/dev/null 2>&1 || return 0
  mapfile -t paths < <(inputs "$1")
  {
    git ls-files -z -co --exclude-standard -- "${paths[@]}" | sort -zu | xargs -0 sha256sum 2>/dev/null || true
    dpkg-query -W
    echo "${KILLS:-}"
  } | sha256sum
}

# look_at STEP...: remembers what they read now, before anything of it may change.
look_at() {
  local name
  for name; do READ[$name]=$(state "$name"); done
}

# unchanged STEP: whether it passed with the same, less than a day ago.
unchanged() {
  [[ -n ${READ[$1]} && -n $(find "$PASSED/$1" -mmin -1440 2>/dev/null) && $(<"$PASSED/$1") == "${READ[$1]}" ]]
}

# passed STEP: what was looked at is what it passed with.
passed() {
  [[ -n ${READ[$1]:-} ]] || return 0
  mkdir -p "$PASSED" && echo "${READ[$1]}" >"$PASSED/$1"
}
