namespace Towpath.Client;

/// <summary>Finds whom to log in as when a script does not say.</summary>
internal static class SavedLogin
{
    /// <summary>The environment when TOWPATH_URL is set, else the current profile.</summary>
    public static ClientSettings Find(Func<string, string?> environment, ProfileFile profiles)
    {
        if (environment("TOWPATH_URL") is { Length: > 0 } url) return FromEnvironment(url, environment);
        return profiles.Current()?.ToSettings() ?? throw new NotLoggedInException(
            $"No controller is known: {profiles.FullPath} has no profile and TOWPATH_URL is not set. Run 'towpath login URL', or set TOWPATH_URL, TOWPATH_USER and TOWPATH_PASSWORD.");
    }

    private static ClientSettings FromEnvironment(string url, Func<string, string?> environment)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https"))
            throw new NotLoggedInException($"TOWPATH_URL is '{url}', which is no http or https address. Set it like https://controller.example:8443.");
        return new ClientSettings
        {
            Url = address,
            Username = Needed("TOWPATH_USER"),
            Password = Needed("TOWPATH_PASSWORD"),
            Fingerprint = environment("TOWPATH_FINGERPRINT") is { Length: > 0 } fingerprint ? fingerprint : null,
        };

        string Needed(string name) => environment(name) is { Length: > 0 } value
            ? value
            : throw new NotLoggedInException($"TOWPATH_URL is set and {name} is not. Set both, or neither to use the saved profile.");
    }
}
