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

    /// <summary>The current profile; where none was chosen, the only one that there is; else null.</summary>
    /// <exception cref="InvalidDataException">The file cannot be read as one of ours.</exception>
    public Profile? Current() => CurrentName() is { } name ? Find(name) : null;

    /// <summary>The name of <see cref="Current"/>.</summary>
    /// <exception cref="InvalidDataException">The file cannot be read as one of ours.</exception>
    public string? CurrentName()
    {
        Content content = Read();
        if (content.Current is { } name && content.Profiles.ContainsKey(name)) return name;
        return content.Profiles.Count == 1 ? content.Profiles.Keys.Single() : null;
    }

    /// <summary>The names of all profiles, sorted.</summary>
    /// <exception cref="InvalidDataException">The file cannot be read as one of ours.</exception>
    public IReadOnlyList<string> Names() => [.. Read().Profiles.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The profile of this name; null when none was saved.</summary>
    /// <exception cref="InvalidDataException">The file cannot be read as one of ours.</exception>
    public Profile? Find(string name) => Read().Profiles.GetValueOrDefault(name);

    /// <summary>Saves the profile under this name, in place of an older one. File mode 0600.</summary>
    /// <param name="name">The profile's.</param>
    /// <param name="profile">What is saved.</param>
    /// <param name="makeCurrent">False: the current one stays the current one.</param>
    /// <exception cref="InvalidDataException">The file cannot be read as one of ours.</exception>
    public void Save(string name, Profile profile, bool makeCurrent = true)
    {
        Content content = Read();
        content.Profiles[name] = profile;
        Write(content with { Current = makeCurrent ? name : content.Current });
    }

    /// <summary>Makes it the current one.</summary>
    /// <exception cref="KeyNotFoundException">There is no such profile.</exception>
    /// <exception cref="InvalidDataException">The file cannot be read as one of ours.</exception>
    public void Use(string name)
    {
        Content content = Read();
        if (!content.Profiles.ContainsKey(name)) throw new KeyNotFoundException($"There is no profile '{name}'.");
        Write(content with { Current = name });
    }

    /// <summary>Forgets it.</summary>
    /// <returns>False when there was none.</returns>
    /// <exception cref="InvalidDataException">The file cannot be read as one of ours.</exception>
    public bool Remove(string name)
    {
        Content content = Read();
        if (!content.Profiles.Remove(name)) return false;
        Write(content with { Current = content.Current == name ? null : content.Current });
        return true;
    }

    private void Write(Content content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FullPath)!);
        string fresh = $"{FullPath}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(fresh, options))
        {
            JsonSerializer.Serialize(file, content, TowpathJson.Indented);
            file.Flush(flushToDisk: true); // a token is told once only: the file outlives a power failure whole
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

    /// <summary>The user's password, at controllers that have no tokens to keep; null where there is a token.</summary>
    public string? Password { get; init; }

    /// <summary>See <see cref="ClientSettings.Token"/>.</summary>
    public string? Token { get; init; }

    /// <summary>The token's id, to end it by.</summary>
    public string? TokenId { get; init; }

    /// <summary>See <see cref="ClientSettings.Fingerprint"/>.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>See <see cref="ClientSettings.Family"/>.</summary>
    public ApiFamily Family { get; init; }

    /// <summary>The settings to log in with.</summary>
    public ClientSettings ToSettings() =>
        new() { Url = Url, Username = Username, Password = Password ?? "", Token = Token, Fingerprint = Fingerprint, Family = Family };

    /// <summary>Without the secrets.</summary>
    public override string ToString() => $"{Username} at {Url}";
}
