using System.Text.Json;
using Towpath.Contracts;

namespace Towpath.Client;

/// <summary>The logins saved on this machine, readable by their owner alone. One of them is the current one.</summary>
public sealed class ProfileFile
{
    private sealed record Content(string? Current, Dictionary<string, Profile> Profiles);

    private readonly string _path;

    /// <summary>The profile file at this path; it need not exist.</summary>
    public ProfileFile(string path) => _path = path;

    /// <summary><c>$XDG_CONFIG_HOME/towpath/profile.json</c>, by default under <c>~/.config</c>.</summary>
    public static ProfileFile Default { get; } = new(Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } folder
            ? folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config"),
        "towpath", "profile.json"));

    /// <summary>Where it lies.</summary>
    public string FullPath => Path.GetFullPath(_path);

    /// <summary>The current profile; null when none was saved.</summary>
    /// <exception cref="InvalidDataException">The file cannot be read as one of ours.</exception>
    public Profile? Current() => Read() is { Current: { } name } content ? content.Profiles.GetValueOrDefault(name) : null;

    /// <summary>The profile of this name; null when none was saved.</summary>
    /// <exception cref="InvalidDataException">The file cannot be read as one of ours.</exception>
    public Profile? Find(string name) => Read().Profiles.GetValueOrDefault(name);

    /// <summary>Saves the profile under this name, in place of an older one, and makes it the current one. File mode 0600.</summary>
    /// <exception cref="InvalidDataException">The file cannot be read as one of ours.</exception>
    public void Save(string name, Profile profile)
    {
        Content content = Read();
        content.Profiles[name] = profile;

        Directory.CreateDirectory(Path.GetDirectoryName(FullPath)!);
        string fresh = $"{FullPath}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(fresh, options))
        {
            JsonSerializer.Serialize(file, content with { Current = name }, TowpathJson.Indented);
            file.Flush(flushToDisk: true); // a password may be printed once only: the file outlives a power failure whole
        }
        File.Move(fresh, FullPath, overwrite: true); // whoever reads meanwhile sees the old file or the new one
    }

    private Content Read()
    {
        if (!File.Exists(FullPath)) return new Content(null, []);
        try
        {
            return JsonSerializer.Deserialize<Content>(File.ReadAllBytes(FullPath), TowpathJson.Options) is { Profiles: not null } content
                ? content
                : throw new InvalidDataException($"{FullPath} holds no profiles. Delete it and log in again.");
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{FullPath} cannot be read: {broken.Message} Delete it and log in again.", broken);
        }
    }
}

/// <summary>One saved login.</summary>
public sealed record Profile
{
    /// <summary>The controller's base address.</summary>
    public required Uri Url { get; init; }

    /// <summary>The user's name.</summary>
    public required string Username { get; init; }

    /// <summary>The user's password.</summary>
    public required string Password { get; init; }

    /// <summary>See <see cref="ClientSettings.Fingerprint"/>.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>See <see cref="ClientSettings.Family"/>.</summary>
    public ApiFamily Family { get; init; }

    /// <summary>The settings to log in with.</summary>
    public ClientSettings ToSettings() =>
        new() { Url = Url, Username = Username, Password = Password, Fingerprint = Fingerprint, Family = Family };

    /// <summary>Without the password.</summary>
    public override string ToString() => $"{Username} at {Url}";
}
