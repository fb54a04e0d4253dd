namespace Towpath.Server;

/// <summary>The one folder that holds everything: database, keys, certificate. Nobody but its owner can look into it.</summary>
internal sealed class DataFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private DataFolder(string path) => Path = path;

    public string Path { get; }

    /// <summary>Keys that encrypt credentials at rest.</summary>
    public string Keys => System.IO.Path.Combine(Path, "keys");

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Makes the folder with mode 0700, or takes group's and others' rights off an existing one.</summary>
    /// <exception cref="ServerStartException">It cannot be made or written.</exception>
    public static DataFolder Open(string path)
    {
        var folder = new DataFolder(System.IO.Path.GetFullPath(path));
        try
        {
            CreatePrivate(folder.Path);
            CreatePrivate(folder.Keys);
            WritePrivateFile(folder.File(".writable"), []);
            System.IO.File.Delete(folder.File(".writable"));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new ServerStartException($"The data folder {folder.Path} cannot be written: {problem.Message} Choose another with --data, or change its owner.", problem);
        }
        return folder;
    }

    /// <summary>Writes the file whole or not at all, mode 0600.</summary>
    public static void WritePrivateFile(string path, ReadOnlySpan<byte> content)
    {
        string beside = $"{path}.new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(beside, options))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }
        System.IO.File.Move(beside, path, overwrite: true);
    }

    private static void CreatePrivate(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path); // a profile folder's own access list applies there
            return;
        }
        Directory.CreateDirectory(path, OwnerOnly);
        System.IO.File.SetUnixFileMode(path, OwnerOnly);
    }
}
