#!/usr/bin/env bash
# What `put` and `get` of one file cost beside curl alone, which is given the same presigned URLs of the same host.
# bash eng/benchmark/transfer.sh [MEBIBYTES] [ROUNDS]: 1024 and 3 where nothing is stated; by turns, the best of each is shown.
# FAIRSHARE names the command that serves, FAIRSHARE_CLIENT the one that puts and gets: publish them (docs/cli.md) for figures that mean something.
NAME=transfer
. "$(dirname "${BASH_SOURCE[0]}")/../walkthrough/common.sh"
need curl openssl jq sha256sum
mebibytes=${1:-1024} rounds=${2:-3} tool=${FAIRSHARE_CLIENT:-$fairshare}
declare -A best peak

# timed NAME COMMAND...: keeps the shortest wall time, and the most memory, of its runs
timed() {
  local name=$1 taken
  shift
  taken=$(/usr/bin/time -f '%e %M' -o "$work/took" "$@" >"$work/out" 2>"$work/err" && cat "$work/took") || die "$* $(tail -n 3 "$work/err")"
  if [[ -z ${best[$name]:-} ]] || jq -en "${taken% *} < ${best[$name]}" >/dev/null; then best[$name]=${taken% *}; fi
  if (( ${taken#* } > ${peak[$name]:-0} )); then peak[$name]=${taken#* }; fi
}

as() { env FAIRSHARE_HOME="$work/$1" FAIRSHARE_PASSWORD="$password" FAIRSHARE_PASSPHRASE="$password" "$tool" "${@:2}"; }
join_by_command() {
  as "$1" register "$1@example.com" --service "$api" --json >"$work/out"
  within 10 mailed_code "$1@example.com"
  as "$1" confirm "$code" >"$work/out"
  as "$1" login >"$work/out"
}

start_host
discover
join_as alice
join_as bob
join_by_command carol
join_by_command dave
dave=$(as dave whoami --json | jq -r .party)
file=$work/file
head -c $((mebibytes * 1048576)) /dev/urandom >"$file"
size=$(stat -c %s "$file")
export FAIRSHARE_PASSWORD=$password FAIRSHARE_PASSPHRASE=$password

for ((round = 1; round <= rounds; round++)); do
  timed 'sha256sum' sha256sum "$file"
  digest=$(openssl dgst -sha256 -binary "$file" | b64url)
  ticket=$(api 201 POST /documents "$alice_token" "$(jq -nc --argjson size "$size" --arg digest "$digest" --arg bob "$bob" \
    '{name: "file", mediaType: "application/octet-stream", size: $size, digest: {method: "sha-256", value: $digest}, audience: [$bob]}')")
  signed_headers <<<"$ticket" >"$work/headers"
  timed 'curl, up' curl -sS -f -o /dev/null -X PUT "$(jq -r .upload.url <<<"$ticket")" -H "@$work/headers" --upload-file "$file"
  timed 'put' env FAIRSHARE_HOME="$work/carol" "$tool" put "$file" --to "$dave" --json
  document=$(jq -r .fileId "$work/out")
  mkdir -p "$work/got"
  timed 'get' env FAIRSHARE_HOME="$work/dave" "$tool" get "$document" --yes --out "$work/got/file" --json
  cmp "$(find "$work/got" -type f -size "${size}c")" "$file"
  exchange=$(jq -r .exchangeId "$work/out")
  dave_token=$(cognito InitiateAuth "$(jq -nc --arg c "$client" --arg p "$password" \
    '{ClientId: $c, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters: {USERNAME: "dave@example.com", PASSWORD: $p}}')" | jq -r .AuthenticationResult.AccessToken)
  url=$(api 200 POST "/exchanges/$exchange/download" "$dave_token" | jq -r .filePath)
  timed 'curl, down' curl -sS -f -o "$work/got/other" "$url"
  rm -r "$work/got"
done

printf 'best of %s, one file of %s MiB, %s processors\n%-12s %7s %11s\n' "$rounds" "$mebibytes" "$(nproc)" '' 'wall s' 'memory MiB'
for name in 'curl, up' put sha256sum 'curl, down' get; do
  printf '%-12s %7s %11d\n' "$name" "${best[$name]}" $((${peak[$name]} / 1024))
done
