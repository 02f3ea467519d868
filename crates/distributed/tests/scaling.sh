#!/usr/bin/env bash
# One executor of one core against two, on the same files, on a machine that does nothing else. Prints times and the
# ratio. The figures of docs/scale.md come from here.
#
#     cargo build --release -p pullquote-ballista --bins --examples && tests/scaling.sh [MEGABYTES] [FILES]
set -euo pipefail
source "$(dirname "$0")/common.sh"

MEGABYTES=${1:-850}
FILES=${2:-64}

# Jiffies of our processes, their threads and finished children.
ours() {
    local total=0 pid
    for pid in "${PIDS[@]}"; do total=$((total + $(awk '{print $14+$15}' "/proc/$pid/stat"))); done
    echo "$total"
}

# Runs `extract` and sets MILLISECONDS: `run NAME`.
run() {
    local from mine
    mine=$(ours)
    from=$(date +%s%N)
    "$PULLQUOTE" extract "$WORK/news" "$WORK/$1" --column id --column 'quotes(body) AS quotes' \
        --scheduler "$SCHEDULER"
    MILLISECONDS=$((($(date +%s%N) - from) / 1000000))
    mine=$(($(ours) - mine))
    # A jiffy is ten milliseconds.
    awk -v name="$1" -v ms="$MILLISECONDS" -v mine="$mine" \
        'BEGIN { printf "%s: %.1f s; processor time %.1f s\n", name, ms / 1000, mine / 100 }'
}

"$NEWS_FILES" "$WORK/news" "$MEGABYTES" "$FILES"
printf '%s cores\n' "$(nproc)"
start_scheduler
start_executor 1
run one-executor
ONE=$MILLISECONDS
start_executor 2
run two-executors
TWO=$MILLISECONDS
printf 'two executors are %s times as fast as one\n' "$(awk -v a="$ONE" -v b="$TWO" 'BEGIN{printf "%.2f", a/b}')"
