using System.Runtime.InteropServices;

namespace Towpath.Server;

/// <summary>
/// The calls of POSIX that .NET does not offer, or only while no variable of the surroundings says otherwise. The numbers are those of
/// Linux, macOS and the BSDs.
/// </summary>
internal static class Posix
{
    private const int ReadOnly = 0; // O_RDONLY
    private const int ExclusiveAtOnce = 2 | 4; // LOCK_EX, LOCK_NB
    private const int Interrupted = 4; // EINTR
    private const int NotOffered = 22; // EINVAL

    /// <summary>Locks an open file for this handle alone; the lock ends with the handle, also when the process is killed.</summary>
    /// <returns>False: another handle has it.</returns>
    /// <exception cref="IOException">The file system has no locks.</exception>
    public static bool TryLock(SafeHandle file)
    {
        while (flock(file, ExclusiveAtOnce) != 0)
        {
            int error = Marshal.GetLastPInvokeError();
            if (error == Interrupted) continue;
            if (error == WouldBlock) return false;
            throw new IOException(Marshal.GetPInvokeErrorMessage(error), error);
        }
        return true;
    }

    /// <summary>EWOULDBLOCK.</summary>
    public static int WouldBlock { get; } = OperatingSystem.IsLinux() ? 11 : 35;

    /// <summary>ENOSPC.</summary>
    public const int NoSpace = 28;

    /// <summary>Writes a folder's list of names to the disk: a new or renamed file is in it for good only then.</summary>
    /// <exception cref="IOException">The disk fails.</exception>
    public static void FlushFolder(string path)
    {
        int folder = open(path, ReadOnly);
        int result = folder < 0 ? folder : fsync(folder);
        int error = Marshal.GetLastPInvokeError();
        if (folder >= 0) _ = close(folder);
        if (result != 0 && error != NotOffered) throw new IOException($"{path}: {Marshal.GetPInvokeErrorMessage(error)}", error);
    }

    [DllImport("libc", SetLastError = true, ExactSpelling = true)]
    private static extern int flock(SafeHandle file, int operation);

    [DllImport("libc", SetLastError = true, ExactSpelling = true)]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", SetLastError = true, ExactSpelling = true)]
    private static extern int fsync(int file);

    [DllImport("libc", ExactSpelling = true)]
    private static extern int close(int file);
}
