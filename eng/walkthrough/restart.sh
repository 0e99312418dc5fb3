#!/usr/bin/env bash
# docs/restart.md, from start to end: the host is killed between steps 5 and 6, once in time and once past the deadline.
NAME=restart
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
. "$here/parties.sh"
need curl jq cmp
start_host
printf 'Alice sells Bob a mill.\n' >"$work/contract.txt"
settle_in alice
settle_in bob
# ends_with CODE COMMAND...
ends_with() {
  local expected=$1 status=0
  shift
  "$@" >"$work/said" 2>&1 || status=$?
  expect "the exit code of $* ($(cat "$work/said"))" "$status" "$expected"
}
state_of() { as "$1" evidence "$2" --json 2>/dev/null | jq -r .state; }

# Killed after step 5, started again, finished.
file=$(as alice put "$work/contract.txt" --to "$bob" --json | jq -r .fileId)
exchange=$(as bob get "$file" --no-sign --json | jq -r .exchangeId)
stop_host -KILL
say "killed with exchange $exchange open"
ends_with 4 as bob get --exchange "$exchange" --yes --out "$work/received"
start_host
as bob get --exchange "$exchange" --yes --out "$work/received" >/dev/null
cmp "$work/contract.txt" "$work/received/contract.txt" || die 'the received bytes differ'
expect 'state' "$(state_of alice "$exchange")" Completed
as alice evidence "$exchange" --out "$work/evidence" >/dev/null
as alice verify "$work/evidence" --document "$work/contract.txt" >/dev/null
say "exchange $exchange completed after the restart"

# Killed after step 5, started again when the deadline has passed: it expires, and both sides get the record.
exchange=$(as bob get "$file" --no-sign --again --deadline 5 --json | jq -r .exchangeId)
stop_host -KILL
say "killed with exchange $exchange open"
sleep 6
start_host
ends_with 7 as bob get --exchange "$exchange" --yes --out "$work/late"
expired() { [[ $(state_of alice "$exchange") == Expired ]]; }
within 30 expired
for name in alice bob; do
  ends_with 0 as "$name" evidence "$exchange" --out "$work/evidence-$name"
  expect 'the record' "$(cut -d. -f2 "$work/evidence-$name/record.jws" | unb64url | jq -r '"\(.event) \(.reason)"')" \
    'http://uri.etsi.org/19522/Event/AcceptanceRejectionExpiry deadline-passed'
  expect "$name's inbox" "$(as "$name" inbox --json | jq -r --arg exchange "$exchange" '.messages[] | select(.exchangeId == $exchange) | "\(.protocolStep) \(.message.state)"')" \
    'a Expired'
done
cmp "$work/evidence-alice/record.jws" "$work/evidence-bob/record.jws" || die 'the records differ'
[[ ! -e $work/late/contract.txt ]] || die 'Bob has the document without a receipt'
say "exchange $exchange expired"

say "walkthrough $NAME: ok"
