#!/usr/bin/env bash
# Runs the checks of checks.txt by Spin, and prints a row of a table of each. Ends with 1 when one comes out otherwise than it must.
# Usage: bash model/check.sh [--long] [MODEL]
# Needs spin and a C compiler (Debian: spin, gcc).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
long=; model=
for argument in "$@"; do
  case $argument in
    --long) long=1 ;;
    *) model=$argument ;;
  esac
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# One file of the model a run, without the directory in its name; the shortest sequence that contradicts comes from a search in breadth.
check() { # MODEL PROPERTY EXPECTED DEFINES...
  local name=$1 property=$2 expected=$3 search=() compile=() optimize=-O1
  shift 3
  cp "$here/$name.pml" model.pml
  spin -a "$@" model.pml >spin.log 2>&1 || { grep -v '^ltl' spin.log >&2; return 2; }
  case $expected in
    holds) compile=(-DSAFETY -DCOLLAPSE) ;;
    fails) compile=(-DSAFETY -DCOLLAPSE -DBFS) optimize=-O0 ;;
    goes-on | stalls) compile=(-DNFAIR=4 -DCOLLAPSE); search=(-a -f) ;;
    *) echo "checks.txt: $expected is no expectation." >&2; return 2 ;;
  esac
  gcc $optimize -w "${compile[@]}" -o pan pan.c
  ./pan -N "$property" -m10000000 "${search[@]}" >pan.log 2>&1 || true
  if ! grep -q 'errors: [0-9]' pan.log || grep -q 'max search depth too small\|out of memory' pan.log; then
    cat pan.log >&2
    return 2
  fi

  local errors states depth length
  errors=$(sed -n 's/.*errors: \([0-9]*\).*/\1/p' pan.log)
  states=$(sed -n 's/^ *\([0-9.e+]*\) states, stored.*/\1/p' pan.log | head -1)
  depth=$(sed -n 's/.*depth reached \([0-9]*\).*/\1/p' pan.log)
  length=$(sed -n 's/.*(at depth \([0-9]*\)).*/\1/p' pan.log | head -1)
  printf '| %s | %s | %s | %s | %s | %s | %s |\n' "$name" "$property" "${*:-}" "$expected" "$states" "${length:-$depth}" "$errors"
  case $expected in
    holds | goes-on) [ "$errors" = 0 ] ;;
    *) [ "$errors" != 0 ] ;;
  esac
}

wrong=0
while read -r name property expected defines; do
  case $name in
    '' | '#'*) continue ;;
    '~'*) [ -n "$long" ] || continue; name=${name#\~} ;;
  esac
  [ -z "$model" ] || [ "$model" = "$name" ] || continue
  # shellcheck disable=SC2086 # The definitions are words.
  check "$name" "$property" "$expected" $defines || { echo "$name $property $defines: not as it must be" >&2; wrong=1; }
done <"$here/checks.txt"
exit "$wrong"
