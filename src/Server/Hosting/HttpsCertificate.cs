using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Towpath.Server;

/// <summary>The self-signed certificate that https starts with. Clients pin its fingerprint, so it lives long and is made once.</summary>
internal static class HttpsCertificate
{
    public const string FileName = "https.pfx";

    /// <summary>Reads the certificate of the data folder; makes it at the first start.</summary>
    /// <exception cref="ServerStartException">The file cannot be read, or not be made.</exception>
    public static X509Certificate2 LoadOrCreate(DataFolder folder, TimeProvider time)
    {
        string path = folder.File(FileName);
        if (!File.Exists(path)) Make(path, time);
        try
        {
            return X509CertificateLoader.LoadPkcs12FromFile(path, password: null);
        }
        catch (CryptographicException problem)
        {
            throw new ServerStartException(
                $"The certificate {path} cannot be read: {problem.Message} Restore it, or delete it and a new one is made.", problem);
        }
    }

    /// <summary>SHA-256 over the certificate, upper-case hexadecimal: what clients pin.</summary>
    public static string Fingerprint(X509Certificate2 certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256);

    private static void Make(string path, TimeProvider time)
    {
        try
        {
            PrivateFile.Write(path, Create(time));
        }
        catch (IOException problem)
        {
            string why = problem.HResult == Posix.NoSpace ? "the disk is full. Free some space and start again." : problem.Message;
            throw new ServerStartException($"The certificate {path} cannot be written: {why}", problem);
        }
    }

    private static byte[] Create(TimeProvider time)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string host = Dns.GetHostName();
        var request = new CertificateRequest(new X500DistinguishedName("CN=Towpath"), key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        if (Uri.CheckHostName(host) == UriHostNameType.Dns && host != "localhost") names.AddDnsName(host);
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false)); // serverAuth
        DateTimeOffset now = time.GetUtcNow();
        // a day back: clients' clocks differ
        using X509Certificate2 certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(10));
        return certificate.Export(X509ContentType.Pkcs12);
    }
}
