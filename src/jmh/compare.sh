#!/bin/sh
# compare.sh BENCH [FIRST [ROUNDS]]: kmemsh beside other allocators in one run, by the harness in the
# directory BENCH, which is copied to target/bench first. Every round runs every peer on every
# workload; figures are CPU nanoseconds. Ends with the medians over all rounds so far and what kmemsh
# costs in units of the others. FIRST 1 (the default) begins anew, a larger one adds rounds.
#
# PEERS      JVM peers (default: kmemsh and the five set-ups of Netty; "all" for all)
# WORKLOADS  default: pages only; for example "bytePair/64 byteMix/10000"
set -eu
bench=${1:?usage: src/jmh/compare.sh BENCH [FIRST [ROUNDS]]}
first=${2:-1} rounds=${3:-3}
workloads=${WORKLOADS:-pagePair/0 pagePair/3 pagePair/9 pageMix/10000 pageMix/100000}
netty=netty-heap,netty-heap-nocache,netty-direct,netty-direct-nocache,netty-adaptive-direct
peers=${PEERS:-kmemsh,$netty}
top=$(cd "$(dirname "$0")/../.." && pwd)
work=$top/target/bench
mkdir -p "$work"
cp -r "$bench/." "$work/"
chmod -R u+w "$work"
[ -d "$top/target/classes/kmemsh" ] || (cd "$top" && mvn -q -B -DskipTests package)
[ -d "$work/jvm/target/lib" ] || (cd "$work/jvm" && mvn -q -B install)
peer=$top/target/bench-peer
mkdir -p "$peer"
cp -r "$top/src/jmh/peer/META-INF" "$peer/"
javac --release 17 -d "$peer" -cp "$top/target/classes:$work/jvm/target/classes" \
  "$top"/src/jmh/peer/kmemsh/bench/*.java
cd "$work"
[ "$first" -gt 1 ] || rm -rf out
mkdir -p out
round=$first
while [ "$round" -lt $((first + rounds)) ]; do
  # shellcheck disable=SC2086
  native/run.sh "$round" $workloads
  java -cp "jvm/target/classes:jvm/target/lib/*:$peer:$top/target/classes" kbench.Main \
    first="$round" rounds=1 wi="${WI:-4}" i="${IT:-5}" ms="${JMS:-400}" out=out/jvm.tsv \
    workloads="$(echo $workloads | tr ' ' '|')" $([ "$peers" = all ] || echo "peers=$peers")
  round=$((round + 1))
done
echo
cat out/native.tsv out/jvm.tsv | sort -k3,3 -k2,2 -k4,4n | awk -f "$top/src/jmh/ratios.awk"
