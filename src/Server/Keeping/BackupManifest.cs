using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Towpath.Server;

/// <summary>What a backup holds: the entry <c>backup.json</c> of its archive. Readable by every later release.</summary>
/// <param name="Format">1. A higher one is a newer program's.</param>
/// <param name="Version">The program's that made it, for people.</param>
internal sealed record BackupManifest(int Format, string Version, DateTimeOffset TakenAt, IReadOnlyList<BackedUpFile> Files)
{
    public const int Known = 1;
    public const string EntryName = "backup.json";
    public const string Database = "towpath.db";
    public const string Certificate = HttpsCertificate.FileName;
    public const string KeyFolder = "keys/";

    public static string OwnVersion { get; } = typeof(BackupManifest).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, BackupJson.Default.BackupManifest);

    /// <exception cref="JsonException">It is none.</exception>
    public static BackupManifest Parse(Stream json) =>
        JsonSerializer.Deserialize(json, BackupJson.Default.BackupManifest) ?? throw new JsonException("The manifest is null.");
}

/// <param name="Sha256">Of its content, upper-case hexadecimal.</param>
internal sealed record BackedUpFile(string Name, long Octets, string Sha256);

[JsonSerializable(typeof(BackupManifest))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
internal sealed partial class BackupJson : JsonSerializerContext;
