# Which figures count of what a program in bench/ prints for people: lines FIGURE <tab> VALUE. Higher is better.

function figure(name, value) { printf "%s\t%s\n", name, value }

# The number before this unit.
function before(unit) { return match($0, "[0-9.]+" unit) ? substr($0, RSTART) + 0 : "" }

# Accept: so many a second as a ratio to the bare server of the same round; of the rounds the median. The first round warms up.
/^(warm-up|round [0-9]+): / { counted = /^round/ }
counted && /^  (bare|accepted|traced|task poll)/ {
    load = substr($0, 3, 22)
    sub(/ +$/, "", load)
    rate = substr($0, 25, 10) + 0
    if (load ~ /^bare/) bare = rate
    else ratios[load, ++rounds[load]] = rate / bare
}

# Snmp: rows for the same processor time, against snmpbulkwalk in the same run.
/^median: processor time a row 1\// { figure("Snmp: rows against snmpbulkwalk", before(" of snmpbulkwalk")) }

# PathTrace: traces a second.
/^traces, one thread: / { figure("PathTrace: traces, one thread", before("/s")) }
/^traces, [0-9]+ threads: / { figure("PathTrace: traces, all threads", before("/s")) }

# Scale: devices a second, found for the first time and again.
/^(first|again): .* discovered and stored / { figure("Scale: devices, " substr($0, 1, 5), before("/s")) }

END { for (load in rounds) figure("Accept: " load, median(load, rounds[load])) }

function median(load, count,    i, j, swapped) {
    for (i = 2; i <= count; i++)
        for (j = i; j > 1 && ratios[load, j] < ratios[load, j - 1]; j--) {
            swapped = ratios[load, j]
            ratios[load, j] = ratios[load, j - 1]
            ratios[load, j - 1] = swapped
        }
    return (ratios[load, int((count + 1) / 2)] + ratios[load, int(count / 2) + 1]) / 2
}
