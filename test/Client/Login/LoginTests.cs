using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Towpath.Testing;

namespace Towpath.Client.Tests;

public sealed class LoginTests
{
    [Fact]
    public async Task The_Catalyst_family_takes_a_basic_login_for_a_token()
    {
        await using ScriptedController controller = await ScriptedController.StartAsync();
        controller.On("GET task/count", Reply.Response("0"));
        using TowpathClient client = await TowpathClient.LoginAsync(controller.Settings());

        await client.Tasks.GetTaskCountAsync();

        Asked asked = Assert.Single(controller.Requests);
        Assert.Equal(("/dna/intent/api/v1/task/count", "token-1"), (asked.Path, asked.Token));
    }

    [Fact]
    public async Task The_APIC_EM_family_takes_a_ticket()
    {
        await using ScriptedController controller = await ScriptedController.StartAsync();
        controller.On("GET task/count", Reply.Response("0"));
        using TowpathClient client = await TowpathClient.LoginAsync(controller.Settings() with { Family = ApiFamily.ApicEm });

        await client.Tasks.GetTaskCountAsync();

        Asked asked = Assert.Single(controller.Requests);
        Assert.Equal(("/api/v1/task/count", "ticket-1"), (asked.Path, asked.Token));
    }

    [Fact]
    public async Task A_password_of_any_letters_arrives_as_it_is()
    {
        await using ScriptedController controller = await ScriptedController.StartAsync();
        controller.On("POST /dna/system/api/v1/auth/token", Reply.Error(401, "NO", "no"));

        NotAllowedException refused = await Assert.ThrowsAsync<NotAllowedException>(
            () => TowpathClient.LoginAsync(controller.Settings() with { Password = "pä:ss wörd" }));

        Assert.DoesNotContain("pä:ss", refused.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.Status);
        Assert.Equal($"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes("admin:pä:ss wörd"))}", controller.LastAuthorization);
    }

    [Fact]
    public async Task A_fingerprint_without_https_is_refused_before_the_password_leaves()
    {
        await using ScriptedController controller = await ScriptedController.StartAsync();

        ArgumentException refused = await Assert.ThrowsAsync<ArgumentException>(
            () => TowpathClient.LoginAsync(controller.Settings() with { Fingerprint = new string('A', 64) }));

        Assert.Contains("https", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, controller.Logins);
    }

    [Fact]
    public async Task Nobody_behind_the_address_is_not_reachable()
    {
        await using ScriptedController controller = await ScriptedController.StartAsync();
        ClientSettings gone = controller.Settings();
        await controller.DisposeAsync();

        NotReachableException lost = await Assert.ThrowsAsync<NotReachableException>(() => TowpathClient.LoginAsync(gone));

        Assert.Equal(gone.Url, lost.Url);
        Assert.Null(lost.PresentedFingerprint);
    }

    [Fact]
    public async Task A_self_signed_certificate_is_accepted_by_its_fingerprint_alone()
    {
        using X509Certificate2 certificate = ScriptedController.SelfSigned();
        string fingerprint = Convert.ToHexString(SHA256.HashData(certificate.RawData));
        await using ScriptedController controller = await ScriptedController.StartAsync(certificate);
        string withColons = string.Join(':', fingerprint.Chunk(2).Select(pair => new string(pair))).ToLowerInvariant();

        using TowpathClient client = await TowpathClient.LoginAsync(controller.Settings() with { Fingerprint = withColons });
        NotReachableException unknown =
            await Assert.ThrowsAsync<NotReachableException>(() => TowpathClient.LoginAsync(controller.Settings()));
        NotReachableException other = await Assert.ThrowsAsync<NotReachableException>(
            () => TowpathClient.LoginAsync(controller.Settings() with { Fingerprint = new string('0', 64) }));

        Assert.Equal((fingerprint, fingerprint), (unknown.PresentedFingerprint, other.PresentedFingerprint));
        Assert.Equal(1, controller.Logins); // no password went to a certificate that was refused
    }

    [Theory]
    [InlineData("")]
    [InlineData("AB")]
    [InlineData("zz00000000000000000000000000000000000000000000000000000000000000")]
    public async Task A_fingerprint_of_another_kind_is_the_callers_mistake(string fingerprint) =>
        await Assert.ThrowsAsync<ArgumentException>(() => TowpathClient.LoginAsync(
            new ClientSettings { Url = new Uri("https://localhost:1"), Username = "admin", Password = "x", Fingerprint = fingerprint }));

    [Fact]
    public async Task A_login_without_a_token_is_an_error_of_the_controller()
    {
        await using ScriptedController controller = await ScriptedController.StartAsync();
        controller.On("POST /dna/system/api/v1/auth/token", Reply.Ok("{}"));

        await Assert.ThrowsAsync<ApiException>(() => TowpathClient.LoginAsync(controller.Settings()));
    }

    [Fact]
    public async Task A_busy_login_is_waited_for()
    {
        await using ScriptedController controller = await ScriptedController.StartAsync();
        ManualTime time = ScriptedController.Hurried();
        controller.On("POST /dna/system/api/v1/auth/token", Reply.Error(429, "RATE", "slow down") with { RetryAfter = "5" }, Reply.Ok("""{"Token":"t"}"""));

        using TowpathClient client = await TowpathClient.LoginAsync(controller.Settings(time));

        Assert.Equal([TimeSpan.FromSeconds(5)], time.Waits);
    }
}
