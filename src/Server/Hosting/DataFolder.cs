using System.Text;

namespace Towpath.Server;

/// <summary>
/// The one folder that holds everything: database, keys, certificate. Nobody but its owner can look into it, and one server at a time has
/// it: for as long as this lives.
/// </summary>
public sealed class DataFolder : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const string LockName = "towpath.lock";
    private const string OwnerName = "towpath.owner";
    private const string LostAndFound = "lost+found"; // lies in the root of a file system of its own

    private readonly string _since =
        $"process {Environment.ProcessId} on {Environment.MachineName} since {TimeProvider.System.GetUtcNow():u}";
    private FileStream? _lock;

    private DataFolder(string path) => Path = System.IO.Path.GetFullPath(path);

    public string Path { get; }

    internal string Database => File("towpath.db");

    /// <summary>Keys that encrypt credentials at rest.</summary>
    internal string Keys => File("keys");

    /// <summary>
    /// Takes the folder for one server. Makes it with mode 0700 when it is absent; takes group's and others' rights off one that is ours.
    /// </summary>
    /// <exception cref="ServerStartException">It cannot be written, another server has it, or it is somebody else's.</exception>
    public static DataFolder Open(string path)
    {
        var folder = new DataFolder(path);
        try
        {
            folder.Take();
            return folder;
        }
        catch (Exception problem)
        {
            folder.Dispose();
            if (problem is not (IOException or UnauthorizedAccessException)) throw;
            throw new ServerStartException(
                $"The data folder {folder.Path} cannot be used: {problem.Message} Choose another with --data, or change its owner.",
                problem);
        }
    }

    /// <summary>A server's folder for somebody who changes its database only: the server may be running.</summary>
    /// <param name="database">Where its database is; null: in it.</param>
    /// <exception cref="ServerStartException">There is no database.</exception>
    internal static DataFolder Beside(string path, string? database = null)
    {
        var folder = new DataFolder(path);
        if (System.IO.File.Exists(database ?? folder.Database)) return folder;
        throw new ServerStartException(database is null
            ? $"There is no data folder of a server at {folder.Path}. Name the server's with --data."
            : $"There is no database of a server at {database}. Name the server's with --database.");
    }

    internal string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Notes for whoever is refused where this server is found.</summary>
    internal void NoteAddresses(IEnumerable<Uri> addresses) => NoteOwner($"{_since}, at {string.Join(" and ", addresses)}");

    /// <summary>Another server may have it now.</summary>
    public void Dispose() => _lock?.Dispose();

    private void Take()
    {
        bool isNew = !Directory.Exists(Path);
        if (!isNew) RefuseSomebodyElses();
        else CreatePrivate(Path);
        _lock = PrivateFile.TryLock(File(LockName)) ?? throw InUse();
        NoteOwner(_since);
        MakePrivate(Path);
        if (!Directory.Exists(Keys)) CreatePrivate(Keys);
        MakePrivate(Keys);
        if (isNew && !OperatingSystem.IsWindows() && System.IO.Path.GetDirectoryName(Path) is { } parent) Posix.FlushFolder(parent);
    }

    /// <summary>An operator who mistypes a path wants no rights changed on what lies there, and nothing added to it.</summary>
    private void RefuseSomebodyElses()
    {
        if (System.IO.File.Exists(File(LockName)) || System.IO.File.Exists(Database)) return;
        string? other = Directory.EnumerateFileSystemEntries(Path).Select(System.IO.Path.GetFileName)
            .FirstOrDefault(name => name != LostAndFound);
        if (other is null) return;
        throw new ServerStartException(
            $"The folder {Path} holds other files (for instance '{other}') and no data of a server. Nothing was changed. Name an empty "
                + "folder, or a new one, with --data.");
    }

    private ServerStartException InUse()
    {
        string owner;
        try
        {
            owner = System.IO.File.ReadAllText(File(OwnerName)).Trim();
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException)
        {
            owner = "another server"; // its disk was full, or it starts just now
        }
        return new ServerStartException(
            $"The data folder {Path} is in use by {owner}. Stop that one, or choose another folder with --data.");
    }

    /// <summary>Only words for people: what counts is the lock. On a full disk there are none.</summary>
    private void NoteOwner(string owner)
    {
        try
        {
            System.IO.File.Delete(File(OwnerName)); // one that was killed is not to be named
            PrivateFile.Write(File(OwnerName), Encoding.UTF8.GetBytes(owner + "\n"));
        }
        catch (IOException)
        {
        }
    }

    private static void CreatePrivate(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path); // a profile folder's own access list applies there
        else Directory.CreateDirectory(path, OwnerOnly);
    }

    private static void MakePrivate(string path)
    {
        if (!OperatingSystem.IsWindows() && System.IO.File.GetUnixFileMode(path) != OwnerOnly)
            System.IO.File.SetUnixFileMode(path, OwnerOnly);
    }
}
