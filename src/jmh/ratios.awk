# Medians and ratios from lines "round peer workload ns wall", sorted by workload, peer and ns.

function close_group() {
  if (group != "") {
    median[group] = n % 2 ? ns[(n + 1) / 2] : (ns[n / 2] + ns[n / 2 + 1]) / 2
  }
  n = 0
}

function ratio(workload, peer, key) {
  key = workload SUBSEP peer
  return key in median ? sprintf("%.2f x", mine / median[key]) : "-"
}

{
  if (!($3 in known)) {
    known[$3] = 1
    workloads[++nrWorkloads] = $3
  }
  key = $3 SUBSEP $2
  if (key != group) {
    close_group()
    group = key
  }
  if ($4 == $4 + 0) {
    ns[++n] = $4
  }
}

END {
  close_group()
  print "| workload | kmemsh | best Netty | tcmalloc | jemalloc | glibc | best Netty is |"
  print "|---|--:|--:|--:|--:|--:|---|"
  for (w = 1; w <= nrWorkloads; w++) {
    workload = workloads[w]
    best = ""
    for (key in median) {
      split(key, part, SUBSEP)
      if (part[1] == workload && part[2] ~ /^netty/ && (best == "" || median[key] < median[workload, best])) {
        best = part[2]
      }
    }
    for (key in median) {
      split(key, part, SUBSEP)
      if (part[1] == workload && part[2] ~ /^kmemsh/) {
        mine = median[key]
        printf "| %s %s | %.1f ns | %s | %s | %s | %s | %s %.1f ns |\n", workload, part[2], mine,
            ratio(workload, best), ratio(workload, "c-tcmalloc"), ratio(workload, "c-jemalloc"),
            ratio(workload, "c-glibc"), best, best == "" ? 0 : median[workload, best]
      }
    }
  }
}
