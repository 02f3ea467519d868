#!/usr/bin/env bash
# The same rows in this process and on a cluster of two executors, and three runs of `extract` in each of which one
# process is killed with -9: an executor, the client, the scheduler. After a rerun every article must be there exactly
# once. Prints every count; exits 1 when one is wrong. About a minute on two cores.
#
#     cargo build --release -p pullquote-ballista --bins --examples && tests/cluster.sh [MEGABYTES] [FILES]
set -euo pipefail
source "$(dirname "$0")/common.sh"

MEGABYTES=${1:-96}
FILES=${2:-32}
COLUMNS=(--column id --column 'quotes(body) AS quotes')
WRONG=0

check() {
    local what=$1 got=$2 want=$3
    if [ "$got" == "$want" ]; then
        printf '  ok     %s: %s\n' "$what" "$got"
    else
        printf '  WRONG  %s: %s, not %s\n' "$what" "$got" "$want"
        WRONG=1
    fi
}

extract() {
    "$PULLQUOTE" extract "$WORK/news" "$WORK/$1" "${COLUMNS[@]}" --scheduler "$SCHEDULER" "${@:2}"
}

# The same in the background. Not `extract &`: that would be a shell round the client, and a kill would meet the shell.
start_extract() {
    "$PULLQUOTE" extract "$WORK/news" "$WORK/$1" "${COLUMNS[@]}" --scheduler "$SCHEDULER" "${@:2}" &
    PIDS[client]=$!
}

# Waits for the client, and tells how it ended: `end_extract FOLDER`.
end_extract() {
    local code=0
    wait "${PIDS[client]}" || code=$?
    unset 'PIDS[client]'
    printf '  the run ended with code %s and %s files\n' "$code" "$(finished "$1")"
}

# Waits until a run has put so many files in place: `wait_for FOLDER COUNT`.
wait_for() {
    until [ "$(find "$WORK/$1" -maxdepth 1 -name '*.parquet' 2>/dev/null | wc -l)" -ge "$2" ]; do sleep 0.1; done
}

finished() {
    find "$WORK/$1" -maxdepth 1 -name '*.parquet' | wc -l
}

# Compares an output with the input: `verify FOLDER`.
verify() {
    check "files" "$(finished "$1")" "$FILES"
    check "rows, articles, first, last" \
        "$(value 'SELECT count(*), count(DISTINCT id), min(id), max(id) FROM out' out="$WORK/$1")" \
        "$ARTICLES,$ARTICLES,0,$((ARTICLES - 1))"
    check "articles without quotes because of NULL" \
        "$(value 'SELECT count(*) FROM out WHERE quotes IS NULL' out="$WORK/$1")" 0
    check "quotes" "$(value 'SELECT sum(cardinality(quotes)) FROM out' out="$WORK/$1")" "$QUOTES"
    check "strays" "$(find "$WORK/$1" -mindepth 1 ! -name '*.parquet' ! -name _pullquote.json | wc -l)" 0
}

printf '==> news\n'
"$NEWS_FILES" "$WORK/news" "$MEGABYTES" "$FILES"
ARTICLES=$(value 'SELECT count(*) FROM news' news="$WORK/news")

printf '==> the same rows in this process and on a cluster\n'
start_scheduler
start_executor 1
start_executor 2
QUERY='SELECT q.speaker, count(*) FROM (SELECT unnest(quotes(body)) q FROM news) GROUP BY 1'
"$PULLQUOTE" sql --format csv --table news="$WORK/news" "$QUERY" | sort >"$WORK/here.csv"
"$PULLQUOTE" sql --format csv --table news="$WORK/news" --scheduler "$SCHEDULER" "$QUERY" | sort >"$WORK/there.csv"
check "rows" "$(wc -l <"$WORK/there.csv")" "$(wc -l <"$WORK/here.csv")"
check "rows that differ" "$(diff "$WORK/here.csv" "$WORK/there.csv" | grep -c '^[<>]' || true)" 0
QUOTES=$(value 'SELECT sum(cardinality(quotes(body))) FROM news' news="$WORK/news")
printf '  %s articles, %s quotes\n' "$ARTICLES" "$QUOTES"

printf '==> kill -9 of an executor\n'
start_extract executor-killed
wait_for executor-killed 4
kill_9 executor-2
printf '  killed with %s of %s files finished\n' "$(finished executor-killed)" "$FILES"
end_extract executor-killed
start_executor 2
extract executor-killed
verify executor-killed

printf '==> kill -9 of the client\n'
start_extract client-killed
wait_for client-killed 4
kill_9 client
check "clients left" "$(pgrep -cf "^$PULLQUOTE extract $WORK/" || true)" 0
printf '  killed with %s of %s files finished\n' "$(finished client-killed)" "$FILES"
extract client-killed
verify client-killed

printf '==> kill -9 of the scheduler\n'
start_extract scheduler-killed --tries 2
wait_for scheduler-killed 4
kill_9 scheduler
printf '  killed with %s of %s files finished\n' "$(finished scheduler-killed)" "$FILES"
end_extract scheduler-killed
start_scheduler
# The executors find the new scheduler by their next heartbeats.
extract scheduler-killed
verify scheduler-killed

printf '==> a changed run\n'
CODE=0
"$PULLQUOTE" extract "$WORK/news" "$WORK/client-killed" --column id || CODE=$?
check "code when the columns differ" "$CODE" 1

[ "$WRONG" == 0 ] && printf 'All counts are right.\n'
exit "$WRONG"
