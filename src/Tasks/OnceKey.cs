namespace Towpath.Tasks;

/// <summary>
/// A caller's word for one request (Idempotency-Key): the task that is accepted under it is accepted once, however often the request comes.
/// It goes along with the request, as its user does not: who accepts a task for a request need not know that it has one.
/// </summary>
/// <param name="account">Whose word: another caller's same word is another key.</param>
/// <param name="key">1..255 characters.</param>
/// <param name="request">What tells the request from others; it is stored as it is.</param>
public sealed class OnceKey(string account, string key, byte[] request)
{
    /// <summary>How long a key is kept; after that it is new again.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);

    private static readonly AsyncLocal<OnceKey?> s_current = new();

    private int _isTaken;

    public string Account => account;

    public string Key => key;

    public byte[] Request => request;

    /// <summary>Until the caller returns, the first task that it accepts is accepted under this key.</summary>
    public void Enter() => s_current.Value = this;

    /// <summary>The key of this request, for its first task; null: it has none.</summary>
    internal static OnceKey? Take() => s_current.Value is { } key && Interlocked.Exchange(ref key._isTaken, 1) == 0 ? key : null;
}

/// <summary>What was accepted under a key.</summary>
/// <param name="Request">See <see cref="OnceKey.Request"/>.</param>
public sealed record UsedKey(TaskId TaskId, byte[] Request);

/// <summary>The task is accepted under the key, in this transaction. A key that is in use refuses its whole batch.</summary>
/// <param name="At">Keys that were used more than <see cref="OnceKey.KeptFor"/> before are forgotten.</param>
public sealed record UseKey(OnceKey Key, TaskId TaskId, DateTimeOffset At) : Write;
