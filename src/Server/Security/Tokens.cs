using System.Collections.Concurrent;
using System.Security.Cryptography;
using Towpath.Storage;
using Towpath.Tasks;

namespace Towpath.Server;

/// <summary>
/// Hands out tokens and recognises them. The store holds their hashes, so they outlive a restart; a cache in front of it makes the check
/// of every request cheap. A cached answer is asked for again after 5 s: another process may have revoked the token.
/// </summary>
internal sealed class Tokens(IAccountStore store, IWriter writer, TimeProvider time)
{
    private const int MostCached = 100_000;
    private static readonly TimeSpan _trustCacheFor = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<TokenHash, CachedToken> _cache = new();
    private long _revocations;

    /// <summary>The token is durable when it is returned.</summary>
    /// <param name="idle">See <see cref="AccessToken"/>.</param>
    public async Task<string> IssueAsync(Account account, TimeSpan lifetime, TimeSpan? idle, CancellationToken cancellationToken)
    {
        string token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        DateTimeOffset now = time.GetUtcNow();
        TokenHash hash = TokenHash.Of(token)!.Value;
        await writer.CommitAsync(
            [new SaveToken(new AccessToken(hash.ToString(), account.Name, account.Role, now, now + lifetime, idle)), new PurgeTokens(now)],
            cancellationToken);
        return token;
    }

    /// <summary>Null when the token is unknown, revoked or has ended.</summary>
    public ValueTask<Caller?> CheckAsync(ReadOnlySpan<char> token, CancellationToken cancellationToken)
    {
        if (TokenHash.Of(token) is not { } hash) return ValueTask.FromResult<Caller?>(null);
        DateTimeOffset now = time.GetUtcNow();
        return _cache.TryGetValue(hash, out CachedToken? cached) && now - cached.CheckedAt < _trustCacheFor
            ? ValueTask.FromResult(cached.Use(now))
            : new ValueTask<Caller?>(CheckStoreAsync(hash, cached, now, cancellationToken));
    }

    /// <returns>False when there was no such token.</returns>
    public async Task<bool> RevokeAsync(string token, CancellationToken cancellationToken)
    {
        if (TokenHash.Of(token) is not { } hash) return false;
        bool existed = (await writer.CommitAsync([new RevokeToken(hash.ToString())], cancellationToken))[0];
        Interlocked.Increment(ref _revocations);
        _cache.TryRemove(hash, out _);
        return existed;
    }

    private async Task<Caller?> CheckStoreAsync(TokenHash hash, CachedToken? cached, DateTimeOffset now, CancellationToken cancellationToken)
    {
        long revocations = Interlocked.Read(ref _revocations);
        if (await store.FindTokenAsync(hash.ToString(), cancellationToken) is not { } token || token.ExpiresAt <= now)
        {
            _cache.TryRemove(hash, out _);
            return null;
        }
        if (_cache.Count >= MostCached) _cache.Clear(); // they are all in the store
        var entry = new CachedToken(token, now, cached?.LastUse ?? now);
        _cache[hash] = entry;
        // A revocation between the read and the line above has found nothing to remove.
        if (Interlocked.Read(ref _revocations) != revocations) _cache.TryRemove(hash, out _);
        return entry.Use(now);
    }

    /// <param name="lastUse">A restart counts as a use: idle times are not worth a write for every request.</param>
    private sealed class CachedToken(AccessToken token, DateTimeOffset checkedAt, DateTimeOffset lastUse)
    {
        private readonly Caller _caller = new(token.Account, token.Role);
        private long _lastUse = lastUse.UtcTicks;

        public DateTimeOffset CheckedAt => checkedAt;

        public DateTimeOffset LastUse => new(Interlocked.Read(ref _lastUse), TimeSpan.Zero);

        public Caller? Use(DateTimeOffset now)
        {
            if (token.ExpiresAt <= now || token.Idle is { } idle && now - LastUse > idle) return null;
            Interlocked.Exchange(ref _lastUse, now.UtcTicks);
            return _caller;
        }
    }
}
