using System.Diagnostics;

namespace Towpath.Server.Tests;

/// <summary>A file system of a few MiB in memory, which can be filled. Linux, as root.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly DirectoryInfo _mount;

    private SmallDisk(DirectoryInfo mount) => _mount = mount;

    public string Data => Path.Combine(Root, "data");

    public string Root => _mount.FullName;

    private string Filler => Path.Combine(_mount.FullName, "filler");

    public static async Task<SmallDisk> MountAsync(int mebibytes)
    {
        DirectoryInfo mount = Directory.CreateTempSubdirectory("towpath-disk-");
        await RunAsync("mount", "-t", "tmpfs", "-o", $"size={mebibytes}m,mode=711", "towpath-test", mount.FullName);
        return new SmallDisk(mount);
    }

    /// <summary>Not one octet more goes onto it, or so many KiB.</summary>
    public void Fill(int leaveKibibytes = 0)
    {
        using var filler = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true) filler.Write(new byte[4096]);
        }
        catch (IOException)
        {
            filler.SetLength(filler.Length - leaveKibibytes * 1024);
        }
    }

    public void MakeRoom() => File.Delete(Filler);

    public async ValueTask DisposeAsync()
    {
        await RunAsync("umount", _mount.FullName);
        _mount.Delete();
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        string said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program}: {said}");
    }
}
