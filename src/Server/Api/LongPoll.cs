using System.Globalization;
using Microsoft.Extensions.Primitives;
using Towpath.FlowAnalysis;
using Towpath.Tasks;

namespace Towpath.Server;

/// <summary>
/// A poll, or the write that makes it, waits for the end of a task: by the query key <c>wait</c>, or by the header <c>Prefer: wait=N</c>
/// (RFC 7240 section 4.3), whose answer says in <c>Preference-Applied</c> what was done.
/// </summary>
internal sealed class LongPoll(TaskEnds ends, ITaskStore store, IHostApplicationLifetime lifetime)
{
    /// <summary>Seconds that one poll waits at most: proxies on the way give up after a minute.</summary>
    public const int Longest = 60;

    /// <summary>So many wait at once; whoever comes then is answered at once, as without the wish.</summary>
    public const int Most = 20_000;

    /// <summary>Seconds between two polls that do not wait, as unfinished answers ask for.</summary>
    private const string Pause = "1";

    private int _waiting;

    /// <summary>Seconds that the request wants to wait; null: it does not.</summary>
    /// <exception cref="ApiException">400: the query has no such number.</exception>
    public static int? Asked(HttpContext context)
    {
        if (context.Request.QueryString.HasValue && context.Request.Query["wait"] is [{ Length: > 0 } text, ..])
        {
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) && seconds <= Longest
                ? seconds
                : throw ApiException.Malformed($"wait must be a number of seconds from 0 to {Longest}, not '{Texts.Shorten(text)}'.");
        }
        StringValues header = context.Request.Headers["Prefer"];
        return header.Count == 0 ? null : Preferred(header);
    }

    /// <summary>Waits as the request wishes until the task has ended, whoever runs it.</summary>
    public async Task WaitAsync(HttpContext context, TaskId task, int seconds)
    {
        try
        {
            if (Interlocked.Increment(ref _waiting) > Most) return;
            // A stop answers everybody who waits, so that it need not wait itself.
            using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
            await ends.WaitAsync(task, TimeSpan.FromSeconds(seconds), over.Token);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
        context.RequestAborted.ThrowIfCancellationRequested();
    }

    /// <summary>As <see cref="WaitAsync"/>, for a task that was accepted just now and may have ended meanwhile.</summary>
    public async Task WriteAsync(HttpContext context, TaskId task, int seconds)
    {
        if (await store.FindAsync(task, context.RequestAborted) is { EndTime: null }) await WaitAsync(context, task, seconds);
    }

    /// <summary>Reads a trace, once its task has ended or the wish is over.</summary>
    public Task<FlowAnalysisAnswer> TraceAsync(HttpContext context, Func<Task<FlowAnalysisAnswer>> read) => ReadAsync(
        context, read, answer => answer.Record.Status == FlowAnalysisStatus.InProgress ? answer.Record.TaskId : null);

    /// <summary>Reads a task, once it has ended or the wish is over.</summary>
    public Task<TaskRecord> TaskAsync(HttpContext context, Func<Task<TaskRecord>> read) =>
        ReadAsync(context, read, task => task.EndTime is null ? task.Id : null);

    /// <param name="awaited">The task that has to end before it is finished; null: it is.</param>
    private async Task<T> ReadAsync<T>(HttpContext context, Func<Task<T>> read, Func<T, TaskId?> awaited)
    {
        int? wait = Asked(context);
        T answer = await read();
        if (awaited(answer) is { } task && wait is { } seconds)
        {
            await WaitAsync(context, task, seconds);
            answer = await read();
        }
        Applied(context, wait);
        if (awaited(answer) is { } unfinished) Unfinished(context, unfinished);
        return answer;
    }

    /// <summary>Says which wish was fulfilled.</summary>
    public static void Applied(HttpContext context, int? seconds)
    {
        if (seconds is null || !context.Request.Headers.ContainsKey("Prefer")) return;
        context.Response.Headers["Preference-Applied"] = string.Create(CultureInfo.InvariantCulture, $"wait={seconds}");
    }

    /// <summary>What an answer says whose task has not ended: when to ask again, and where.</summary>
    public static void Unfinished(HttpContext context, TaskId task)
    {
        context.Response.Headers.RetryAfter = Pause;
        context.Response.Headers.Location = ApiFamily.Of(context).TaskUrl(task);
    }

    /// <summary>A wish for longer is granted in part, and what is no wish of ours is ignored, as the RFC says.</summary>
    private static int? Preferred(StringValues header)
    {
        foreach (string wish in header.OfType<string>().SelectMany(line => line.Split(',')))
        {
            string[] parts = wish.Split(';')[0].Split('=');
            if (parts.Length == 2 && parts[0].Trim().Equals("wait", StringComparison.OrdinalIgnoreCase)
                && uint.TryParse(parts[1].Trim().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out uint seconds))
                return (int)Math.Min(seconds, Longest);
        }
        return null;
    }
}
