#!/usr/bin/env bash
# docs/sqs.md, from start to end: the whole exchange over the queues, with the AWS CLI.
NAME=sqs
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
need aws curl openssl jq od cmp
start_host
discover
queue=$(jq -r .ProtocolQueueUrl "$outputs") dead_letters=$(jq -r .ProtocolDeadLetterQueueUrl "$outputs")
uploaders=$(jq -r .UploadersQueueUrl "$outputs") downloaders=$(jq -r .DownloadersQueueUrl "$outputs")
: >"$work/uploader.received" >"$work/downloader.received"

# Version 1 of the AWS CLI takes the endpoint of SQS from its command line only.
sqs() { command aws sqs --endpoint-url "$aws" "$@"; }

# send PROFILE STEP PARTY MESSAGE
send() {
  sqs send-message --profile "$1" --queue-url "$queue" --message-body "{\"protocolStep\":\"$2\",\"userId\":\"$3\",\"message\":$4}" >/dev/null
}

# receive PROFILE QUEUE: one batch, kept in PROFILE.received and deleted from the queue
receive() {
  local batch handle
  batch=$(sqs receive-message --profile "$1" --queue-url "$2" --max-number-of-messages 10 --wait-time-seconds 1)
  jq -rc '.Messages[]?.Body' <<<"${batch:-\{\}}" >>"$work/$1.received"
  for handle in $(jq -r '.Messages[]?.ReceiptHandle' <<<"${batch:-\{\}}"); do
    sqs delete-message --profile "$1" --queue-url "$2" --receipt-handle "$handle"
  done
}

# reply_to PROFILE QUEUE STEP FILTER: sets reply to the message of the envelope of that step for which FILTER holds
reply_to() { within 30 reply_is_there "$@"; }
reply_is_there() {
  reply=$(jq -c "select(.protocolStep == \"$3\" and (.message | $4)).message" "$work/$1.received" | head -n 1)
  [[ -n $reply ]] || { receive "$1" "$2"; return 1; }
}
uploader_gets() { reply_to uploader "$uploaders" "$1" "${2:-true}"; }
downloader_gets() { reply_to downloader "$downloaders" "$1" "${2:-true}"; }

join_as alice
join_as bob
say "alice $alice, bob $bob"

# Binding: a nonce over HTTP, sent back over the queue.
send uploader bind "$alice" "{\"nonce\":\"$(api 201 POST /senders "$alice_token" | jq -r .nonce)\"}"
uploader_gets bind
alice_sender=$(jq -r .senderId <<<"$reply")
send downloader bind "$bob" "{\"nonce\":\"$(api 201 POST /senders "$bob_token" | jq -r .nonce)\"}"
downloader_gets bind ".senderId != \"$alice_sender\""
say "senders $alice_sender, $(jq -r .senderId <<<"$reply")"

document=$work/contract.txt
printf 'Alice sells Bob a boat.\n' >"$document"
size=$(stat -c %s "$document") digest=$(openssl dgst -sha256 -binary "$document" | b64url)

# deposit: steps 1, 2, 3, v; sets file and nro
deposit() {
  local ticket version
  send uploader 1 "$alice" "$(jq -nc --arg name "$1" --argjson size "$size" --arg digest "$digest" --arg bob "$bob" \
    '{name: $name, mediaType: "text/plain", size: $size, digest: {method: "sha-256", value: $digest}, audience: [$bob]}')"
  # Each deposit has a name of its own, which the upload's answer does not repeat: take the ticket that was not there before.
  uploader_gets 2 ".fileId != \"${file:-}\""
  ticket=$reply file=$(jq -r .fileId <<<"$reply")
  signed_headers <<<"$ticket" >"$work/upload.headers"
  version=$(curl -sS -f -D - -o /dev/null -X PUT "$(jq -r .upload.url <<<"$ticket")" --upload-file "$document" -H "@$work/upload.headers" | tr -d '\r' | sed -n 's/^x-amz-version-id: //Ip')
  nro=$(jws "$work/alice.pem" EvidenceOfOrigin \
    "$(origin_payload "[\"$bob\"]" "$file" "$version" "$1" text/plain "$size" "$digest" "$(jq -r .nonce <<<"$ticket")")")
  send uploader 3 "$alice" "$(jq -c --arg nro "$nro" '{fileId, filePath, nonce, signature: $nro}' <<<"$ticket")"
  uploader_gets v ".fileId == \"$file\""
  expect 'verified' "$(jq -r .verified <<<"$reply")" true
}

deposit contract.txt
say "deposited $file"

# 4, 5
send downloader 4 "$bob" "{\"fileId\":\"$file\",\"deadlineSeconds\":600}"
downloader_gets 5 ".fileId == \"$file\""
exchange=$(jq -r .exchangeId <<<"$reply") challenge=$(jq -r .challenge <<<"$reply") nonce=$(jq -r .nonce <<<"$reply")
verify_jws "$challenge" "$(jq -c '.keys[0].jwk' <<<"$service")" || die 'the challenge is not sealed by the store'

# 6, 7, 8
nrr=$(jws "$work/bob.pem" EvidenceOfReceipt "$(receipt_payload "$challenge")")
send downloader 6 "$bob" "{\"exchangeId\":\"$exchange\",\"nonce\":\"$nonce\",\"signature\":\"$nrr\"}"
uploader_gets 7 ".exchangeId == \"$exchange\""
expect 'the NRR of step 7' "$(jq -r .NRR <<<"$reply")" "$nrr"
verify_jws "$(jq -r .release <<<"$reply")" "$(jq -c '.keys[0].jwk' <<<"$service")" || die 'the release is not sealed by the store'
downloader_gets 8 ".exchangeId == \"$exchange\""
expect 'the NRO of step 8' "$(jq -r .NRO <<<"$reply")" "$nro"
expect 'the path of step 8' "$(jq -r .filePath <<<"$reply")" "documents/$file"
# A URL would be dead before the message is: the API gives one whenever it is asked.
curl -sS -f "$(api 200 POST "/exchanges/$exchange/download" "$bob_token" | jq -r .filePath)" | cmp - "$document" || die 'the received bytes differ'
say "exchange $exchange completed"

# a: a second document, asked for and then withdrawn: both sides get the record.
deposit second.txt
send downloader 4 "$bob" "{\"fileId\":\"$file\"}"
downloader_gets 5 ".fileId == \"$file\""
exchange=$(jq -r .exchangeId <<<"$reply")
send uploader a "$alice" "{\"fileId\":\"$file\"}"
uploader_gets a ".fileId == \"$file\" and .abort"
expect 'the outcome of the abort' "$(jq -r .abort <<<"$reply")" 2
uploader_gets a ".exchangeId == \"$exchange\""
downloader_gets a ".exchangeId == \"$exchange\""
expect 'the reason' "$(payload "$(jq -r .record <<<"$reply")" | jq -r .reason)" aborted-by-uploader
say "exchange $exchange aborted"

# e: what the protocol refuses comes back with its code.
send downloader 4 "$bob" "{\"fileId\":\"$file\"}"
downloader_gets e
expect 'the refusal' "$(jq -r '"\(.refusedStep) \(.code)"' <<<"$reply")" '4 document-not-available'

# What cannot be attributed to a party goes to the dead-letter queue with its reason.
rejected() {
  sqs receive-message --profile admin --queue-url "$dead_letters" --max-number-of-messages 10 --wait-time-seconds 1 |
    jq -rc '.Messages[]?.Body' >>"$work/rejected"
  grep -q "\"reason\":\"$1\"" "$work/rejected"
}
send downloader 1 "$alice" '{}'
within 30 rejected unbound-sender
sqs send-message --profile uploader --queue-url "$queue" --message-body 'no envelope' >/dev/null
within 30 rejected invalid-body
expect 'what was rejected' "$(jq -rs 'map(select(.reason == "invalid-body").body) | first' "$work/rejected")" 'no envelope'

# The uploader's role cannot read what is for downloaders.
denied=$(sqs receive-message --profile uploader --queue-url "$downloaders" 2>&1 || true)
[[ $denied == *sqs:receivemessage* || $denied == *sqs:ReceiveMessage* ]] || die "the uploader read the downloaders' queue: $denied"

say "walkthrough $NAME: ok"
