#!/usr/bin/env bash
# docs/audit.md, from start to end: what an auditor reads with the AWS CLI, and that an auditor writes nothing.
NAME=audit
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
. "$here/parties.sh"
need aws curl openssl jq od sha256sum
start_host

# An exchange to audit.
printf 'Alice sells Bob a lighthouse.\n' >"$work/contract.txt"
settle_in alice
settle_in bob
file=$(as alice put "$work/contract.txt" --to "$bob" --json | jq -r .fileId)
exchange=$(as bob get "$file" --yes --out "$work/received" --json | jq -r .exchangeId)
say "document $file, exchange $exchange"

export AWS_PROFILE=auditor
table=$(jq -r .EvidenceTableName "$outputs") bucket=$(jq -r .DocumentBucketName "$outputs")
seal=$(jq -r .SealKeyArn "$outputs") machine=$(jq -r .ExchangeStateMachineArn "$outputs")

# The evidence table.
attributes='pk, sk, documentId, uploader, downloader, challenge, openedAt, #state, endedAt, receipt, #release, #record, refusal, origin, #name, #size, digest, acquisitions, jwk'
names=$(grep -o '#[a-z]*' <<<"$attributes" | jq -Rn '[inputs | {(.): .[1:]}] | add')
items() {
  aws dynamodb query --consistent-read --table-name "$table" --key-condition-expression 'pk = :pk' \
    --expression-attribute-values "{\":pk\":{\"S\":\"$1\"}}" --projection-expression "$attributes" --expression-attribute-names "$names"
}
of_exchange=$(items "EXCHANGE#$exchange")
expect 'the items of the exchange' "$(jq -c '[.Items[].sk.S]' <<<"$of_exchange")" '["ENDING","EXCHANGE"]'
expect 'the ending' "$(jq -r '.Items[] | select(.sk.S == "ENDING").state.S' <<<"$of_exchange")" Completed
of_document=$(items "DOCUMENT#$file")
expect 'the document' "$(jq -r '.Items[] | select(.sk.S == "DOCUMENT").name.S' <<<"$of_document")" contract.txt
expect 'its acquisitions' "$(jq -r '[.Items[].acquisitions.N // "0" | tonumber] | add' <<<"$of_document")" 1
of_deposit=$(items "DEPOSIT#$file")
expect 'the items of the deposit' "$(jq -c '[.Items[].sk.S]' <<<"$of_deposit")" '["DEPOSIT"]'
nro=$(jq -r '.Items[] | select(.sk.S == "DEPOSIT").origin.S' <<<"$of_deposit")
nrr=$(jq -r '.Items[] | select(.sk.S == "ENDING").receipt.S' <<<"$of_exchange")
release=$(jq -r '.Items[] | select(.sk.S == "ENDING").release.S' <<<"$of_exchange")
expect 'what the release answers' "$(payload "$release" | jq -c .ref)" "[\"$(token_hash "$nro")\",\"$(token_hash "$nrr")\"]"

# The document: the version and the digest that the evidence names.
head=$(aws s3api head-object --checksum-mode ENABLED --bucket "$bucket" --key "documents/$file" --version-id "$(payload "$nro" | jq -r .doc.version)")
expect 'the stored checksum' "$(jq -r .ChecksumSHA256 <<<"$head" | openssl base64 -d -A | b64url)" "$(payload "$nro" | jq -r .doc.digest)"
expect 'the stored size' "$(jq -r .ContentLength <<<"$head")" "$(payload "$nro" | jq -r .doc.size)"

# The workflow.
execution=${machine/:stateMachine:/:execution:}:$exchange
expect 'the execution' "$(aws stepfunctions describe-execution --execution-arn "$execution" | jq -r .status)" SUCCEEDED
history=$(aws stepfunctions get-execution-history --profile admin --execution-arn "$execution")
expect 'the states' "$(jq -c '[.events[].stateEnteredEventDetails.name // empty]' <<<"$history")" '["Open","Commit","Publish"]'
expect 'its end' "$(jq -r '.events[-1].type' <<<"$history")" ExecutionSucceeded

# The seal, verified by KMS, and by openssl with the public key of KMS.
printf %s "${release%.*}" | openssl dgst -sha256 -binary >"$work/digest"
printf %s "${release##*.}" | unb64url | raw_to_der >"$work/signature.der"
verified() {
  aws kms verify --key-id "$seal" --signing-algorithm ECDSA_SHA_256 --message-type DIGEST \
    --message "fileb://$1" --signature "fileb://$work/signature.der"
}
expect 'the seal' "$(verified "$work/digest" | jq -r .SignatureValid)" true
printf 'another message' | openssl dgst -sha256 -binary >"$work/other"
invalid=$(verified "$work/other" 2>&1 || true)
[[ $invalid == *KMSInvalidSignatureException* ]] || die "a seal over another message: $invalid"
aws kms get-public-key --key-id "$seal" | jq -r .PublicKey | openssl base64 -d -A >"$work/seal.der"
printf %s "${release%.*}" | openssl dgst -sha256 -verify "$work/seal.der" -keyform DER -signature "$work/signature.der" | grep -q 'Verified OK'

# A party's month, as CSV.
month=$(date -u +%Y-%m)
ended() {
  aws dynamodb query --table-name "$table" --index-name "$1" --key-condition-expression "$2 = :party AND begins_with(endedAt, :month)" \
    --expression-attribute-values "{\":party\":{\"S\":\"$party\"},\":month\":{\"S\":\"$month\"}}" | jq -r '.Items[].pk.S'
}
whole() {
  local pk
  while read -r pk; do
    items "$pk" | jq -c '[.Items[] | map_values(.S)] | add'
  done
}
of_month() {
  { ended endingsByUploader uploader; ended endingsByDownloader downloader; } | whole
}
csv() {
  jq -r '[.pk[9:], .state, .openedAt, .endedAt, .documentId, .uploader, .downloader] | @csv'
}
late=$(as bob get "$file" --no-sign --again --deadline 5 --json | jq -r .exchangeId)
both=$(printf '"%s","Completed"\n"%s","Expired"\n' "$exchange" "$late" | sort)
for party in "$alice" "$bob"; do
  listed() { [[ $(of_month | csv | cut -d, -f1,2 | sort) == "$both" ]]; }
  within 120 listed
done
expect 'the columns of the month' "$(of_month | csv | awk -F, '{print NF}' | sort -u)" 7

# What expired last week, whoever the parties were.
ended_as() {
  local back
  for back in 0 1 2 3 4 5 6 7; do
    aws dynamodb query --table-name "$table" --index-name endingsByState --key-condition-expression 'stateOn = :on' \
      --expression-attribute-values "{\":on\":{\"S\":\"$1#$(date -u -d "$back days ago" +%F)\"}}" | jq -r '.Items[].pk.S'
  done
}
expect 'what expired' "$(ended_as Expired | whole | csv | cut -d, -f1,2)" "\"$late\",\"Expired\""
expect 'what was declined' "$(ended_as Declined)" ''

# Who a party was then.
keys_at() {
  aws dynamodb query --table-name "$table" --consistent-read --key-condition-expression 'pk = :pk' \
    --expression-attribute-values "{\":pk\":{\"S\":\"PARTY#$party\"}}" --projection-expression 'sk, holder, notBefore, notAfter, retiredAt' |
    jq -c --arg at "$1" '.Items[] | map_values(.S) | select(.notBefore <= $at and $at < (.retiredAt // .notAfter))'
}
signed=$(payload "$nrr" | jq -r .gen)
party=$bob
expect 'the key that could sign then' "$(keys_at "$signed" | jq -r .sk)" "KEY#$(printf %s "${nrr%%.*}" | unb64url | jq -r .kid)"
expect 'the keys of before' "$(keys_at 2020-01-01T00:00:00.000Z)" ''
pool=$(jq -r .UserPoolId "$outputs")
address=$(aws cognito-idp list-users --profile admin --user-pool-id "$pool" |
  jq -r --arg party "$bob" '.Users[].Attributes | map({(.Name): .Value}) | add | select(.sub == $party).email')
[[ $address == bob@* ]] || die "the address of Bob is '$address'"

# All of it, out of the table, without the tokens of open exchanges.
aws dynamodb scan --profile admin --consistent-read --table-name "$table" --projection-expression "$attributes" \
  --expression-attribute-names "$names" >"$work/export.json"
expect 'the exchanges of the export' "$(jq -c '.Items[] | select(.pk.S | startswith("EXCHANGE#")) | map_values(.S)' "$work/export.json" |
  jq -sc 'group_by(.pk)[] | add' | csv | cut -d, -f1,2 | sort)" "$both"
grep -q taskToken "$work/export.json" && die 'the export has task tokens'
say "audited the month $month"

# Writing is denied, and the refusal names what was asked for and on what.
denied() {
  local action=$1 resource=$2 answer
  shift 2
  answer=$("$@" 2>&1) && die "an auditor may $action"
  [[ $answer == *AccessDenied* && $answer == *"$action"* && $answer == *"$resource"* ]] || die "$action: $answer"
  say "$action: denied"
}
denied dynamodb:PutItem "table/$table" aws dynamodb put-item --table-name "$table" --item '{"pk":{"S":"EXCHANGE#x"},"sk":{"S":"ENDING"}}'
denied dynamodb:DeleteItem "table/$table" aws dynamodb delete-item --table-name "$table" --key "{\"pk\":{\"S\":\"EXCHANGE#$exchange\"},\"sk\":{\"S\":\"ENDING\"}}"
denied s3:DeleteObject "$bucket/documents/$file" aws s3api delete-object --bucket "$bucket" --key "documents/$file"
denied kms:Sign "$seal" aws kms sign --key-id "$seal" --signing-algorithm ECDSA_SHA_256 --message-type DIGEST --message "fileb://$work/digest"
# Nor does an auditor see the token that would end an open exchange.
denied dynamodb:Query "table/$table" aws dynamodb query --table-name "$table" --key-condition-expression 'pk = :pk' \
  --expression-attribute-values "{\":pk\":{\"S\":\"EXCHANGE#$exchange\"}}" --projection-expression taskToken
denied states:GetExecutionHistory "$execution" aws stepfunctions get-execution-history --execution-arn "$execution"
denied states:StopExecution "$execution" aws stepfunctions stop-execution --execution-arn "$execution"
expect 'the items afterwards' "$(items "EXCHANGE#$exchange" | jq -cS .Items)" "$(jq -cS .Items <<<"$of_exchange")"

say "walkthrough $NAME: ok"
