using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Towpath.Accounts;

/// <summary>Passwords as they are stored: <c>pbkdf2-sha512$ROUNDS$SALT$HASH</c>, the last two in base64 (RFC 8018, section 5.2).</summary>
public static class Passwords
{
    private const string Algorithm = "pbkdf2-sha512";
    private const int Rounds = 210_000; // OWASP Password Storage Cheat Sheet, 2023, for PBKDF2 with SHA-512
    private const int SaltOctets = 16;
    private const int HashOctets = 32;

    // Without letters and digits that look alike: people type it from a screen.
    private const string Alphabet = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    public const int ShortestLength = 8;

    /// <summary>A hash that no password matches, to spend the same time on an account that does not exist.</summary>
    public static string MatchesNothing { get; } = Format(Rounds, new byte[SaltOctets], RandomNumberGenerator.GetBytes(HashOctets));

    /// <summary>20 characters, about 116 bits.</summary>
    public static string Generate() => RandomNumberGenerator.GetString(Alphabet, 20);

    public static string Hash(string password)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltOctets);
        return Format(Rounds, salt, Derive(password, salt, Rounds, HashOctets));
    }

    /// <exception cref="FormatException">The stored text is not one of ours.</exception>
    public static bool Matches(string password, string stored)
    {
        if (stored.Split('$') is not [Algorithm, var rounds, var salt, var hash])
            throw new FormatException("A stored password hash is not in the form algorithm$rounds$salt$hash.");
        byte[] expected = Convert.FromBase64String(hash);
        byte[] actual = Derive(password, Convert.FromBase64String(salt), int.Parse(rounds, CultureInfo.InvariantCulture), expected.Length);
        return CryptographicOperations.FixedTimeEquals(expected, actual);
    }

    private static byte[] Derive(string password, byte[] salt, int rounds, int octets) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, rounds, HashAlgorithmName.SHA512, octets);

    private static string Format(int rounds, byte[] salt, byte[] hash) =>
        string.Create(CultureInfo.InvariantCulture, $"{Algorithm}${rounds}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}");
}
