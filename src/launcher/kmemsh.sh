#!/bin/sh
# kmemsh: this script starts the jar that follows it in the same file. It starts no other process on
# its way to java, because each would cost more than the whole script; a file on standard input is worth one.
#
# A class-data archive halves the start-up time. It fits one JVM and one copy of this file only, and
# one that does not fit makes starting slower, so it is used only with a key beside it that fits:
#   FILE.key   path of java / its build / path of this file / build of this file
# The archive stands beside this file (made by the build) or in the user's cache, where the first
# start makes it in the background. KMEMSH_ARCHIVE=off: neither use nor make one.
build=@BUILD@

case $0 in
/*) self=$0 ;;
*) self=$PWD/$0 ;;
esac

find_java() {
  if [ -n "${JAVA_HOME:-}" ]; then
    java=$JAVA_HOME/bin/java
    [ -x "$java" ] && return
    echo "kmemsh: $java: JAVA_HOME names no JDK or JRE; one of version 17 or later is needed" >&2
    exit 2
  fi
  IFS=:
  for directory in ${PATH:-}; do
    java=${directory:-.}/java
    if [ -x "$java" ] && [ ! -d "$java" ]; then
      unset IFS
      return
    fi
  done
  echo "kmemsh: java is not on the PATH and JAVA_HOME is not set; version 17 or later is needed" >&2
  exit 2
}

# java_build JAVA: sets java_build to the line of the JDK's release file that names its build.
java_build() {
  java_build=unknown
  [ -r "${1%/bin/java}/release" ] || return 1
  while IFS= read -r line; do
    case $line in
    JAVA_RUNTIME_VERSION=*)
      java_build=$line
      return 0
      ;;
    esac
  done <"${1%/bin/java}/release"
  return 1
}

# fits ARCHIVE: whether ARCHIVE was made for this java and this file.
fits() {
  [ "$1" -nt "$self" ] && [ -r "$1.key" ] || return 1
  {
    IFS= read -r key_java && IFS= read -r key_java_build &&
      IFS= read -r key_self && IFS= read -r key_build
  } <"$1.key" || return 1
  [ "$key_build" = "$build" ] && [ "$key_self" = "$self" ] && [ "$java" -ef "$key_java" ] &&
    java_build "$key_java" && [ "$key_java_build" = "$java_build" ]
}

# cache_name: sets cache to this file's place in the cache; a path's slashes become equals signs.
cache_name() {
  cache=
  cache_dir=${XDG_CACHE_HOME:-${HOME:+$HOME/.cache}}
  [ -n "$cache_dir" ] || return 1
  cache_dir=$cache_dir/kmemsh
  set -f
  IFS=/
  # shellcheck disable=SC2086 # splitting is the point
  # No percent sign: Java replaces %t and %p in file names.
  set -- $self
  IFS='='
  cache="$cache_dir/$*.jsa"
  set +f
  unset IFS
}

# make_archive ARCHIVE: makes it with java, unless another process is at it.
make_archive() {
  java=$(readlink -f "$java") && java_build "$java" || return 1
  lock=$1.lock
  if ! (set -C && echo $$ >"$lock") 2>/dev/null; then
    read -r owner <"$lock" && kill -0 "$owner" 2>/dev/null && return 1
    rm -f "$lock"
    (set -C && echo $$ >"$lock") 2>/dev/null || return 1
  fi
  rm -f "$1.key"
  "$java" -XX:DumpLoadedClassList="$1.classes" \
    -cp "$self" kmemsh.shell.Rehearsal &&
    "$java" -Xshare:dump -Xlog:disable -XX:SharedClassListFile="$1.classes" \
      -XX:SharedArchiveFile="$1.new" -cp "$self" && mv "$1.new" "$1"
  # The key is written in any case: what failed is not tried again at each start.
  [ -e "$1" ] || : >"$1"
  printf '%s\n%s\n%s\n%s\n' "$java" "$java_build" "$self" "$build" >"$1.key"
  rm -f "$1.classes" "$1.new" "$lock"
}

# light: whether standard input has at most 40 lines and none that takes long. Sets long if it has more.
light() {
  count=0
  long=
  while IFS= read -r line || [ -n "$line" ]; do
    count=$((count + 1))
    if [ "$count" -gt 40 ]; then
      long=yes
      return 1
    fi
    light_line "$line" || return 1
  done
}

light_line() {
  case $1 in
  '#'*) return 0 ;;
  *repeat* | *for* | *source* | *load* | *replay* | *bulk* | *verify*) return 1 ;;
  esac
}

# look_at ARGUMENTS: sets prompt, light, simple and long: whether there will be a prompt, whether the run is
# over before compiling pays, and whether many lines are to come, as a pipe may bring. A light run compiles late
# and without the optimising compiler; a long one takes the collector that starts slower and costs
# less. Where lines decide, more than loops inside one, smaller pieces are compiled, which costs a
# third, and new objects get little room, which stays in the processor's cache.
look_at() {
  long=
  what=stdin
  prompt=
  simple=
  light=yes
  while [ $# -gt 0 ]; do
    case $1 in
    replay)
      what=words
      light=
      long=yes
      # Ten recordings are through before the optimising compiler has paid for itself.
      simple=yes
      # What follows are recordings, no scripts.
      return
      ;;
    verify | check | drill)
      what=words
      light=
      ;;
    -c)
      what=words
      light_line "${2:-}" || light=
      ;;
    -h | --help | -V | --version | completion | help) what=words ;;
    -i | --interactive) prompt=yes ;;
    *)
      if [ -f "$1" ]; then
        what=words
        # What cannot be read is for the program to say.
        light <"$1" 2>/dev/null || light=
      fi
      ;;
    esac
    shift
  done
  [ $what = stdin ] || return
  if [ -t 0 ]; then
    prompt=yes
  elif [ -f /proc/self/fd/0 ]; then
    look_at_stdin
  else
    light=
    [ ! -p /proc/self/fd/0 ] || long=yes
  fi
}

# look_at_stdin: like look_at, for a file. Opening it by this name starts at its beginning again and leaves
# our own place alone. A shell reads byte by byte, seconds for a line of megabytes, so it gets no more
# than the begin of the file.
look_at_stdin() {
  { begin=$(head -c 8192 /proc/self/fd/0); } 2>/dev/null
  if [ "${#begin}" -ge 4000 ]; then
    long=yes
    light=
    return
  fi
  light <<EOF || light=
$begin
EOF
}

find_java

if [ "${1:-}" = --make-archive ]; then
  make_archive "${2:-$self.jsa}"
  exit
fi

archive=
if [ "${KMEMSH_ARCHIVE:-}" != off ]; then
  if fits "$self.jsa"; then
    archive=$self.jsa
  elif cache_name; then
    if fits "$cache"; then
      archive=$cache
    elif { [ -d "$cache_dir" ] || mkdir -p -m 700 "$cache_dir"; } 2>/dev/null &&
      [ -w "$cache_dir" ]; then
      (make_archive "$cache") </dev/null >/dev/null 2>&1 &
    fi
  fi
  [ -s "$archive" ] || archive=
fi

look_at "$@"
lines=$long
young=-Xmn64m
[ -z "$simple" ] || young=-XX:NewRatio=1
# A light run begins with a small heap, which grows when it must: the tables of a large one, and of
# many strings, take longer to set up than the run.
small=$light
[ -z "$prompt" ] || small=
# Java does not start with two collectors, and what the user says of the heap holds.
given="${JAVA_TOOL_OPTIONS:-} ${JDK_JAVA_OPTIONS:-} ${_JAVA_OPTIONS:-}"
case $given in
*GC*) long= ;;
esac
case $given in
*-Xm* | *Heap* | *RAM* | *New*) small= ;;
esac

# -jar makes Java read the whole directory of the jar; only JLine needs what the manifest says.
if [ -n "$prompt" ]; then
  set -- ${archive:+-Dkmemsh.archived=yes} -jar "$self" "$@"
else
  set -- -cp "$self" kmemsh.shell.Main "$@"
fi

exec "$java" -XX:+IgnoreUnrecognizedVMOptions ${archive:+"-XX:SharedArchiveFile=$archive"} \
  -Xshare:auto -Xlog:disable -XX:-UsePerfData -XX:+UnlockDiagnosticVMOptions \
  -XX:ArchiveRelocationMode=0 \
  ${long:+-XX:+UseSerialGC "$young"} \
  ${lines:+-XX:InlineSmallCode=500 -XX:FreqInlineSize=120} \
  ${simple:+-XX:TieredStopAtLevel=1} \
  ${light:+-XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=10} \
  ${small:+-Xms64m -Xmn32m -XX:StringTableSize=4096} "$@"
exit
