using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Towpath.Tasks;

namespace Towpath.Accounts;

/// <summary>
/// Hands out tokens and recognises them. The store holds their hashes, so they outlive a restart; a cache in front of it makes the check
/// of every request cheap. A cached answer is asked for again after 5 s: another process may have revoked the token.
/// </summary>
public sealed class Tokens(IAccountStore store, IWriter writer, TokenClock clock)
{
    private const int MostCached = 100_000;
    private static readonly TimeSpan s_trustCacheFor = TimeSpan.FromSeconds(5);

    /// <summary>Another server has issued it by its own clock, and it is used here at once.</summary>
    private static readonly TimeSpan s_clocksDiffer = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<TokenHash, CachedToken> _cache = new();

    /// <summary>The token is durable when it is returned.</summary>
    /// <param name="idle">See <see cref="AccessToken"/>.</param>
    public async Task<string> IssueAsync(Account account, TimeSpan lifetime, TimeSpan? idle, CancellationToken cancellationToken) =>
        (await IssueAsync(account, lifetime, idle, name: null, cancellationToken)).Token;

    /// <inheritdoc cref="IssueAsync(Account, TimeSpan, TimeSpan?, CancellationToken)"/>
    /// <param name="name">See <see cref="AccessToken"/>.</param>
    public async Task<(string Token, AccessToken Issued)> IssueAsync(
        Account account, TimeSpan lifetime, TimeSpan? idle, string? name, CancellationToken cancellationToken)
    {
        string token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        DateTimeOffset now = clock.Now;
        TokenHash hash = TokenHash.Of(token)!.Value;
        var issued = new AccessToken(hash.ToString(), account.Name, account.Role, now, now + lifetime, idle, Name: name);
        await writer.CommitAsync([new SaveToken(issued), new PurgeTokens(now), TokenClock.MarkOf(now)], cancellationToken);
        return (token, issued);
    }

    /// <summary>The account's tokens that have a name and have not ended, the oldest first.</summary>
    public async Task<ImmutableArray<AccessToken>> NamedAsync(string account, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.Now;
        return [.. (await store.NamedTokensAsync(account, cancellationToken)).Where(token => token.ExpiresAt > now
            && (token.Idle is not { } idle || now - (token.UsedAt ?? token.IssuedAt) <= idle))];
    }

    /// <summary>What is known of a token; null when it is unknown.</summary>
    public async Task<AccessToken?> FindAsync(string token, CancellationToken cancellationToken) =>
        TokenHash.Of(token) is { } hash ? await store.FindTokenAsync(hash.ToString(), cancellationToken) : null;

    /// <summary>Ends a token of a list. Other processes notice within 5 s, this one at once.</summary>
    public async Task<bool> RevokeAsync(AccessToken token, CancellationToken cancellationToken)
    {
        bool existed = (await writer.CommitAsync([new RevokeToken(token.Hash)], cancellationToken))[0];
        foreach (TokenHash cached in _cache.Keys.Where(hash => hash.ToString() == token.Hash))
            _cache[cached] = CachedToken.Revoked(clock.Now);
        return existed;
    }

    /// <summary>Null when the token is unknown, revoked or has ended.</summary>
    public ValueTask<Caller?> CheckAsync(ReadOnlySpan<char> token, CancellationToken cancellationToken)
    {
        if (TokenHash.Of(token) is not { } hash) return ValueTask.FromResult<Caller?>(null);
        DateTimeOffset now = clock.Now;
        return _cache.TryGetValue(hash, out CachedToken? cached) && now - cached.CheckedAt < s_trustCacheFor
            ? ValueTask.FromResult(cached.Use(now))
            : new ValueTask<Caller?>(CheckStoreAsync(hash, cached, now, cancellationToken));
    }

    /// <returns>False when there was no such token.</returns>
    public async Task<bool> RevokeAsync(string token, CancellationToken cancellationToken)
    {
        if (TokenHash.Of(token) is not { } hash) return false;
        bool existed = (await writer.CommitAsync([new RevokeToken(hash.ToString())], cancellationToken))[0];
        // Not removed: a check that has read the token before the commit would put it back.
        if (existed) _cache[hash] = CachedToken.Revoked(clock.Now);
        return existed;
    }

    private async Task<Caller?> CheckStoreAsync(TokenHash hash, CachedToken? cached, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        // A token of the future was issued under a clock that was wrong: how old it is, nobody knows.
        AccessToken? token = await store.FindTokenAsync(hash.ToString(), cancellationToken);
        if (token is null || token.ExpiresAt <= now || token.IssuedAt > now + s_clocksDiffer)
        {
            _cache.TryRemove(hash, out _);
            return null;
        }
        if (_cache.Count >= MostCached) _cache.Clear(); // they are all in the store
        var read = new CachedToken(token, now, cached);
        CachedToken entry = _cache.AddOrUpdate(hash, read, (_, other) => other.IsRevoked ? other : read);
        Caller? caller = entry.Use(now);
        bool isWorthWriting = caller is not null && token.Idle is { } idle && now - (token.UsedAt ?? token.IssuedAt) > idle / 8;
        return isWorthWriting && !await WriteUseAsync(token, now, cancellationToken) ? null : caller;
    }

    /// <summary>
    /// So that an idle time goes on over a restart, and when the cache forgets: to an eighth of it, which is not a write for every request.
    /// </summary>
    /// <returns>False when the token was revoked meanwhile.</returns>
    private async Task<bool> WriteUseAsync(AccessToken token, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            return (await writer.CommitAsync([new UseToken(token.Hash, now)], cancellationToken))[0];
        }
        catch (Exception problem) when (problem is WriterFullException or StorageUnavailableException)
        {
            return true; // a ticket that ends early after a restart is better than a refused request
        }
    }

    private sealed class CachedToken
    {
        private readonly AccessToken? _token;
        private readonly Caller? _caller;
        private long _lastUse;

        public CachedToken(AccessToken token, DateTimeOffset checkedAt, CachedToken? before)
        {
            (_token, _caller, CheckedAt) = (token, new Caller(token.Account, token.Role), checkedAt);
            _lastUse = Math.Max((token.UsedAt ?? token.IssuedAt).UtcTicks, before is null ? 0 : Interlocked.Read(ref before._lastUse));
        }

        private CachedToken(DateTimeOffset revokedAt) => CheckedAt = revokedAt;

        public static CachedToken Revoked(DateTimeOffset at) => new(at);

        public DateTimeOffset CheckedAt { get; }

        public bool IsRevoked => _token is null;

        public Caller? Use(DateTimeOffset now)
        {
            if (_token is null || _token.ExpiresAt <= now) return null;
            if (_token.Idle is { } idle && now.UtcTicks - Interlocked.Read(ref _lastUse) > idle.Ticks) return null;
            Interlocked.Exchange(ref _lastUse, now.UtcTicks);
            return _caller;
        }
    }
}
