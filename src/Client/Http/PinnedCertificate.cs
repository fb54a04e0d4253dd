using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Towpath.Client;

/// <summary>Accepts exactly the certificate with the given fingerprint; without one, what the system accepts.</summary>
internal sealed class PinnedCertificate
{
    private readonly string? _expected;
    private volatile string? _refused;

    /// <exception cref="ArgumentException">It is no fingerprint, or there is no certificate that it could be compared with.</exception>
    public PinnedCertificate(Uri url, string? fingerprint)
    {
        if (fingerprint is null) return;
        if (!CanBeCompared(url, fingerprint))
        {
            throw new ArgumentException(
                $"A fingerprint was given for {url}, and http has no certificate to compare it with: the password would go out in "
                    + "clear. Use https, or leave the fingerprint out.");
        }
        _expected = fingerprint.Replace(":", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        if (_expected.Length != 64 || !_expected.All(char.IsAsciiHexDigit))
            throw new ArgumentException(
                $"A fingerprint is the SHA-256 of a certificate, 64 hexadecimal digits; this one is '{fingerprint}'.");
    }

    public static bool CanBeCompared(Uri url, string? fingerprint) => fingerprint is null || url.Scheme == Uri.UriSchemeHttps;

    public SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false, // a redirect would carry the token to somebody else
        AutomaticDecompression = System.Net.DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        SslOptions = { RemoteCertificateValidationCallback = Accept },
    };

    public NotReachableException Explain(Uri url, HttpRequestException failed)
    {
        if (_refused is { } presented)
        {
            return new NotReachableException(url, _expected is null
                ? $"The certificate of {url} is not trusted here. If it is yours, its SHA-256 fingerprint is {presented}: compare it on "
                    + "the controller, then give it (--fingerprint, TOWPATH_FINGERPRINT)."
                : $"The certificate of {url} is another one than asked for: its SHA-256 fingerprint is {presented}. If the controller "
                    + "was set up anew, log in again; else somebody sits in between.", failed)
            {
                PresentedFingerprint = presented,
            };
        }
        return new NotReachableException(url, $"{url} is not reachable: {Reason(failed)}. Check the address, and that the controller runs.",
            failed);
    }

    private bool Accept(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null) return false;
        string presented = Convert.ToHexString(SHA256.HashData(certificate.GetRawCertData()));
        bool accepted = _expected is null ? errors == SslPolicyErrors.None : presented == _expected;
        _refused = accepted ? null : presented;
        return accepted;
    }

    private static string Reason(HttpRequestException failed) =>
        (failed.InnerException is System.Net.Sockets.SocketException socket ? socket.Message : failed.Message).TrimEnd('.');
}
