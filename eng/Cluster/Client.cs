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

    /// <summary>Until it is cancelled: each round is one write, whose task is followed.</summary>
    public async Task KeepGoingAsync(Func<int, (string Path, object Body)> write, CancellationToken cancellationToken)
    {
        await LogInAsync(cancellationToken);
        try
        {
            for (int round = 0; ; round++)
            {
                (string path, object body) = write(round);
                if (await AcceptAsync(path, body, cancellationToken) is { } task) await FollowAsync(task, cancellationToken);
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
                using HttpResponseMessage answer = await _http.GetAsync(path, cancellationToken);
                if ((int)answer.StatusCode < 500) return await answer.Content.ReadAsStringAsync(cancellationToken);
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
                    _http.DefaultRequestHeaders.Add("X-Auth-Token", token.GetValue<string>());
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
    public async Task<string?> AcceptAsync(string path, object body, CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage answer = await _http.PostAsJsonAsync(Intent + path, body, cancellationToken);
            if (answer.StatusCode == HttpStatusCode.Accepted)
            {
                JsonNode accepted = (await answer.Content.ReadFromJsonAsync<JsonNode>(cancellationToken))!;
                string task = accepted["response"]!["taskId"]!.GetValue<string>();
                journal.Accept(task);
                return task;
            }
            if ((int)answer.StatusCode < 500)
                journal.Break($"POST {path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellationToken)}");
        }
        catch (Exception lost) when (IsLost(lost, cancellationToken))
        {
        }
        journal.Refuse();
        await PauseAsync(cancellationToken);
        return null;
    }

    /// <returns>The progress that the task had when it was seen to end; empty when it is not to be found.</returns>
    public async Task<string> FollowAsync(string task, CancellationToken cancellationToken)
    {
        while (true)
        {
            string text = await ReadAsync($"/task/{task}", cancellationToken);
            if (JsonNode.Parse(text)?["response"] is not JsonObject answer || (string?)answer["id"] != task)
            {
                journal.Break($"The accepted task {task} is {text}");
                return "";
            }
            if (answer["endTime"] is not null)
            {
                journal.End(task, answer.ToJsonString());
                return (string?)answer["progress"] ?? "";
            }
            await PauseAsync(cancellationToken);
        }
    }

    public void Dispose() => _http.Dispose();

    private static Task PauseAsync(CancellationToken cancellationToken) => Task.Delay(100, cancellationToken);

    private static bool IsLost(Exception problem, CancellationToken cancellationToken) => !cancellationToken.IsCancellationRequested
        && problem is HttpRequestException or IOException or OperationCanceledException;
}
