# shellcheck shell=bash
# A screen for programs that need one: the user's, or an invisible one of our own.

has_display() {
  [[ $(uname -s) != Linux || -n ${DISPLAY:-}${WAYLAND_DISPLAY:-} ]]
}

# with_display COMMAND...: run it on the user's screen, or on an invisible one that ends with it.
with_display() {
  if has_display; then
    "$@"
    return
  fi
  command -v Xvfb >/dev/null || stop "there is no screen here and no Xvfb. Please run: sudo apt-get install xvfb"
  local number
  number=$(mktemp)
  Xvfb -displayfd 1 -screen 0 1920x1200x24 -nolisten tcp >"$number" 2>/dev/null &
  SCREEN=$!
  trap 'kill "$SCREEN" 2>/dev/null || true' EXIT
  await_display "$number"
  say "No screen here: using the invisible display :$(<"$number")"
  local outcome=0
  DISPLAY=":$(<"$number")" "$@" || outcome=$?
  rm -f "$number"
  return "$outcome"
}

# Xvfb picks a free number itself and writes it once it listens.
await_display() {
  local tries=0
  until [[ -s $1 ]]; do
    if ! kill -0 "$SCREEN" 2>/dev/null || ((++tries > 100)); then
      stop "the invisible screen (Xvfb) did not start."
    fi
    sleep 0.1
  done
}
