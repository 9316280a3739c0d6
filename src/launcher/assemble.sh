#!/bin/sh
# assemble.sh TARGET JAVA_HOME: gives the jar the pack of classes that lets it start fast, and makes
# TARGET/kmemsh, the launcher and the jar in one file, and its class-data archive. Run by the build
# after the jar is complete.
set -eu
target=$1
JAVA_HOME=$2
export JAVA_HOME
here=$(dirname "$0")
"$JAVA_HOME/bin/java" "$here/Pack.java" "$target/kmemsh.jar" "$here/start.kmsh"
# shellcheck disable=SC2046 # two words: the sum and the length
set -- $(cksum <"$target/kmemsh.jar")
build=$1-$2
program=$target/kmemsh
rm -f "$program" "$program.jsa" "$program.jsa.key"
sed "s/@BUILD@/$build/" "$here/kmemsh.sh" >"$program.new"
cat "$target/kmemsh.jar" >>"$program.new"
chmod +x "$program.new"
mv "$program.new" "$program"
# Without an archive the program works as well, so a JDK that can't make one is no failure.
"$program" --make-archive "$program.jsa" >"$target/archive.log" 2>&1 ||
  echo "no class-data archive: see $target/archive.log"
