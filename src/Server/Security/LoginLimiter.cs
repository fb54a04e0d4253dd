using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Towpath.Server;

/// <summary>
/// Slows guessing down. In a minute 5 logins may fail for an account from an address, 30 from an address, and 30 for an account; more are
/// refused until the minute is over. A user who has logged in from an address before has a count of his own there: others' guesses, at his
/// account or from his address at other accounts, do not delay him. A network of IPv6 (/64) is one address: whoever has one has all of it.
/// </summary>
/// <remarks>An attempt counts when its password is about to be checked, and success gives it back: any number of guesses at once are as
/// many as one after another. Memory is bounded: strangers share counters by a keyed hash, so nobody can choose whose he shares.</remarks>
internal sealed class LoginLimiter(TimeProvider time)
{
    private const int MostPerPair = 5;
    private const int MostPerAddress = 30;
    private const int MostPerAccount = 30;
    private const int MostKnown = 10_000;
    private const int Counters = 1 << 13;
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly Lock _lock = new();
    private readonly Failures[] _ofPairs = Counted();
    private readonly Failures[] _ofAddresses = Counted();
    private readonly Failures[] _ofAccounts = Counted();
    private readonly Dictionary<UInt128, KnownPair> _known = [];

    /// <summary>True when this account has been logged in from this address, as long as that is remembered.</summary>
    public bool Knows(string account, IPAddress address)
    {
        lock (_lock) return _known.ContainsKey(KeyOf(account, Network(address)));
    }

    /// <exception cref="ApiException">429 while too many attempts have failed.</exception>
    public void Check(string account, IPAddress address)
    {
        long now = time.GetTimestamp();
        lock (_lock) Check(CountersOf(account, address), now);
    }

    /// <summary>Counts the attempt, until <see cref="Succeeded"/> takes it back.</summary>
    /// <exception cref="ApiException">429 while too many attempts have failed or are being checked.</exception>
    public void Begin(string account, IPAddress address)
    {
        long now = time.GetTimestamp();
        lock (_lock)
        {
            var counters = CountersOf(account, address);
            Check(counters, now);
            foreach ((Failures failures, _) in counters)
            {
                if (IsOver(failures, now)) (failures.Since, failures.Count) = (now, 0);
                failures.Count++;
            }
        }
    }

    /// <param name="wasCounted">False when nothing had to be checked.</param>
    public void Succeeded(string account, IPAddress address, bool wasCounted)
    {
        long now = time.GetTimestamp();
        UInt128 key = KeyOf(account, Network(address));
        lock (_lock)
        {
            if (wasCounted)
            {
                foreach ((Failures failures, _) in CountersOf(account, address)) failures.Count = Math.Max(0, failures.Count - 1);
            }
            if (_known.Count >= MostKnown && !_known.ContainsKey(key)) _known.Remove(_known.MinBy(pair => pair.Value.LastLogin).Key);
            _known[key] = new KnownPair(now, _known.GetValueOrDefault(key)?.Failures ?? new Failures());
        }
    }

    private void Check(IEnumerable<(Failures Failures, int Most)> counters, long now)
    {
        TimeSpan wait = TimeSpan.Zero;
        foreach ((Failures failures, int most) in counters)
        {
            TimeSpan left = failures.Count < most ? TimeSpan.Zero : s_minute - time.GetElapsedTime(failures.Since, now);
            if (left > wait) wait = left;
        }
        if (wait <= TimeSpan.Zero) return;
        int seconds = (int)Math.Ceiling(wait.TotalSeconds);
        throw ApiException.TooManyRequests($"Too many failed logins. Try again in {seconds} s.", seconds);
    }

    private (Failures Failures, int Most)[] CountersOf(string account, IPAddress address)
    {
        string network = Network(address);
        UInt128 pair = KeyOf(account, network);
        if (_known.TryGetValue(pair, out KnownPair? known)) return [(known.Failures, MostPerPair)];
        return
        [
            (_ofPairs[Index(pair)], MostPerPair),
            (_ofAddresses[Index(KeyOf("", network))], MostPerAddress),
            (_ofAccounts[Index(KeyOf(account, ""))], MostPerAccount),
        ];
    }

    private bool IsOver(Failures failures, long now) => time.GetElapsedTime(failures.Since, now) >= s_minute;

    private UInt128 KeyOf(string account, string network) =>
        BitConverter.ToUInt128(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{network} {account}"))); // a network has no blank

    private static int Index(UInt128 key) => (int)(key % Counters);

    private static string Network(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4().ToString();
        byte[] octets = address.GetAddressBytes();
        return octets.Length == 4 ? address.ToString() : Convert.ToHexString(octets.AsSpan(0, 8));
    }

    private static Failures[] Counted() => [.. Enumerable.Range(0, Counters).Select(_ => new Failures())];

    /// <summary>The failures of one minute, counted from the first.</summary>
    private sealed class Failures
    {
        public long Since { get; set; }

        public int Count { get; set; }
    }

    /// <param name="LastLogin">As <see cref="TimeProvider.GetTimestamp"/> counts.</param>
    private sealed record KnownPair(long LastLogin, Failures Failures);
}
