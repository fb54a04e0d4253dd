using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using Towpath.Storage.Sqlite;
using Towpath.Tasks;

namespace Towpath.Server;

/// <summary>
/// Makes a data folder from a backup. It is one only when all of the backup has been read, compared with its own digests, and every page of
/// the database has been checked; nothing that is there is written over.
/// </summary>
public static partial class Restore
{
    /// <param name="options">Those of the server that is to start with it; only where its state is counts.</param>
    /// <returns>When the backup was taken.</returns>
    /// <exception cref="ServerStartException">
    /// The file is no whole backup or a newer version's, or the folder is in use, or has a database already.
    /// </exception>
    public static DateTimeOffset Run(TowpathServerOptions options, string file)
    {
        Backup.RefusePostgres(options);
        if (!File.Exists(file)) throw new ServerStartException($"There is no backup {Path.GetFullPath(file)}.");
        using DataFolder folder = DataFolder.Open(options.DataFolder);
        string database = Path.GetFullPath(options.Database ?? folder.Database);
        foreach (string present in new[] { database, database + "-wal" }.Where(File.Exists))
        {
            throw new ServerStartException($"{present} is there already, and a restore writes over nothing. Name a new folder with --data, "
                + "or move that one away.");
        }
        var made = new List<string>();
        try
        {
            using ZipArchive zip = ZipFile.OpenRead(file);
            BackupManifest manifest = ManifestOf(zip);
            string copy = database + ".new";
            foreach (BackedUpFile entry in manifest.Files)
            {
                string path = entry.Name == BackupManifest.Database ? copy : Path.Combine(folder.Path, entry.Name);
                using FileStream to = PrivateFile.Create(path);
                made.Add(path); // only what was not there before
                Extract(zip, entry, to);
            }
            DatabaseFile.Verify(copy);
            DatabaseFile.PutInPlace(copy, database);
            if (!OperatingSystem.IsWindows()) Posix.FlushFolder(Path.GetDirectoryName(database)!);
            return manifest.TakenAt;
        }
        catch (Exception problem) when (problem is InvalidDataException or JsonException or IOException or UnauthorizedAccessException
            or StorageUnavailableException)
        {
            foreach (string path in made) File.Delete(path);
            throw new ServerStartException($"{Path.GetFullPath(file)} was not restored: {problem.Message} Use another backup.", problem);
        }
    }

    private static BackupManifest ManifestOf(ZipArchive zip)
    {
        ZipArchiveEntry entry = zip.GetEntry(BackupManifest.EntryName)
            ?? throw new InvalidDataException("it is no backup of this program.");
        using Stream json = entry.Open();
        var manifest = BackupManifest.Parse(json);
        if (manifest.Format > BackupManifest.Known)
            throw new InvalidDataException($"a newer version of this program ({manifest.Version}) made it. Start that one.");
        if (manifest.Files.FirstOrDefault(file => !IsExpected(file.Name)) is { } strange)
            throw new InvalidDataException($"it holds '{strange.Name}', which no backup does.");
        return manifest.Files.Any(file => file.Name == BackupManifest.Database)
            ? manifest : throw new InvalidDataException("it has no database.");
    }

    private static bool IsExpected(string name) =>
        name is BackupManifest.Database or BackupManifest.Certificate || KeyName().IsMatch(name);

    private static void Extract(ZipArchive zip, BackedUpFile file, FileStream to)
    {
        ZipArchiveEntry entry = zip.GetEntry(file.Name) ?? throw new InvalidDataException($"{file.Name} is missing in it.");
        using Stream from = entry.Open();
        if (Backup.CopyHashed(from, to) != (file.Octets, file.Sha256))
            throw new InvalidDataException($"{file.Name} in it is not what was backed up: the file was damaged since.");
        to.Flush(flushToDisk: true);
    }

    [GeneratedRegex(@"^keys/[A-Za-z0-9-]{1,100}\.xml$", RegexOptions.CultureInvariant)]
    private static partial Regex KeyName();
}
