# Shared by the walkthroughs: a host of its own on free ports, two parties, assertions. Sourced, with NAME set.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
fairshare=${FAIRSHARE:-$root/client/FairShare.Cli/bin/Debug/net10.0/fairshare}
password='Walkthrough-2468'
work=$(mktemp -d)
host=

. "$here/jws.sh"

die() { printf 'walkthrough %s: %s\n' "$NAME" "$*" >&2; exit 1; }

finish() {
  local status=$?
  trap - EXIT
  stop_host
  if (( status != 0 )); then
    printf 'walkthrough %s: failed\n' "$NAME" >&2
    tail -n 5 "$work/up.log" >&2 || true
  fi
  rm -rf "$work"
  exit $status
}
trap finish EXIT
trap 'printf "walkthrough %s: line %s: %s\n" "$NAME" "$LINENO" "$BASH_COMMAND" >&2' ERR
trap 'exit 130' INT TERM
set -E

need() {
  local tool
  for tool in "$@"; do
    command -v "$tool" >/dev/null || die "$tool is needed and was not found"
  done
}

say() { printf '%s\n' "$*"; }

# expect WHAT ACTUAL EXPECTED
expect() { [[ $2 == "$3" ]] || die "$1 is '$2', expected '$3'"; }

# within SECONDS COMMAND...: repeats it until it succeeds
within() {
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    (( SECONDS < end )) || die "in vain: $*"
    sleep 0.2
  done
}

# start_host: on the ports it had before, if any. Sets api, aws and the files that `up` announces.
start_host() {
  [[ -x $fairshare ]] || dotnet build "$root/client/FairShare.Cli" -v q >&2
  : >"$work/up.log"
  "$fairshare" up --json --data "$work/data" --port "${api_port:-0}" --aws-port "${aws_port:-0}" >"$work/up.log" 2>&1 &
  host=$!
  within 60 announced
  api=$(announcement .api) aws=$(announcement .aws)
  api_port=${api##*:} aws_port=${aws##*:}
  export AWS_SHARED_CREDENTIALS_FILE AWS_CONFIG_FILE
  AWS_SHARED_CREDENTIALS_FILE=$(announcement .credentialsFile) AWS_CONFIG_FILE=$(announcement .configFile)
  outputs=$(announcement .outputsFile)
  unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_PROFILE AWS_ENDPOINT_URL
}

announcement() { head -n 1 "$work/up.log" | jq -r "$1"; }
announced() {
  kill -0 "$host" 2>/dev/null || die "the host ended: $(cat "$work/up.log")"
  grep -q '"outputsFile"' "$work/up.log"
}

stop_host() {
  [[ -n $host ]] || return 0
  kill "${1:--TERM}" "$host" 2>/dev/null || true
  wait "$host" 2>/dev/null || true
  host=
}

mailed_code() {
  code=$(jq -r --arg to "$1" 'select(.mailTo == $to).code' "$work/up.log" | tail -n 1)
  [[ -n $code ]]
}

# call STATUS METHOD URL [CURL OPTIONS...]: the answer's body, if it has that status
call() {
  local status=$1 method=$2 url=$3 answer
  shift 3
  answer=$(curl -sS -w '\n%{http_code}' -X "$method" "$url" "$@")
  expect "$method ${url%%\?*} $(head -c 300 <<<"$answer"): status" "${answer##*$'\n'}" "$status"
  printf '%s' "${answer%$'\n'*}"
}

# api STATUS METHOD PATH TOKEN [BODY]
api() {
  local body=()
  [[ $# -lt 5 ]] || body=(-H 'Content-Type: application/json' -d "$5")
  call "$1" "$2" "$api$3" -H "Authorization: Bearer $4" "${body[@]}"
}

# cognito OPERATION BODY
cognito() {
  call 200 POST "$identity" -H 'Content-Type: application/x-amz-json-1.1' -H "X-Amz-Target: AWSCognitoIdentityProviderService.$1" -d "$2"
}

# discover: what a client needs to know
discover() {
  service=$(call 200 GET "$api/.well-known/fairshare")
  identity=$(jq -r .identity.endpoint <<<"$service") client=$(jq -r .identity.clientId <<<"$service") ttp=$(jq -r .ttp <<<"$service")
}

# sign_up EMAIL: sets party and token
sign_up() {
  local answer
  answer=$(cognito SignUp "$(jq -nc --arg c "$client" --arg e "$1" --arg p "$password" \
    '{ClientId: $c, Username: $e, Password: $p, UserAttributes: [{Name: "email", Value: $e}]}')")
  party=$(jq -r .UserSub <<<"$answer")
  within 10 mailed_code "$1"
  cognito ConfirmSignUp "$(jq -nc --arg c "$client" --arg e "$1" --arg code "$code" '{ClientId: $c, Username: $e, ConfirmationCode: $code}')" >/dev/null
  answer=$(cognito InitiateAuth "$(jq -nc --arg c "$client" --arg e "$1" --arg p "$password" \
    '{ClientId: $c, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters: {USERNAME: $e, PASSWORD: $p}}')")
  token=$(jq -r .AuthenticationResult.AccessToken <<<"$answer")
}

# register_key TOKEN PARTY KEYFILE: a key with its proof of possession
register_key() {
  local nonce proof kid
  nonce=$(api 201 POST /keys/nonces "$1" | jq -r .nonce)
  proof=$(jws "$3" KeyPossession "{\"party\":\"$2\",\"nonce\":\"$nonce\",\"kid\":\"$(key_id "$3")\"}")
  kid=$(api 201 POST /keys "$1" "{\"kind\":\"self\",\"jwk\":$(jwk "$3"),\"nonce\":\"$nonce\",\"proof\":\"$proof\"}" | jq -r .kid)
  expect 'the key id' "$kid" "$(key_id "$3")"
}

# join_as NAME: signs up NAME@example.com with a key in NAME.pem; sets NAME and NAME_token
join_as() {
  sign_up "$1@example.com"
  new_key "$work/$1.pem"
  register_key "$token" "$party" "$work/$1.pem"
  printf -v "$1" %s "$party"
  printf -v "$1_token" %s "$token"
}

# origin_payload AUDIENCE-JSON FILE-ID VERSION NAME TYPE SIZE DIGEST NONCE
origin_payload() {
  jq -nc --arg id "$(new_id)" --arg orig "$alice" --argjson rcpt "$1" --arg ttp "$ttp" --arg file "$2" --arg version "$3" \
    --arg name "$4" --arg type "$5" --argjson size "$6" --arg digest "$7" --arg nonce "$8" --arg gen "$(now)" --arg salt "$(new_salt)" \
    '{ver: 1, id: $id, event: "urn:fairshare:event:submission", pol: "urn:fairshare:policy:2", orig: $orig, rcpt: $rcpt, ttp: $ttp,
      doc: {id: $file, version: $version, name: $name, type: $type, size: $size, method: "sha-256", digest: $digest},
      salt: $salt, nonce: $nonce, gen: $gen, hold: "self"}'
}

# receipt_payload CHALLENGE: the challenge's own members, the reader's id and time, and the challenge among what it answers
receipt_payload() {
  payload "$1" | jq -c --arg id "$(new_id)" --arg gen "$(now)" --arg hash "$(token_hash "$1")" \
    '{ver, id: $id, event: "http://uri.etsi.org/19522/Event/ConsignmentAcceptance", pol, orig, rcpt, ttp, exch, doc,
      ref: (.ref + [$hash]), nonce, gen: $gen, due, hold: "self"}'
}
