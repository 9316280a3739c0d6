#!/usr/bin/env bash
# run.sh [PROGRAM]: real programs read the tree that `export` writes: free, slabtop, vmstat, jc,
# prometheus-node-exporter. Installs Debian's packages when it can; says what it could not try.
set -eu
program=$(realpath "${1:-target/kmemsh}")
work=$(mktemp -d)
exporter=
end() {
  [ -z "$exporter" ] || kill "$exporter" 2>/dev/null || true
  rm -rf "$work"
}
trap end EXIT
failed=0
fail() {
  echo "programs: $*" >&2
  failed=1
}

install() { # PACKAGE PROGRAM: whether PROGRAM is there, after trying to install it
  command -v "$2" >/dev/null && return 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    if [ ! -e "$work/updated" ]; then
      timeout 60 apt-get -qq update >/dev/null 2>&1 || true
      touch "$work/updated"
    fi
    DEBIAN_FRONTEND=noninteractive timeout 120 \
      apt-get -qq install -y --no-install-recommends "$1" >/dev/null 2>&1 || true
  fi
  command -v "$2" >/dev/null || {
    echo "$1 is not installed here and cannot be: not tried"
    return 1
  }
}

export_tree() { # NAME OPTIONS LINES: a machine after some load, written to $work/NAME
  printf '%s\nexport %s\n' "$3" "$work/$1" >"$work/$1.kmsh"
  # shellcheck disable=SC2086
  "$program" -e $2 "$work/$1.kmsh" >"$work/$1.out" || {
    cat "$work/$1.out"
    fail "the tree of $1 cannot be exported"
  }
}
load='repeat 300 kmalloc 200
p = alloc_pages 4
c = kmem_cache_create task_struct 1088
o = repeat 50 kmem_cache_alloc $c'
export_tree slab '' "$load"
export_tree slub '--machine x86_64 --nodes 2 --cpus 4' "$load"
# jc knows pagetypeinfo only with all six migratetypes.
printf 'arch x86_64\nmem 2G\ncma\ncompaction\nthp\n' >"$work/cma.machine"
export_tree cma "--machine $work/cma.machine" "$load"

value() { # TREE FILE NAME: the number behind NAME
  awk -v name="$3" '$1 == name { print $2; exit }' "$work/$1/proc/$2"
}

bound() { # TREE COMMAND...: runs it with the tree's files bound over /proc, in its own namespace
  tree=$work/$1
  shift
  unshare -m bash -c '
    tree=$0
    for file in meminfo slabinfo vmstat zoneinfo buddyinfo; do
      mount --bind "$tree/proc/$file" "/proc/$file"
    done
    exec "$@"' "$tree" "$@"
}

procps() {
  install procps slabtop || return 0
  if ! bound slab true 2>/dev/null; then
    echo "files cannot be bound over /proc here (unshare -m): free, slabtop, vmstat not tried"
    return 0
  fi
  for tree in slab slub; do
    total=$(value $tree meminfo MemTotal:)
    bound $tree free -k | grep -q "^Mem: *$total " || fail "free does not show $total kB of $tree"
    bound $tree slabtop -o | grep -q ' task_struct' || fail "slabtop shows no task_struct of $tree"
    objects=$(awk '$1 == "task_struct" { print $2 }' "$work/$tree/proc/slabinfo")
    bound $tree vmstat -m | grep -q "^task_struct *$objects " ||
      fail "vmstat -m does not show $objects task_struct of $tree"
  done
  echo "free, slabtop and vmstat read the exported files"
}

jc_parses() {
  install jc jc || return 0
  for tree in slab slub cma; do
    for file in buddyinfo pagetypeinfo zoneinfo slabinfo vmallocinfo meminfo vmstat iomem; do
      [ $file$tree != pagetypeinfoslab ] && [ $file$tree != pagetypeinfoslub ] || continue
      if [ ! -e "$work/$tree/proc/$file" ]; then
        fail "there is no $file of $tree"
      elif ! jc "--proc-$file" <"$work/$tree/proc/$file" >"$work/json" || [ ! -s "$work/json" ]; then
        fail "jc cannot parse $file of $tree"
      fi
    done
    total=$(value $tree meminfo MemTotal:)
    jc --proc-meminfo <"$work/$tree/proc/meminfo" | grep -q "\"MemTotal\":$total[,}]" ||
      fail "jc does not show $total kB of $tree"
  done
  echo "jc parses the exported files"
}

metrics() { # PORT: what the exporter serves
  timeout 20 bash -c '
    exec 3<>"/dev/tcp/127.0.0.1/$0"
    printf "GET /metrics HTTP/1.0\r\n\r\n" >&3
    cat <&3' "$1" 2>/dev/null | tr -d '\r' >"$work/metrics"
  [ -s "$work/metrics" ]
}

node_exporter() {
  install prometheus-node-exporter prometheus-node-exporter || return 0
  port=$((20000 + RANDOM % 20000))
  prometheus-node-exporter --path.procfs="$work/slub/proc" --web.listen-address=127.0.0.1:$port \
    --collector.disable-defaults --collector.buddyinfo --collector.meminfo --collector.slabinfo \
    --collector.vmstat --collector.zoneinfo >"$work/exporter.log" 2>&1 &
  exporter=$!
  for _ in $(seq 100); do
    metrics $port && break
    sleep 0.1
  done
  total=$(($(value slub meminfo MemTotal:) * 1024))
  shown=$(awk '$1 == "node_memory_MemTotal_bytes" { printf "%.0f", $2 }' "$work/metrics")
  [ "$shown" = "$total" ] || fail "the exporter shows '$shown' bytes, not $total"
  for collector in buddyinfo meminfo slabinfo vmstat zoneinfo; do
    grep -q "^node_scrape_collector_success{collector=\"$collector\"} 1" "$work/metrics" || {
      grep "$collector" "$work/exporter.log" | head -3
      fail "the exporter cannot read $collector"
    }
  done
  for name in node_buddyinfo_blocks node_slabinfo_active_objects node_vmstat_pgfault \
    node_zoneinfo_managed_pages; do
    grep -q "^$name" "$work/metrics" || fail "the exporter does not serve $name"
  done
  kill "$exporter" && exporter=
  echo "prometheus-node-exporter serves the exported files"
}

full_disk() {
  if ! unshare -m mount -t tmpfs -o size=64k tmpfs "$work" 2>/dev/null; then
    echo "no file system can be mounted here: a full disk is not tried"
    return 0
  fi
  mkdir "$work/small"
  # shellcheck disable=SC2016
  unshare -m bash -c '
    mount -t tmpfs -o size=400k tmpfs "$0/small"
    "$1" -c "export $0/small/tree; ! export --pages $0/small/tree" || exit 1
    [ "$(ls -A "$0/small")" = tree ] && [ -s "$0/small/tree/proc/meminfo" ]
    ' "$work" "$program" >"$work/full.out" 2>&1 || {
    cat "$work/full.out"
    fail "an export to a full disk does not leave the tree as it was"
  }
  echo "an export to a full disk is refused and leaves what was there"
}

procps
jc_parses
node_exporter
full_disk
exit $failed
