using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Towpath.Snmp.Bench;

/// <param name="Processor">Of the client only.</param>
internal sealed record Cost(long Rows, TimeSpan Wall, TimeSpan Processor, long Allocated, long Retransmissions)
{
    public double NanosecondsPerRow => Processor.TotalNanoseconds / Rows;
}

/// <summary>Everything that the devices have, walked by our engine and by net-snmp.</summary>
internal static class Walks
{
    /// <summary>All devices at once over one socket; each row is looked at and not kept.</summary>
    public static async Task<Cost> OursAsync(int devices, int port)
    {
        await using var engine = new SnmpEngine(new SnmpEngineOptions { Pace = SnmpPace.Unlimited });
        long sum = 0;
        long allocated = GC.GetTotalAllocatedBytes(true);
        TimeSpan processor = Process.GetCurrentProcess().TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        WalkResult[] results = await Task.WhenAll(Enumerable.Range(0, devices).Select(device =>
        {
            ISnmpSession session =
                engine.Open(new SnmpTarget(new IPEndPoint(Agents.AddressOf(device), port),
                new SnmpCredential.V2c("public")) { Retries = 5 });
            return session.WalkAsync(Agents.Column, (scoped in VarBindView row) => sum += row.Integer, WalkBudget.Default,
                CancellationToken.None);
        }));
        clock.Stop();
        if (results.FirstOrDefault(result => result.Status != SnmpStatus.Ok) is { } failed)
            throw new InvalidOperationException($"{failed.Status}: {failed.Reason}");
        return new Cost(results.Sum(result => (long)result.Rows), clock.Elapsed, Process.GetCurrentProcess().TotalProcessorTime - processor,
            GC.GetTotalAllocatedBytes(true) - allocated, engine.Statistics.Retransmissions);
    }

    /// <summary>
    /// One process a device, eight at a time, as anybody would without a library; the shell's times are those of the children.
    /// </summary>
    public static async Task<Cost> NetSnmpAsync(int devices, int port, int rows)
    {
        string targets = string.Join('\n', Enumerable.Range(0, devices).Select(device => $"{Agents.AddressOf(device)}:{port}"));
        var start = new ProcessStartInfo("bash",
            ["-c", $"TIMEFORMAT='%R %U %S'; time xargs -P 8 -I TARGET snmpbulkwalk -v2c -c public -Onetx -Cr50 -t 5 TARGET {Agents.Column} > /dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
        using Process shell = Process.Start(start) ?? throw new InvalidOperationException("bash did not start.");
        await shell.StandardInput.WriteAsync(targets);
        shell.StandardInput.Close();
        string report = await shell.StandardError.ReadToEndAsync();
        await shell.WaitForExitAsync();
        if (shell.ExitCode != 0) throw new InvalidOperationException($"snmpbulkwalk failed (Debian: apt-get install snmp): {report}");
        double[] seconds = [.. report.Trim().Split('\n')[^1].Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        return new Cost((long)devices * rows, TimeSpan.FromSeconds(seconds[0]), TimeSpan.FromSeconds(seconds[1] + seconds[2]), 0, 0);
    }
}
