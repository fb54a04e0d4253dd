using System.Security.Cryptography;
using System.Text;

namespace Towpath.Server;

/// <summary>
/// The key around the keys in a shared database. It is in a file of each server and never in the database, so a copy of the database shows
/// no credential. AES-256 in GCM (NIST SP 800-38D), with a random nonce each time.
/// </summary>
internal sealed class MasterKey
{
    private const int KeyOctets = 32, NonceOctets = 12, TagOctets = 16;
    private const string HowToMake =
        "Make one with: (umask 077; openssl rand -base64 32 > FILE) and give every server of the database the same.";

    private static readonly byte[] s_purpose = Encoding.UTF8.GetBytes("towpath data key");

    private readonly byte[] _key;

    private MasterKey(byte[] key) => _key = key;

    /// <param name="path">A file of mode 0600 that holds 32 octets as base64.</param>
    /// <exception cref="ServerStartException">It is not there, others can read it, or it is no such key.</exception>
    public static MasterKey Read(string path)
    {
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != 0)
                throw new ServerStartException($"Others can read the master key {path}. Take that right away: chmod 600 {path}");
            byte[] key = Convert.FromBase64String(File.ReadAllText(path).Trim());
            return key.Length == KeyOctets
                ? new MasterKey(key)
                : throw new ServerStartException($"The master key {path} has {key.Length} octets and not {KeyOctets}. {HowToMake}");
        }
        catch (FormatException)
        {
            throw new ServerStartException($"The master key {path} is no base64. {HowToMake}"); // without what it is
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new ServerStartException($"The master key {path} cannot be read: {problem.Message} {HowToMake}", problem);
        }
    }

    /// <returns>The nonce, the tag, and as many octets as were given.</returns>
    public byte[] Seal(ReadOnlySpan<byte> open)
    {
        var whole = new byte[NonceOctets + TagOctets + open.Length];
        Span<byte> nonce = whole.AsSpan(0, NonceOctets);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_key, TagOctets);
        aes.Encrypt(nonce, open, whole.AsSpan(NonceOctets + TagOctets), whole.AsSpan(NonceOctets, TagOctets), s_purpose);
        return whole;
    }

    /// <exception cref="CryptographicException">Another key has sealed it, or it was changed.</exception>
    public byte[] Open(ReadOnlySpan<byte> whole)
    {
        if (whole.Length < NonceOctets + TagOctets) throw new CryptographicException("What the master key sealed is longer.");
        var open = new byte[whole.Length - NonceOctets - TagOctets];
        using var aes = new AesGcm(_key, TagOctets);
        aes.Decrypt(whole[..NonceOctets], whole[(NonceOctets + TagOctets)..], whole.Slice(NonceOctets, TagOctets), open, s_purpose);
        return open;
    }

    /// <param name="text">What was sealed, as base64.</param>
    public bool Opens(string text)
    {
        try
        {
            Open(Convert.FromBase64String(text));
            return true;
        }
        catch (Exception problem) when (problem is CryptographicException or FormatException)
        {
            return false;
        }
    }
}
