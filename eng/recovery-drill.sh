#!/usr/bin/env bash
# Plays the drill of docs/recovery.md against the embedded host, and prints its transcript. Usage: eng/recovery-drill.sh
set -euo pipefail
cd "$(dirname "$0")/.."
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
FAIRSHARE_DRILL="$work/transcript" dotnet run --project test/Scenarios.Tests -- -class "*.RecoveryDrillTests" > "$work/log" 2>&1 || { cat "$work/log"; exit 1; }
cat "$work/transcript"
