using System.Collections.Concurrent;
using System.Net;

namespace Towpath.Server;

/// <summary>Slows guessing down: 5 failed logins a minute for an account from an address, 30 for an address. Successes do not count.</summary>
internal sealed class LoginLimiter(TimeProvider time)
{
    private const int MostPerAccount = 5;
    private const int MostPerAddress = 30;
    private const int MostKeys = 10_000;
    private static readonly TimeSpan _window = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(string Account, IPAddress Address), Failures> _failures = new();

    /// <exception cref="ApiException">429 while too many attempts have failed.</exception>
    public void Check(string account, IPAddress address)
    {
        DateTimeOffset now = time.GetUtcNow();
        TimeSpan wait = TimeSpan.Zero;
        if (_failures.TryGetValue((account, address), out Failures? ofAccount)) wait = ofAccount.WaitAt(now, MostPerAccount);
        if (_failures.TryGetValue(("", address), out Failures? ofAddress) && ofAddress.WaitAt(now, MostPerAddress) is var longer && longer > wait) wait = longer;
        if (wait <= TimeSpan.Zero) return;
        int seconds = (int)Math.Ceiling(wait.TotalSeconds);
        throw ApiException.TooManyRequests($"Too many failed logins. Try again in {seconds} s.", seconds);
    }

    public void Failed(string account, IPAddress address)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (_failures.Count > MostKeys) Forget(now);
        _failures.GetOrAdd((account, address), static _ => new Failures()).Add(now);
        _failures.GetOrAdd(("", address), static _ => new Failures()).Add(now);
    }

    public void Succeeded(string account, IPAddress address) => _failures.TryRemove((account, address), out _);

    private void Forget(DateTimeOffset now)
    {
        foreach ((var key, Failures failures) in _failures)
        {
            if (failures.WaitAt(now, 1) <= TimeSpan.Zero) _failures.TryRemove(key, out _);
        }
        if (_failures.Count > MostKeys) _failures.Clear(); // an attack from very many addresses: memory comes first
    }

    /// <summary>The failures of one minute, counted from the first.</summary>
    private sealed class Failures
    {
        private readonly Lock _lock = new();
        private DateTimeOffset _since;
        private int _count;

        public void Add(DateTimeOffset now)
        {
            lock (_lock)
            {
                if (now - _since >= _window) (_since, _count) = (now, 0);
                _count++;
            }
        }

        public TimeSpan WaitAt(DateTimeOffset now, int most)
        {
            lock (_lock) return _count < most ? TimeSpan.Zero : _since + _window - now;
        }
    }
}
