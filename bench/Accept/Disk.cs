using System.Diagnostics;

namespace Towpath.Accept;

/// <summary>
/// How fast this disk flushes at this moment: every acceptance waits for one to two flushes, so no figure means anything without it.
/// </summary>
internal static class Disk
{
    private const int Octets = 32 * 1024; // about what one commit writes

    public static (double P50, double P99) FlushMilliseconds()
    {
        string path = Path.GetTempFileName();
        try
        {
            using Microsoft.Win32.SafeHandles.SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Write);
            byte[] octets = new byte[Octets];
            RandomAccess.Write(file, new byte[Octets * 200], 0); // in place afterwards, as the log is
            RandomAccess.FlushToDisk(file);
            double[] times = new double[200];
            for (int i = 0; i < times.Length; i++)
            {
                long started = Stopwatch.GetTimestamp();
                RandomAccess.Write(file, octets, (long)i * Octets);
                RandomAccess.FlushToDisk(file);
                times[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            }
            Array.Sort(times);
            return (times[100], times[198]);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
