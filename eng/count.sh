#!/usr/bin/env bash
# Counts the C# files and lines of the application and of the emulator apart, and the tests and the lines of both. Usage: eng/count.sh
# Counted are the files that git tracks; every line counts, empty ones and comments too. A test is a [Fact] or a [Theory], whatever the
# number of its cases.
set -euo pipefail
cd "$(dirname "$0")/.."

files() { git ls-files -- "$@" | { grep '\.cs$' || true; }; }

# LABEL FOLDER...: a row with the number of files, lines and tests.
row() {
  local label="$1" list
  shift
  list="$(files "$@")"
  printf '| %s | %d | %d | %d |\n' "$label" "$(wc -l <<<"$list")" \
    "$(tr '\n' '\0' <<<"$list" | xargs -0 cat | wc -l)" \
    "$(tr '\n' '\0' <<<"$list" | xargs -0 cat | { grep -cE '^\s*\[(Fact|Theory)\b' || true; })"
}

echo '| C# | files | lines | tests |'
echo '| --- | ---: | ---: | ---: |'
row 'application: `cdk`, `functions`, `lib`, `client`' cdk functions lib client ':!lib/compat'
row 'stand-ins for packages: `lib/compat`' lib/compat
row 'tests of the application: `test`' test
row 'emulator: `emulator`' emulator ':!emulator/*.Tests/*' ':!emulator/*.Testing/*' ':!emulator/*.Benchmarks/*'
row 'tests of the emulator' 'emulator/*.Tests/*' 'emulator/*.Testing/*' 'emulator/*.Benchmarks/*'
