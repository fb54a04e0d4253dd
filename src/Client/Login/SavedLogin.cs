namespace Towpath.Client;

/// <summary>Finds whom to log in as when a script does not say.</summary>
internal static class SavedLogin
{
    /// <summary>The environment when TOWPATH_URL is set, else the current profile.</summary>
    public static ClientSettings Find(Func<string, string?> environment, ProfileFile profiles)
    {
        if (environment("TOWPATH_URL") is { Length: > 0 } url) return FromEnvironment(url, environment);
        ClientSettings saved = profiles.Current()?.ToSettings() ?? throw new NotLoggedInException(
            $"No controller is known: {profiles.FullPath} has no profile and TOWPATH_URL is not set. Run 'towpath login URL', or set "
                + "TOWPATH_URL, TOWPATH_USER and TOWPATH_PASSWORD.");
        return PinnedCertificate.CanBeCompared(saved.Url, saved.Fingerprint) ? saved : throw new NotLoggedInException(
            $"The saved login has a fingerprint for {saved.Url}, and http has no certificate to compare it with. Run 'towpath login' "
                + "again, with https or without a fingerprint.");
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
        return new ClientSettings { Url = address, Username = Needed("TOWPATH_USER"), Password = Needed("TOWPATH_PASSWORD"),
            Fingerprint = fingerprint };

        string Needed(string name) => environment(name) is { Length: > 0 } value
            ? value
            : throw new NotLoggedInException($"TOWPATH_URL is set and {name} is not. Set both, or neither to use the saved profile.");
    }
}
