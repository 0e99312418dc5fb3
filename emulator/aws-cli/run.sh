#!/usr/bin/env bash
# An AWS CLI session over all services of a TemplateHost with the sample template, compared line by line with expected.txt.
# `run.sh --write` rewrites expected.txt instead: read every line of the difference before it is committed.
set -uo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
emulator=$(cd "$here/.." && pwd)
program=${TEMPLATEHOST:-$emulator/TemplateHost.Cli/bin/Debug/net10.0/template-host}
work=$(mktemp -d)
host=
calls=0
hidden=()

finish() {
  local status=$?
  trap - EXIT
  if [[ -n $host ]]; then
    kill -TERM "$host" 2>/dev/null
    wait "$host" 2>/dev/null
  fi
  rm -rf "$work"
  exit "$status"
}
trap finish EXIT
trap 'exit 130' INT TERM

die() { printf 'session: %s\n' "$*" >&2; exit 2; }

start_host() {
  local attempt
  [[ -x $program ]] || dotnet build "$emulator/TemplateHost.Cli" -v q >&2 || die 'the command does not build'
  "$program" --template "$emulator/sample/template.json" --functions "$emulator/sample/functions" --stack sample --json \
    --data "$work/data" --port 0 --aws-port 0 >"$work/up.log" 2>&1 &
  host=$!
  for attempt in {1..300}; do
    grep -q '"outputsFile"' "$work/up.log" && return
    kill -0 "$host" 2>/dev/null || die "the host ended: $(cat "$work/up.log")"
    sleep 0.2
  done
  die 'the host is not ready after a minute'
}

announcement() { head -n 1 "$work/up.log" | jq -r "$1"; }
output() { jq -r ".$1" "$(announcement .outputsFile)"; }

# hide VALUE NAME: from here on the output says <NAME> for a value that differs from run to run.
hide() {
  [[ -n $1 && $1 != None && $1 != null ]] || die "no value for $2"
  hidden+=("$1" "$2")
}

masked() {
  local text=$1 index
  for ((index = 0; index < ${#hidden[@]}; index += 2)); do
    text=${text//"${hidden[index]}"/"<${hidden[index + 1]}>"}
  done
  sed -E -e 's/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/<uuid>/g' \
    -e 's/(sample-[A-Za-z0-9]+-)[A-Z0-9]{12,13}\b/\1<suffix>/g' <<<"$text"
}

# title TEXT: a heading between calls
title() { printf '\n# %s\n' "$*"; }

command_line() {
  local word line='$ aws'
  for word in "$@"; do
    if [[ $word =~ ^[A-Za-z0-9_./:=,@#-]+$ ]]; then line+=" $word"; else line+=" '${word//\'/\'\\\'\'}'"; fi
  done
  printf '%s\n' "$line"
}

# call ARGUMENTS...: prints the call and its answer; `answer` keeps the answer unmasked.
call() {
  local status=0
  calls=$((calls + 1))
  answer=$(aws "$@" 2>&1) || status=$?
  answer=${answer#$'\n'}
  emit "$@"
  [[ -z $answer ]] || masked "$answer"
  ((status == 0)) || printf '(exit %s)\n' "$status"
}

# secretly NAME ARGUMENTS...: as call, for an answer that is one value of this run only
secretly() {
  local name=$1
  shift
  calls=$((calls + 1))
  answer=$(aws "$@" 2>&1) || die "$(command_line "$@"): $answer"
  emit "$@"
  printf -v "answer_$name" %s "$answer"
  hide "$answer" "$name"
  masked "$answer"
}

emit() { masked "$(command_line "$@")"; }

session() {
  cd "$work" || die 'no work folder'
  . "$here/calls.sh"
}

need() {
  local tool
  for tool in "$@"; do
    command -v "$tool" >/dev/null || die "$tool is needed and was not found"
  done
}

need aws jq diff sed curl
start_host
unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_ENDPOINT_URL
export AWS_SHARED_CREDENTIALS_FILE AWS_CONFIG_FILE AWS_PROFILE=admin AWS_PAGER= AWS_MAX_ATTEMPTS=1
AWS_SHARED_CREDENTIALS_FILE=$(announcement .credentialsFile) AWS_CONFIG_FILE=$(announcement .configFile)
session >"$work/actual.txt"

if [[ ${1:-} == --write ]]; then
  cp "$work/actual.txt" "$here/expected.txt"
  printf 'session: wrote expected.txt, %s calls\n' "$calls"
elif diff -u "$here/expected.txt" "$work/actual.txt"; then
  printf 'session: ok, %s calls\n' "$calls"
else
  printf 'session: differs from expected.txt\n' >&2
  exit 1
fi
