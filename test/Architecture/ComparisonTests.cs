using System.Diagnostics;
using System.Globalization;
using Towpath.Testing;

namespace Towpath.Architecture.Tests;

/// <summary>What <c>eng/compare.sh</c> reads from the benchmarks, and what it makes of pairs of figures.</summary>
public sealed class ComparisonTests
{
    [Theory]
    [InlineData("0.85 0.86 0.87 0.88 0.89 0.90 0.91 0.92 1.50", 1, "median 0.890, 95 % interval 0.860 to 0.920 of 9 pairs: LOWER")]
    [InlineData("1.50 0.92 0.91 0.90 0.89 0.88 0.87 0.86 0.85", 1, "median 0.890, 95 % interval 0.860 to 0.920 of 9 pairs: LOWER")]
    [InlineData("0.50 0.86 0.87 0.88 0.89 0.90 0.91 0.93 0.93", 0, "median 0.890, 95 % interval 0.860 to 0.930 of 9 pairs")]
    [InlineData("1.10 1.11 1.12 1.13 1.14 1.15 1.16 1.17 1.18", 0, "median 1.140, 95 % interval 1.110 to 1.170 of 9 pairs")]
    [InlineData("0.80 0.81 0.82 0.83 0.84 0.92", 1, "median 0.825, 95 % interval 0.800 to 0.920 of 6 pairs: LOWER")]
    public void A_figure_is_lower_when_the_interval_of_its_median_ratio_lies_below_93_percent(string ratios, int exitCode, string verdict)
    {
        string[] pairs = [.. ratios.Split(' ').Select(ratio => $"traces\t200\t{Number(200 * Number(ratio))}")];
        Assert.Equal((exitCode, $"{"traces",-40} {verdict}\n"), Awk("interval.awk", pairs));
    }

    /// <summary>The ranks are those of a table of the sign test, two-sided, at 5 %.</summary>
    [Theory]
    [InlineData(6, 1)]
    [InlineData(8, 1)]
    [InlineData(9, 2)]
    [InlineData(12, 3)]
    [InlineData(15, 4)]
    [InlineData(25, 8)]
    public void The_interval_leaves_out_as_many_ratios_at_each_end_as_5_percent_allow(int pairs, int rank)
    {
        string text = Awk("interval.awk", [.. Enumerable.Range(1, pairs).Select(ratio => $"traces\t1\t{ratio}")]).Printed;
        Assert.Contains($"interval {rank}.000 to {pairs + 1 - rank}.000 of {pairs} pairs", text, StringComparison.Ordinal);
    }

    [Fact]
    public void One_lower_figure_among_others_is_enough()
    {
        string[] pairs = [.. Enumerable.Repeat("traces\t100\t100", 9), .. Enumerable.Repeat("rows\t100\t80", 9)];
        (int exitCode, string text) = Awk("interval.awk", pairs);
        Assert.Equal(1, exitCode);
        Assert.Equal([false, true], text.TrimEnd().Split('\n').Select(line => line.EndsWith("LOWER", StringComparison.Ordinal)));
    }

    [Fact]
    public void Too_few_pairs_figures_of_zero_and_no_figures_are_no_verdict()
    {
        Assert.Equal(2, Awk("interval.awk", [.. Enumerable.Repeat("traces\t100\t10", 5)]).ExitCode);
        Assert.Equal(2, Awk("interval.awk", [.. Enumerable.Repeat("traces\t100\t10", 9), "traces\t0\t10"]).ExitCode);
        Assert.Equal(2, Awk("interval.awk", []).ExitCode);
    }

    [Fact]
    public void Figures_are_read_from_what_the_benchmarks_print_and_warming_up_does_not_count()
    {
        (_, string text) = Awk("figures.awk", """
            warm-up: a flush of 32 KiB takes 0.10 ms (p99 0.2 ms)
              bare POST                  10000            480us    1.20ms        0       13 us
              accepted and ended          9000    0.90    480us    1.20ms        0       13 us
            round 1: a flush of 32 KiB takes 0.10 ms (p99 0.2 ms)
              bare POST                  60000            480us    1.20ms        0       13 us
              accepted and ended         24000    0.40   1.20ms    2.40ms        0       35 us
              bare GET                   80000            350us    1.00ms        0       10 us
              task poll                  76000    0.95    370us    1.10ms        0       11 us
            round 2: a flush of 32 KiB takes 0.10 ms (p99 0.2 ms)
              bare POST                  60000            480us    1.20ms        0       13 us
              accepted and ended         30000    0.50   1.10ms    2.20ms        0       33 us
              bare GET                   80000            350us    1.00ms        0       10 us
              task poll                  68000    0.85    390us    1.20ms        0       12 us
            median of the ratios to bare: accepted and ended 0.500 (goal 0.4), task poll 0.95 (goal 0.7)
            median: processor time a row 1/10.4 of snmpbulkwalk's (goal 1/8); with 1 % loss 1.54 times the wall time (goal below 2)
            traces, one thread: p50 110 us, p99 230 us, 8400/s, 57000 octets allocated a trace, 13.0 elements a trace
            traces, 2 threads: 16400/s, 115 us of processor a trace
            first: 1000 of 1000 devices discovered and stored in 4.0 s (250/s), indexed 0.1 s later: 3000 links, 4000 hosts
            again: 1000 of 1000 devices discovered and stored in 3.0 s (333/s), indexed 0.1 s later: 3000 links, 4000 hosts
            """.Split('\n'));
        Assert.Equal(
            [
                "Accept: accepted and ended\t0.45", "Accept: task poll\t0.9", "PathTrace: traces, all threads\t16400",
                "PathTrace: traces, one thread\t8400", "Scale: devices, again\t333", "Scale: devices, first\t250",
                "Snmp: rows against snmpbulkwalk\t10.4",
            ],
            text.TrimEnd().Split('\n').Order(StringComparer.Ordinal));
    }

    private static (int ExitCode, string Printed) Awk(string program, string[] lines)
    {
        var start = new ProcessStartInfo("awk", ["-f", Path.Combine(Repository.Root, "eng", program)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process awk = Process.Start(start)!;
        foreach (string line in lines) awk.StandardInput.WriteLine(line);
        awk.StandardInput.Close();
        string printed = awk.StandardOutput.ReadToEnd();
        awk.WaitForExit();
        return (awk.ExitCode, printed);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);
}
