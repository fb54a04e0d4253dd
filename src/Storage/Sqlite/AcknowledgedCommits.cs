using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Towpath.Tasks;

namespace Towpath.Storage.Sqlite;

/// <summary>
/// The number of the last commit whose callers may have been told, in a file of its own beside the database. SQLite reads its log up to
/// the first frame that is damaged and takes that for the end, so by itself it would go on without commits that were promised. Each
/// commit has a number in the database; the file is written, and flushed, after the commit and before the answer.
/// </summary>
/// <remarks>Two records in turn, each in a sector of its own, so a write that is torn leaves the one before it.</remarks>
internal sealed class AcknowledgedCommits : IDisposable
{
    private const int Sector = 4096;
    private const int Octets = 2 * sizeof(long); // the number, and what it is when all bits are turned

    private readonly SafeFileHandle _file;
    private long _last;

    /// <param name="database">The path of the database; the file is made when it is absent.</param>
    /// <exception cref="IOException">It cannot be made or read.</exception>
    public AcknowledgedCommits(string database)
    {
        string path = PathOf(database);
        bool isNew = !File.Exists(path);
        if (isNew) Create(path);
        _file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        _last = Math.Max(Read(0), Read(1));
    }

    /// <summary>0: none is known, for instance of a database that was restored or written by an earlier version.</summary>
    public long Last => _last;

    public static string PathOf(string database) => database + "-acknowledged";

    /// <exception cref="StorageUnavailableException">The database has fewer commits than were acknowledged.</exception>
    public void RequireAll(string database, long stored)
    {
        if (stored >= _last) return;
        throw new StorageUnavailableException(
            $"The database {database} has lost {_last - stored} commits that were acknowledged: it ends at commit {stored}, and {_last} "
                + "was acknowledged. Its log is damaged or missing, or an older copy was put in its place. Restore a backup; or, to go on "
                + $"with what is there, delete {PathOf(database)}.", null);
    }

    /// <summary>On the disk when it returns.</summary>
    /// <exception cref="IOException">The disk fails: nothing may be promised.</exception>
    public void Write(long number)
    {
        Span<byte> record = stackalloc byte[Octets];
        BinaryPrimitives.WriteInt64LittleEndian(record, number);
        BinaryPrimitives.WriteInt64LittleEndian(record[sizeof(long)..], ~number);
        RandomAccess.Write(_file, record, number % 2 * Sector);
        Flush();
        _last = number;
    }

    public void Dispose() => _file.Dispose();

    /// <summary>Its length never changes, so what the file system notes of it besides need not be flushed.</summary>
    private void Flush()
    {
        if (!OperatingSystem.IsLinux()) RandomAccess.FlushToDisk(_file);
        else if (fdatasync(_file) != 0)
            throw new IOException("the disk reports an I/O error at the count of commits. Check the system's log and the disk.");
    }

    private long Read(int place)
    {
        Span<byte> record = stackalloc byte[Octets];
        if (RandomAccess.Read(_file, record, place * Sector) < Octets) return 0;
        long number = BinaryPrimitives.ReadInt64LittleEndian(record);
        return BinaryPrimitives.ReadInt64LittleEndian(record[sizeof(long)..]) == ~number ? number : 0;
    }

    /// <summary>At its full length, so that a full disk is no reason why a commit that has room cannot be acknowledged.</summary>
    private static void Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        file.Write(new byte[2 * Sector]);
        file.Flush(flushToDisk: true);
    }

    [DllImport("libc", ExactSpelling = true)]
    private static extern int fdatasync(SafeFileHandle file);
}
