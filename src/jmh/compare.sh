#!/bin/sh
# compare.sh BENCH [FIRST [ROUNDS]]: the allocators beside other allocators in one run, by the
# harness in the directory BENCH, which is copied to target/bench first. PEERS limits the JVM peers.
set -eu
bench=${1:?usage: src/jmh/compare.sh BENCH [FIRST [ROUNDS]]}
first=${2:-1} rounds=${3:-3}
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
  "$top/src/jmh/peer/kmemsh/bench/"*.java
cd "$work"
JVM_EXTRA="$peer:$top/target/classes" ./run-alloc.sh "$first" "$rounds" key
tools/report.py alloc
