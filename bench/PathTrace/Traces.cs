using System.Diagnostics;
using System.Globalization;
using Towpath.Network;

namespace Towpath.PathTrace.Bench;

/// <summary>Traces between random hosts: how long one takes, how many a second, what they allocate, how they end.</summary>
internal static class Traces
{
    public static void Measure(NetworkSnapshot network, Ipv4Address[] hosts, int count, int threads)
    {
        var tracer = new PathTracer(network);
        Flow[] flows = Flows(hosts, count, 3);
        foreach (Flow flow in Flows(hosts, Math.Min(count, 3000), 4))
            tracer.Run(flow); // tiered compilation, and indexes that are made at their first use

        double[] times = new double[count];
        long elements = 0, delivered = 0;
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        var all = Stopwatch.StartNew();
        for (int i = 0; i < count; i++)
        {
            long started = Stopwatch.GetTimestamp();
            Trace trace = tracer.Run(flows[i]);
            times[i] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
            elements += trace.Nodes.Length;
            if (trace.Ending is Ending.Delivered) delivered++;
        }
        double seconds = all.Elapsed.TotalSeconds;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Array.Sort(times);
        Print($"traces, one thread: p50 {times[count / 2]:0} us, p99 {times[count * 99 / 100]:0} us, {count / seconds:0}/s, {allocated / count} octets allocated a trace, {(double)elements / count:0.0} elements a trace, {delivered} of {count} delivered");

        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        all.Restart();
        Parallel.For(0, threads, thread =>
        {
            for (int i = thread; i < count; i += threads) tracer.Run(flows[i]);
        });
        double wall = all.Elapsed.TotalSeconds;
        Print($"traces, {threads} threads: {count / wall:0}/s, {(Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalMicroseconds / count:0} us of processor a trace");
    }

    private static Flow[] Flows(Ipv4Address[] hosts, int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => new Flow(hosts[random.Next(hosts.Length)], hosts[random.Next(hosts.Length)]))];
    }

    private static void Print(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
