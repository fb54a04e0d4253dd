using Towpath.Server;

namespace Towpath.Commands;

/// <summary>What an operator must know about a server that has started.</summary>
/// <param name="Fingerprint">SHA-256 of the https certificate.</param>
/// <param name="Password">The administrator's, once: when it was made just now.</param>
internal sealed record Serving(string Data, Uri? Http, Uri? Https, string? Fingerprint, string User, string? Password,
    bool GivenPasswordIgnored)
{
    public static Serving Of(RunningServer server, TowpathServerOptions options) => new(
        Path.GetFullPath(options.DataFolder), server.HttpUrl, server.HttpsUrl, server.CertificateFingerprint,
        Administrator.Name, server.GeneratedAdminPassword, server.AdminPasswordIgnored);

    public void Describe(Screen screen)
    {
        foreach (Uri url in new[] { Http, Https }.OfType<Uri>()) screen.Verbatim($"Serving {url}");
        if (Fingerprint is not null) screen.Verbatim($"Certificate SHA-256 {Fingerprint}");
        screen.Verbatim($"Data in {Data}");
        if (Password is not null)
            screen.Verbatim($"First start: user {User}, password {Password} (printed once; 'towpath reset-password' makes another)");
        if (GivenPasswordIgnored)
            screen.Line("TOWPATH_ADMIN_PASSWORD is ignored: it counts when the first administrator is made, and there is one.");
    }
}

/// <summary>The first account of a server.</summary>
internal static class Administrator
{
    public const string Name = "admin";

    public static string? PasswordFromEnvironment() =>
        Environment.GetEnvironmentVariable("TOWPATH_ADMIN_PASSWORD") is { Length: > 0 } password ? password : null;
}
