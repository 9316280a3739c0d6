#!/bin/sh
# assemble.sh TARGET JAVA_HOME: makes TARGET/kmemsh, the launcher and the jar in one file, and its
# class-data archive; and gives the jar the shape that lets it start fast without them. Run by the
# build after the jar is complete.
set -eu
target=$1
JAVA_HOME=$2
export JAVA_HOME
here=$(dirname "$0")
flat=$target/kmemsh-all.jar
"$JAVA_HOME/bin/java" "$here/Pack.java" "$target/kmemsh.jar" "$here/start.kmsh" "$here/objects.kmsh" "$flat"
# shellcheck disable=SC2046 # two words: the sum and the length
set -- $(cksum <"$flat")
build=$1-$2
program=$target/kmemsh
rm -f "$program" "$program.jsa" "$program.jsa.key"
sed "s/@BUILD@/$build/" "$here/kmemsh.sh" >"$program.new"
cat "$flat" >>"$program.new"
chmod +x "$program.new"
mv "$program.new" "$program"
rm "$flat"
# Without an archive the program works as well, so a JDK that can't make one is no failure.
"$program" --make-archive "$program.jsa" >"$target/archive.log" 2>&1 ||
  echo "no class-data archive: see $target/archive.log"
