namespace Towpath.Server;

/// <summary>
/// Small files that only the owner reads. After a power failure each holds its old content or its new one, never half of it.
/// </summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes the file whole or not at all, mode 0600; its content and its name are on the disk when this returns.</summary>
    /// <exception cref="IOException">The disk is full or fails; what was there before is there still.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        string beside = $"{path}.new";
        try
        {
            using (var stream = new FileStream(beside, Options(FileMode.Create)))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }
            File.Move(beside, path, overwrite: true);
        }
        catch (IOException)
        {
            File.Delete(beside);
            throw;
        }
        if (!OperatingSystem.IsWindows()) Posix.FlushFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Makes the file, which nobody else can read.</summary>
    /// <exception cref="IOException">It is there already, or cannot be made.</exception>
    public static FileStream Create(string path) => new(path, Options(FileMode.CreateNew));

    /// <summary>Opens the file for this handle alone, and makes it when absent. The lock ends with the handle.</summary>
    /// <returns>Null: somebody else has it.</returns>
    /// <exception cref="IOException">It cannot be made, or its file system has no locks.</exception>
    public static FileStream? TryLock(string path)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, Options(FileMode.OpenOrCreate));
        }
        catch (IOException locked) when (locked.HResult == (OperatingSystem.IsWindows() ? unchecked((int)0x80070020) : Posix.WouldBlock))
        {
            return null;
        }
        // .NET's own lock can be switched off by a variable of the surroundings (DOTNET_SYSTEM_IO_DISABLEFILELOCKING); this one cannot.
        if (OperatingSystem.IsWindows() || Posix.TryLock(file.SafeFileHandle)) return file;
        file.Dispose();
        return null;
    }

    private static FileStreamOptions Options(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        return options;
    }
}
