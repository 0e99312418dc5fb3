#!/usr/bin/env bash
# Plays a release of this tree over the code of another commit, under load: old and new functions at once, as processes.
# Usage: eng/rolling-release.sh COMMIT
set -euo pipefail
cd "$(dirname "$0")/.."
commit="${1:?which commit has the code of the former release?}"
work="$(mktemp -d)"
trap 'git worktree remove --force "$work/former"; rm -rf "$work"' EXIT
git worktree add --detach "$work/former" "$commit" > /dev/null
publish() { # TREE DIRECTORY
  (cd "$1" && dotnet publish functions -r linux-x64 --self-contained -p:PublishAot=false -v q --nologo -o "$2" > "$work/publish.log" 2>&1) \
    || { cat "$work/publish.log"; exit 1; }
}
publish . "$work/functions"
publish "$work/former" "$work/functions/1"
FAIRSHARE_FUNCTIONS="$work/functions" dotnet run --project test/Scenarios.Tests -- -class "*.ReleaseTests"
