# Parties that use the command fairshare, each with a home of its own.

# as NAME COMMAND...
as() {
  local name=$1
  shift
  FAIRSHARE_HOME=$work/home-$name FAIRSHARE_URL=$api FAIRSHARE_PASSWORD=$password FAIRSHARE_PASSPHRASE=$password "$fairshare" "$@"
}

# settle_in NAME: register, confirm, login; sets NAME to the party's id
settle_in() {
  as "$1" register "$1@example.com" >/dev/null
  within 10 mailed_code "$1@example.com"
  as "$1" confirm "$code" >/dev/null
  printf -v "$1" %s "$(as "$1" login --json | jq -r .party)"
}
