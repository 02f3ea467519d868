# What the scripts of this folder share: a cluster on loopback, started and stopped process by process.

cd "$(dirname "${BASH_SOURCE[0]}")/.."
PULLQUOTE=${PULLQUOTE:-target/release/pullquote-ballista}
NEWS_FILES=${NEWS_FILES:-target/release/examples/news_files}
PORT=${PORT:-51050}
SCHEDULER=127.0.0.1:$PORT
WORK=${WORK:-$(mktemp -d)}
export RUST_LOG=${RUST_LOG:-warn}
declare -A PIDS

for binary in "$PULLQUOTE" "$NEWS_FILES"; do
    [ -x "$binary" ] || { echo "no $binary: cargo build --release -p pullquote-ballista --bins --examples"; exit 2; }
done
mkdir -p "$WORK"

stop_all() {
    local name
    for name in "${!PIDS[@]}"; do kill -9 "${PIDS[$name]}" 2>/dev/null || true; done
    wait 2>/dev/null || true
    [ -n "${KEEP:-}" ] || rm -rf "$WORK"
}
trap stop_all EXIT

# Tells whether something answers on a port, with 200 where a path is given: `answers PORT [PATH]`.
answers() (
    exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
    [ -z "${2:-}" ] || { printf 'GET %s HTTP/1.0\r\n\r\n' "$2" >&3 && head -1 <&3 | grep -q ' 200'; }
) 2>/dev/null

# Waits until something answers: `ready PORT SECONDS [PATH]`.
ready() {
    local n
    for n in $(seq $(($2 * 5))); do
        answers "$1" "${3:-}" && return 0
        sleep 0.2
    done
    echo "nothing is ready on port $1 after $2 s; see the logs in $WORK (KEEP=1 keeps them)"
    return 1
}

start_scheduler() {
    "$PULLQUOTE" scheduler --bind-host 127.0.0.1 --bind-port "$PORT" >>"$WORK/scheduler.log" 2>&1 &
    PIDS[scheduler]=$!
    ready "$PORT" 60
}

# Starts an executor of one core: `start_executor NUMBER`.
start_executor() {
    local number=$1 port=$((PORT + 10 * $1))
    "$PULLQUOTE" executor --bind-host 127.0.0.1 --external-host 127.0.0.1 --scheduler-host 127.0.0.1 \
        --scheduler-port "$PORT" --vcores 1 --bind-port "$port" --bind-grpc-port $((port + 1)) \
        --bind-health-port $((port + 2)) --work-dir "$WORK/executor-$number" >>"$WORK/executor-$number.log" 2>&1 &
    PIDS[executor-$number]=$!
    ready $((port + 2)) 60 /readyz
}

# Ends a process that this script started, with no chance to tidy up: `kill_9 NAME`.
kill_9() {
    kill -9 "${PIDS[$1]}"
    wait "${PIDS[$1]}" 2>/dev/null || true
    unset "PIDS[$1]"
}

# Prints the answer of a query in this process, without the head: `value QUERY TABLE=PLACE…`.
value() {
    local query=$1 table
    local tables=()
    shift
    for table in "$@"; do tables+=(--table "$table"); done
    "$PULLQUOTE" sql --format csv "${tables[@]}" "$query" | tail -n +2
}
