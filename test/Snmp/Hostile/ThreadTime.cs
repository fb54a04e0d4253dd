using System.Runtime.InteropServices;

namespace Towpath.Snmp.Tests;

/// <summary>Processor time of the calling thread: what it costs, not how long it waited for a processor on a busy machine.</summary>
internal static class ThreadTime
{
    private const int ThreadCpuTime = 3; // CLOCK_THREAD_CPUTIME_ID of Linux

    /// <summary>Zero where there is no such clock (Windows and macOS have others).</summary>
    public static TimeSpan Used =>
        OperatingSystem.IsLinux() && clock_gettime(ThreadCpuTime, out Timespec now) == 0
            ? new TimeSpan(now.Seconds * TimeSpan.TicksPerSecond + now.Nanoseconds / 100) : default;

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int clock_gettime(int clock, out Timespec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Timespec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
