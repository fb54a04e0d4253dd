using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Towpath.Storage;

namespace Towpath.Server;

/// <summary>
/// What somebody who helps must know of a server: versions, the folder, the disk, the database, health, and the end of its log. Nothing
/// secret is in it: files are named and not read, rows are counted.
/// </summary>
public static partial class Diagnosis
{
    private const int MostLogLines = 200;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <param name="options">Those of the server; only where its state is counts. It may be running, or damaged.</param>
    /// <param name="log">A file that holds what the server wrote to standard error; null: none.</param>
    /// <returns>Lines.</returns>
    /// <exception cref="ServerStartException">The database cannot be used as it is named, or the log not be read.</exception>
    public static async Task<IReadOnlyList<string>> ReportAsync(
        TowpathServerOptions options, string? log, CancellationToken cancellationToken)
    {
        string data = Path.GetFullPath(options.DataFolder);
        string database = options.Database ?? Path.Combine(data, "towpath.db");
        List<string> lines =
        [
            $"Towpath {BackupManifest.OwnVersion}",
            $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}",
            Text($"{Environment.ProcessorCount} processors, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9:0.0} GB of memory"),
            Text($"taken {options.Time.GetUtcNow().UtcDateTime:u}"),
            "", $"# Data folder {data}",
        ];
        lines.AddRange(Folder(data));
        lines.AddRange(["", "# Server", .. await ServerAsync(data, cancellationToken)]);
        string place = StorageServices.IsShared(database) ? "of PostgreSQL" : database;
        lines.AddRange(["", $"# Database {place}", .. Database(database, options)]);
        if (log is not null) lines.AddRange(["", $"# The last lines of {log}", .. LogEnd(log)]);
        return lines;
    }

    private static IEnumerable<string> Folder(string data)
    {
        if (!Directory.Exists(data)) return ["is not there"];
        var lines = new List<string>();
        foreach (FileInfo file in new DirectoryInfo(data).EnumerateFiles("*", SearchOption.AllDirectories).OrderBy(file => file.FullName))
        {
            string mode = OperatingSystem.IsWindows() ? "" : Text($", mode {Convert.ToString((int)file.UnixFileMode, 8)}");
            lines.Add(Text($"{Path.GetRelativePath(data, file.FullName)}: {file.Length} octets{mode}"));
        }
        var disk = new DriveInfo(data);
        lines.Add(Text($"disk: {disk.AvailableFreeSpace / 1e9:0.0} of {disk.TotalSize / 1e9:0.0} GB free, {disk.DriveFormat}"));
        return lines;
    }

    /// <summary>Who has the folder, by its own note, and whether it says that it is ready.</summary>
    private static async Task<IEnumerable<string>> ServerAsync(string data, CancellationToken cancellationToken)
    {
        string note = Path.Combine(data, "towpath.owner");
        if (!File.Exists(note)) return ["none has noted itself"];
        string owner = (await File.ReadAllTextAsync(note, cancellationToken)).Trim();
        if (LocalUrl().Match(owner) is not { Success: true } url) return [owner, "its health is not asked for: it serves no http here"];
        using var client = new HttpClient { Timeout = s_patience, BaseAddress = new Uri(url.Value) };
        try
        {
            using HttpResponseMessage answer = await client.GetAsync(new Uri("health/ready", UriKind.Relative), cancellationToken);
            string words = (await answer.Content.ReadAsStringAsync(cancellationToken)).Trim();
            return [owner, Text($"health/ready: {(int)answer.StatusCode} {words}")];
        }
        catch (Exception silent) when (silent is HttpRequestException or TaskCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return [owner, $"health/ready: no answer ({silent.Message})"];
        }
    }

    private static IReadOnlyList<string> Database(string database, TowpathServerOptions options)
    {
        try
        {
            return StorageReport.Lines(database, options.DatabasePasswordFile);
        }
        catch (FormatException problem)
        {
            throw new ServerStartException($"--database: {problem.Message}", problem);
        }
    }

    /// <summary>A log is not meant to hold secrets; but who sends standard output there, too, has the first password in it.</summary>
    private static IEnumerable<string> LogEnd(string log)
    {
        try
        {
            return [.. File.ReadLines(log).TakeLast(MostLogLines).Select(line => Secret().Replace(line, "$1 ***"))];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new ServerStartException($"--log: {problem.Message}", problem);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/")]
    private static partial Regex LocalUrl();

    [GeneratedRegex(@"\b(password|passphrase|community|token|secret|authorization|ticket)\b\W+(?:basic |bearer )?\S+",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Secret();
}
