using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Towpath.Accounts;
using Towpath.Tasks;

namespace Towpath.Server;

/// <summary>
/// The header <c>Idempotency-Key</c> (draft-ietf-httpapi-idempotency-key-header): a write that comes again under its key, from the same
/// caller, makes no second task; it is answered with the first one's. The key is stored with the acceptance of the task, in one
/// transaction. What made no task (a refusal, a read) may come again.
/// </summary>
internal sealed class IdempotencyKeys
{
    public const string Header = "Idempotency-Key";

    /// <summary>Says that the answer is about an earlier request.</summary>
    public const string Replayed = "Idempotent-Replayed";

    private const int MostCharacters = 255;

    private readonly RequestDelegate _next;
    private readonly ITaskStore _store;
    private readonly TimeProvider _time;
    private readonly IDataProtector _seal;

    public IdempotencyKeys(RequestDelegate next, ITaskStore store, TimeProvider time, IDataProtectionProvider protection) =>
        (_next, _store, _time, _seal) = (next, store, time, protection.CreateProtector("towpath.idempotency"));

    public Task InvokeAsync(HttpContext context)
    {
        StringValues header = context.Request.Headers[Header];
        if (header.Count == 0 || HttpMethods.IsGet(context.Request.Method) || context.Features.Get<Caller>() is not { } caller)
            return _next(context);
        return InvokeAsync(context, caller, Key(header));
    }

    private async Task InvokeAsync(HttpContext context, Caller caller, string key)
    {
        byte[] request = await DigestAsync(context);
        if (await TryReplayAsync(context, caller, key, request)) return;
        // Sealed: a digest of a short secret in a body would be a way to guess it.
        new OnceKey(caller.Name, key, _seal.Protect(request)).Enter();
        try
        {
            await _next(context);
        }
        catch (WriteConflictException) when (!context.Response.HasStarted)
        {
            // The same request came at the same time by another way, and was first. Else the conflict is about something else.
            if (!await TryReplayAsync(context, caller, key, request)) throw;
        }
    }

    /// <exception cref="ApiException">400: it is no key.</exception>
    private static string Key(StringValues header)
    {
        string key = header.Count == 1 ? header[0]!.Trim() : "";
        if (key.Length > 2 && key[0] == '"' && key[^1] == '"') key = key[1..^1]; // the draft writes it as a structured field's string
        bool isPlain = key.Length is > 0 and <= MostCharacters
            && key.All(letter => letter is > ' ' and <= '~' and not ('"' or '\\' or ','));
        return isPlain ? key : throw ApiException.Malformed(
            $"{Header} must be one key of 1 to {MostCharacters} visible ASCII characters without quotation marks, for instance a UUID.");
    }

    /// <summary>Method, address and body: what makes it another request. The body can be read again.</summary>
    private static async Task<byte[]> DigestAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        request.EnableBuffering(bufferThreshold: RequestBody.MostOctets + 1); // never a file: a larger body is refused
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        string target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        digest.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {target}\n"));
        byte[] buffer = new byte[8192];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, context.RequestAborted)) > 0) digest.AppendData(buffer, 0, read);
        request.Body.Position = 0;
        return digest.GetHashAndReset();
    }

    /// <exception cref="ApiException">422: it was another request.</exception>
    private async Task<bool> TryReplayAsync(HttpContext context, Caller caller, string key, byte[] request)
    {
        DateTimeOffset since = _time.GetUtcNow() - OnceKey.KeptFor;
        if (await _store.FindKeyAsync(caller.Name, key, since, context.RequestAborted) is not { } used) return false;
        if (!IsSame(used.Request, request))
            throw new ApiException(StatusCodes.Status422UnprocessableEntity, "IDEMPOTENCY_KEY_REUSED",
                $"The {Header} '{key}' was used for another request.", "Use a new key for each request; a key is kept for a day.");
        TaskRecord task = await _store.FindAsync(used.TaskId, context.RequestAborted)
            ?? throw ApiException.Conflict(
                $"The request of this {Header} was accepted as the task {used.TaskId}, which is no longer kept.");
        context.Response.Headers[Replayed] = "true";
        await Answer(context, task).ExecuteAsync(context);
        return true;
    }

    private static IResult Answer(HttpContext context, TaskRecord task) =>
        context.GetEndpoint()?.Metadata.GetMetadata<AcceptedAgain>() is { } own
            ? own.Answer(context, task) : Answers.Accepted(context, task);

    private bool IsSame(byte[] used, byte[] request)
    {
        try
        {
            return CryptographicOperations.FixedTimeEquals(_seal.Unprotect(used), request);
        }
        catch (CryptographicException)
        {
            return false; // sealed with keys that are lost: nobody can say that it is the same
        }
    }
}

/// <summary>Metadata of an endpoint whose 202 is not the usual one: the same answer again, from the task.</summary>
internal sealed record AcceptedAgain(Func<HttpContext, TaskRecord, IResult> Answer);
