# Is a figure lower than it was? Lines FIGURE <tab> OLD <tab> NEW, one for each pair of runs. Higher is better.
# Prints the median of the ratios new / old and its 95 % confidence interval by order statistics: of n ratios in order, from the k-th to the
# k-th but from the end. Each ratio is as often above the true median as below, so that median lies outside with a probability of
#     2 (C(n,0) + C(n,1) + ... + C(n,k-1)) / 2^n
# and k is the largest for which this is at most 0.05: 2 for 9 pairs (0.039), none for fewer than 6. No distribution is assumed.
# Exit code 1 when the interval of a figure lies wholly below 0.93; 2 when there are too few pairs to tell.
BEGIN { FS = "\t"; LOWEST = 0.93 }

!($1 in pairs) { names[++figures] = $1 }
$2 <= 0 || $3 <= 0 { print $1 ": " $2 " and " $3 " make no ratio" > "/dev/stderr"; unclear = 1; exit }
{ ratios[$1, ++pairs[$1]] = $3 / $2 }

END {
    if (figures == 0) { print "There are no figures that both commits print." > "/dev/stderr"; unclear = 1 }
    for (i = 1; i <= figures && !unclear; i++) judge(names[i])
    exit unclear ? 2 : lower
}

function judge(name,    n, k, low, high) {
    n = pairs[name]
    k = rank(n)
    if (k == 0) { print name ": " n + 0 " pairs are too few for an interval" > "/dev/stderr"; unclear = 1; return }
    order(name, n)
    low = ratios[name, k]
    high = ratios[name, n + 1 - k]
    printf "%-40s median %.3f, 95 %% interval %.3f to %.3f of %d pairs%s\n", name, \
        (ratios[name, int((n + 1) / 2)] + ratios[name, int(n / 2) + 1]) / 2, low, high, n, high < LOWEST ? ": LOWER" : ""
    if (high < LOWEST) lower = 1
}

function rank(n,    k, exactly, outside) {
    exactly = 0.5 ^ n # C(n,k) / 2^n
    for (k = 0; (outside += 2 * exactly) <= 0.05; k++) exactly *= (n - k) / (k + 1)
    return k
}

function order(name, n,    i, j, swapped) {
    for (i = 2; i <= n; i++)
        for (j = i; j > 1 && ratios[name, j] < ratios[name, j - 1]; j--) {
            swapped = ratios[name, j]
            ratios[name, j] = ratios[name, j - 1]
            ratios[name, j - 1] = swapped
        }
}
