namespace Towpath.Client;

/// <summary>Finds whom to log in as when a script does not say.</summary>
internal static class SavedLogin
{
    /// <summary>The environment when TOWPATH_URL is set, else the profile that TOWPATH_PROFILE names, else the current one.</summary>
    public static ClientSettings Find(Func<string, string?> environment, ProfileFile profiles)
    {
        if (environment("TOWPATH_URL") is { Length: > 0 } url) return FromEnvironment(url, environment);
        ClientSettings saved = Chosen(environment("TOWPATH_PROFILE"), profiles).ToSettings();
        return PinnedCertificate.CanBeCompared(saved.Url, saved.Fingerprint) ? saved : throw new NotLoggedInException(
            $"The saved login has a fingerprint for {saved.Url}, and http has no certificate to compare it with. Run 'towpath login' "
                + "again, with https or without a fingerprint.");
    }

    private static Profile Chosen(string? name, ProfileFile profiles)
    {
        if (name is { Length: > 0 })
        {
            return profiles.Find(name) ?? throw new NotLoggedInException(
                $"TOWPATH_PROFILE is '{name}', and {profiles.FullPath} has no such profile. 'towpath profile list' names them.");
        }
        if (profiles.Current() is { } current) return current;
        throw new NotLoggedInException(profiles.Names().Count > 0
            ? "Several logins are saved, and none of them is chosen: 'towpath profile use NAME' does, 'towpath profile list' names them."
            : $"No controller is known: {profiles.FullPath} has no profile and TOWPATH_URL is not set. Run 'towpath login URL', or set "
                + "TOWPATH_URL, TOWPATH_USER and TOWPATH_PASSWORD.");
    }

    private static ClientSettings FromEnvironment(string url, Func<string, string?> environment)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https"))
            throw new NotLoggedInException(
                $"TOWPATH_URL is '{url}', which is no http or https address. Set it like https://controller.example:8443.");
        string? fingerprint = environment("TOWPATH_FINGERPRINT") is { Length: > 0 } given ? given : null;
        if (!PinnedCertificate.CanBeCompared(address, fingerprint))
            throw new NotLoggedInException($"TOWPATH_FINGERPRINT is set and TOWPATH_URL is '{url}': http has no certificate to compare "
                + "it with. Use https, or unset it.");
        if (environment("TOWPATH_TOKEN") is { Length: > 0 } token)
        {
            return new ClientSettings { Url = address, Username = environment("TOWPATH_USER") ?? "", Token = token,
                Fingerprint = fingerprint };
        }
        return new ClientSettings { Url = address, Username = Needed("TOWPATH_USER"), Password = Needed("TOWPATH_PASSWORD"),
            Fingerprint = fingerprint };

        string Needed(string name) => environment(name) is { Length: > 0 } value
            ? value
            : throw new NotLoggedInException($"TOWPATH_URL is set and {name} is not. Set both, or neither to use the saved profile.");
    }
}
