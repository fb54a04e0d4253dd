using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Towpath.Cluster;

/// <summary>
/// A client that goes on whatever happens: it writes down each task that was acknowledged, and polls until it has seen its end. A request
/// that failed is no promise, and what only reads is asked again.
/// </summary>
internal sealed class Client(Uri url, Journal journal) : IDisposable
{
    private const string Intent = "/dna/intent/api/v1";

    private readonly HttpClient _http = new() { BaseAddress = url, Timeout = TimeSpan.FromSeconds(15) };
    private volatile string? _token;

    /// <summary>Until it is cancelled: one operation after the other, whose tasks are followed.</summary>
    /// <param name="rest">So long at most, in milliseconds, from the end of one to the next.</param>
    public async Task KeepGoingAsync(Func<Operation> next, int rest, CancellationToken cancellationToken)
    {
        try
        {
            await LogInAsync(cancellationToken);
            while (true)
            {
                if (await AcceptAsync(next(), cancellationToken) is { } task) await FollowAsync(task, cancellationToken);
                await Task.Delay(Random.Shared.Next(rest), cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    /// <summary>Until it is cancelled: looks at tasks that were accepted, of whomever and whenever.</summary>
    public async Task KeepLookingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await LogInAsync(cancellationToken);
            while (true)
            {
                string[] tasks = [.. journal.Accepted];
                for (int look = 0; look < 5 && tasks.Length > 0; look++)
                    await LookAsync(tasks[Random.Shared.Next(tasks.Length)], cancellationToken);
                await PauseAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    /// <summary>The whole answer's text of a read, by whichever server answers first.</summary>
    /// <param name="path">Within the intent API.</param>
    public Task<string> ReadAsync(string path, CancellationToken cancellationToken) => ReadTextAsync(Intent + path, cancellationToken);

    /// <summary>The same of any path.</summary>
    public async Task<string> ReadTextAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                using HttpResponseMessage answer = await SendAsync(HttpMethod.Get, path, null, cancellationToken);
                if (answer.StatusCode == HttpStatusCode.Unauthorized) await LogInAsync(cancellationToken); // a token lasts an hour
                else if ((int)answer.StatusCode < 500) return await answer.Content.ReadAsStringAsync(cancellationToken);
            }
            catch (Exception lost) when (IsLost(lost, cancellationToken))
            {
            }
            await PauseAsync(cancellationToken);
        }
    }

    public async Task LogInAsync(CancellationToken cancellationToken)
    {
        string basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"admin:{Site.Password}"));
        while (true)
        {
            try
            {
                using var login = new HttpRequestMessage(HttpMethod.Post, "/dna/system/api/v1/auth/token");
                login.Headers.Authorization = new AuthenticationHeaderValue("Basic", basic);
                using HttpResponseMessage answer = await _http.SendAsync(login, cancellationToken);
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    JsonNode token = (await answer.Content.ReadFromJsonAsync<JsonNode>(cancellationToken))!["Token"]!;
                    _token = token.GetValue<string>();
                    return;
                }
            }
            catch (Exception lost) when (IsLost(lost, cancellationToken))
            {
            }
            await PauseAsync(cancellationToken);
        }
    }

    /// <returns>The task; null when nothing was promised.</returns>
    public Task<string?> AcceptAsync(string path, object body, CancellationToken cancellationToken) =>
        AcceptAsync(new Operation(null, path, body), cancellationToken);

    /// <returns>The task; null when nothing was promised.</returns>
    public async Task<string?> AcceptAsync(Operation operation, CancellationToken cancellationToken)
    {
        try
        {
            using var body = JsonContent.Create(operation.Body);
            using HttpResponseMessage answer = await SendAsync(HttpMethod.Post, Intent + operation.Path, body, cancellationToken);
            if (answer.StatusCode == HttpStatusCode.Accepted)
            {
                JsonNode accepted = (await answer.Content.ReadFromJsonAsync<JsonNode>(cancellationToken))!;
                string task = accepted["response"]!["taskId"]!.GetValue<string>();
                journal.Accept(task, operation.Name);
                return task;
            }
            if (answer.StatusCode == HttpStatusCode.Unauthorized)
            {
                await LogInAsync(cancellationToken);
                return null;
            }
            string said = await answer.Content.ReadAsStringAsync(cancellationToken);
            if ((int)answer.StatusCode < 500) journal.Break($"POST {operation.Path}: {(int)answer.StatusCode} {said}");
        }
        catch (Exception lost) when (IsLost(lost, cancellationToken))
        {
        }
        journal.Refuse();
        await PauseAsync(cancellationToken);
        return null;
    }

    /// <returns>The task as it has ended; null when it is not to be found.</returns>
    public async Task<JsonObject?> FollowAsync(string task, CancellationToken cancellationToken)
    {
        while (await LookAsync(task, cancellationToken) is { } answer)
        {
            if (answer["endTime"] is not null) return answer;
            await PauseAsync(cancellationToken);
        }
        return null;
    }

    /// <summary>Writes down what is said of the task.</summary>
    /// <returns>Null when it is not to be found.</returns>
    private async Task<JsonObject?> LookAsync(string task, CancellationToken cancellationToken)
    {
        long sent = Stopwatch.GetTimestamp();
        string text = await ReadAsync($"/task/{task}", cancellationToken);
        if (JsonNode.Parse(text)?["response"] is not JsonObject answer || (string?)answer["id"] != task)
        {
            journal.Break($"The accepted task {task} is {text}");
            return null;
        }
        journal.History.Observe(task, new(sent, Stopwatch.GetTimestamp(), answer["version"]!.GetValue<long>(),
            answer["endTime"] is null ? null : answer.ToJsonString()));
        return answer;
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, HttpContent? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body, Headers = { { "X-Auth-Token", _token } } };
        return await _http.SendAsync(request, cancellationToken);
    }

    private static Task PauseAsync(CancellationToken cancellationToken) => Task.Delay(100, cancellationToken);

    private static bool IsLost(Exception problem, CancellationToken cancellationToken) => !cancellationToken.IsCancellationRequested
        && problem is HttpRequestException or IOException or OperationCanceledException;
}
