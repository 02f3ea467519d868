#!/usr/bin/env bash
# One executor of one core against two, on the same files, and how far the machine was busy otherwise. Prints times and
# the ratio. The figures of docs/scale.md come from here.
#
#     cargo build --release -p pullquote-ballista --bins --examples && tests/scaling.sh [MEGABYTES] [FILES]
set -euo pipefail
source "$(dirname "$0")/common.sh"

MEGABYTES=${1:-850}
FILES=${2:-64}

load() { cut -d' ' -f1-3 /proc/loadavg; }

# Jiffies of all cores: busy ones and all.
jiffies() { awk '/^cpu /{print $2+$3+$4+$7+$8, $2+$3+$4+$5+$6+$7+$8}' /proc/stat; }

# Jiffies of our processes, their threads and finished children.
ours() {
    local total=0 pid
    for pid in "${PIDS[@]}"; do total=$((total + $(awk '{print $14+$15}' "/proc/$pid/stat"))); done
    echo "$total"
}

# Runs `extract` and sets MILLISECONDS: `run NAME`.
run() {
    local from mine before after
    read -r -a before <<<"$(jiffies)"
    mine=$(ours)
    from=$(date +%s%N)
    "$PULLQUOTE" extract "$WORK/news" "$WORK/$1" --column id --column 'quotes(body) AS quotes' \
        --scheduler "$SCHEDULER"
    MILLISECONDS=$((($(date +%s%N) - from) / 1000000))
    mine=$(($(ours) - mine))
    read -r -a after <<<"$(jiffies)"
    # A jiffy is ten milliseconds. Where other work took more than a little, the ratio says nothing of a free machine;
    # the seconds of processor time still do.
    awk -v name="$1" -v ms="$MILLISECONDS" -v mine="$mine" -v busy="$((after[0] - before[0]))" -v load="$(load)" \
        'BEGIN {
            printf "%s: %.1f s; processor time %.1f s; cores busy with it %.2f, with other work %.2f; load %s\n",
                name, ms / 1000, mine / 100, mine * 10 / ms, (busy - mine) * 10 / ms, load
        }'
}

"$NEWS_FILES" "$WORK/news" "$MEGABYTES" "$FILES"
printf '%s cores, load %s\n' "$(nproc)" "$(load)"
start_scheduler
start_executor 1
run one-executor
ONE=$MILLISECONDS
start_executor 2
run two-executors
TWO=$MILLISECONDS
printf 'two executors are %s times as fast as one\n' "$(awk -v a="$ONE" -v b="$TWO" 'BEGIN{printf "%.2f", a/b}')"
