using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Towpath.Accounts;

/// <summary>
/// Passwords that were right within the last minute, as hashes with a key that never leaves the process: scripts take a ticket before every
/// call, and each check of a password costs a core about 0.1 s on purpose.
/// </summary>
public sealed class RecentPasswords(TimeProvider time)
{
    private static readonly TimeSpan s_remembered = TimeSpan.FromMinutes(1);

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<string, Recent> _recent = new(); // one for each account, and only accounts that exist

    /// <summary>True when this password was found right for this account within the last minute. The minute is not prolonged.</summary>
    public bool Matches(Account account, string password) =>
        _recent.TryGetValue(account.Name, out Recent? recent) && time.GetElapsedTime(recent.At) < s_remembered
        && CryptographicOperations.FixedTimeEquals(recent.Hash, HashOf(account, password));

    public void Remember(Account account, string password) =>
        _recent[account.Name] = new Recent(HashOf(account, password), time.GetTimestamp());

    /// <summary>With the stored hash, so that a new password ends what is remembered of the old one.</summary>
    private byte[] HashOf(Account account, string password) =>
        HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{account.PasswordHash} {password}"));

    private sealed record Recent(byte[] Hash, long At);
}
