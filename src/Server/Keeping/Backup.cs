using System.IO.Compression;
using System.Security.Cryptography;
using Towpath.Storage;
using Towpath.Storage.Sqlite;
using Towpath.Tasks;

namespace Towpath.Server;

/// <summary>
/// One file with all that a server needs to go on elsewhere: its database, the keys that open the credentials in it, its certificate. It
/// is taken beside the running server, which goes on.
/// </summary>
public static class Backup
{
    private const string OtherTools =
        "The state is in PostgreSQL, which has tools of its own: 'pg_dump --format=custom' writes a backup and 'pg_restore' reads it, as "
            + "the database's user. Keep a copy of the file of --master-key beside it: without that no credential can be read.";

    /// <param name="options">Those of the server; only where its state is counts.</param>
    /// <param name="file">Is made, mode 0600; whoever can read it can read every credential.</param>
    /// <returns>The size of the file in octets.</returns>
    /// <exception cref="ServerStartException">There is no server's state, it is damaged, or the file cannot be written.</exception>
    public static long Take(TowpathServerOptions options, string file)
    {
        string path = Path.GetFullPath(file);
        RefusePostgres(options);
        DataFolder folder = DataFolder.Beside(options.DataFolder, options.Database);
        if (File.Exists(path)) throw new ServerStartException($"{path} is there already. Name another file.");
        string half = path + ".new", copy = path + ".db.new";
        try
        {
            PrivateFile.Create(copy).Dispose();
            DatabaseFile.Copy(options.Database ?? folder.Database, copy);
            DatabaseFile.Verify(copy);
            using (FileStream archive = PrivateFile.Create(half))
            {
                Write(archive, folder, copy, options.Time.GetUtcNow());
                archive.Flush(flushToDisk: true);
            }
            File.Move(half, path);
            if (!OperatingSystem.IsWindows()) Posix.FlushFolder(Path.GetDirectoryName(path)!);
            return new FileInfo(path).Length;
        }
        catch (Exception problem) when (problem is StorageUnavailableException or IOException or UnauthorizedAccessException)
        {
            throw new ServerStartException($"No backup was made: {problem.Message}", problem);
        }
        finally
        {
            File.Delete(half);
            File.Delete(copy);
        }
    }

    internal static void RefusePostgres(TowpathServerOptions options)
    {
        if (StorageServices.IsShared(options.Database)) throw new ServerStartException(OtherTools);
    }

    /// <summary>The keys after the database: a key is on the disk before anything is encrypted with it, so none is missing.</summary>
    private static void Write(Stream archive, DataFolder folder, string database, DateTimeOffset now)
    {
        using var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true);
        var files = new List<BackedUpFile> { Add(zip, BackupManifest.Database, database) };
        if (Directory.Exists(folder.Keys))
        {
            foreach (string key in Directory.EnumerateFiles(folder.Keys, "*.xml").Order(StringComparer.Ordinal))
                files.Add(Add(zip, BackupManifest.KeyFolder + Path.GetFileName(key), key));
        }
        string certificate = folder.File(BackupManifest.Certificate);
        if (File.Exists(certificate)) files.Add(Add(zip, BackupManifest.Certificate, certificate));
        using Stream manifest = zip.CreateEntry(BackupManifest.EntryName, CompressionLevel.Fastest).Open();
        manifest.Write(new BackupManifest(BackupManifest.Known, BackupManifest.OwnVersion, now, files).ToJson());
    }

    private static BackedUpFile Add(ZipArchive zip, string name, string path)
    {
        using FileStream from = File.OpenRead(path);
        using Stream to = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
        (long octets, string hash) = CopyHashed(from, to);
        return new BackedUpFile(name, octets, hash);
    }

    internal static (long Octets, string Sha256) CopyHashed(Stream from, Stream to)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] some = new byte[128 * 1024];
        long octets = 0;
        for (int read; (read = from.Read(some)) > 0; octets += read)
        {
            hash.AppendData(some.AsSpan(0, read));
            to.Write(some.AsSpan(0, read));
        }
        return (octets, Convert.ToHexString(hash.GetHashAndReset()));
    }
}
