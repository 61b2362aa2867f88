#!/bin/bash
# Records the order traces anew, or checks them, against the interpreters on this machine.
#
#   tests/Conformance/Traces/record.sh check [repetitions]      each program must print its .expected so many times
#   tests/Conformance/Traces/record.sh record [repetitions]     writes .expected, then checks it
#
# A recording is what the program writes to its output, and its exit code as the last line. Recorded with CPython 3.11 and 3.13,
# Node 20, and Go 1.19 (on one processor, so that the order is the scheduler's own); programs with py313 in their name need 3.12 or
# later and are left out on an older Python. NODE, PY and GO name other interpreters, FILES restricts the programs.
cd "$(dirname "$0")" || exit 2
mode=${1:-check}
repetitions=${2:-3}
node=${NODE:-node}
python=${PY:-python3}
go=${GO:-go}
gopath=${GOPATH:-/usr/share/gocode} # where Debian's golang-golang-x-sync-dev puts golang.org/x/sync
failed=0

run() {
    case $1 in
        *.js) timeout 30 "$node" "$1" 2>/dev/null ;;
        *.go) GO111MODULE=off GOPATH=$gopath GOMAXPROCS=1 timeout 60 "$go" run "$1" 2>/dev/null ;;
        *.py) timeout 30 "$python" -W ignore "$1" 2>/dev/null ;;
    esac
    echo "exit: $?"
}

"$node" --version
"$python" --version
"$go" version
new=$("$python" -c 'import sys; print(sys.version_info >= (3, 12))')
for program in ${FILES:-node/*.js asyncio/*.py go/*.go}; do
    [ "$new" = False ] && [[ $program == *py313* ]] && continue
    expected=${program%.*}.expected
    [ "$mode" = record ] && run "$program" > "$expected"
    for _ in $(seq "$repetitions"); do
        run "$program" | cmp -s - "$expected" && continue
        echo "differs: $program"
        run "$program" | diff - "$expected" | head -10
        failed=1
        break
    done
done
exit $failed
