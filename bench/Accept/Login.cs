using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Towpath.Accept;

internal static class Login
{
    public const string Password = "bench password 1";

    /// <summary>As any script logs in.</summary>
    public static async Task<string> TokenAsync(HttpClient http)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/dna/system/api/v1/auth/token");
        request.Headers.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"admin:{Password}")));
        using HttpResponseMessage answer = await http.SendAsync(request);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync());
        return json.RootElement.GetProperty("Token"u8).GetString()!;
    }
}
