using System.Text.Json.Nodes;

namespace Towpath.Server.Tests;

/// <summary>Version 2 of the credentials shows and changes those of version 1.</summary>
[Collection(CampusInventory.Name)]
public sealed class CredentialsByKindTests(CampusServer server)
{
    private const string Version2 = "/dna/intent/api/v2/global-credential";
    private const string Version1 = $"{CampusServer.Catalyst}/global-credential";

    [Fact]
    public async Task Credentials_of_several_kinds_are_added_changed_and_deleted()
    {
        JsonObject added = await server.EndAsync(server.PostAsync(Version2, new
        {
            snmpV2cRead = new[] { new { readCommunity = "secret-r", description = "read" } },
            snmpV3 = new[] { new { username = "towpath", snmpMode = "NOAUTHNOPRIV", description = "v3" } },
            httpsRead = new[] { new { username = "web", password = "secret-w", port = 8443, description = "web" } },
        }));
        string[] ids = added["progress"]!.GetValue<string>().Split(',');
        Answer listed = await server.GetAsync(Version2);
        Assert.Equal([Id(listed.Response, "snmpV2cRead", "read"), Id(listed.Response, "snmpV3", "v3"),
            Id(listed.Response, "httpsRead", "web")], ids);
        Assert.DoesNotContain("secret-", listed.Text, StringComparison.Ordinal);
        Assert.Empty(listed.Response["httpsWrite"]!.AsArray());
        Assert.Contains(ids[0], (await server.GetAsync($"{Version1}?credentialSubType=SNMPV2_READ_COMMUNITY")).Text,
            StringComparison.Ordinal);

        await server.EndAsync(server.PutAsync(Version2, new { snmpV2cRead = new { id = ids[0], description = "renamed" } }));
        Assert.Equal(ids[0], Id((await server.GetAsync(Version2)).Response, "snmpV2cRead", "renamed"));

        foreach (string id in ids) await server.EndAsync(server.DeleteAsync($"{Version2}/{id}"));
        Assert.DoesNotContain(ids[1], (await server.GetAsync(Version2)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "names no credential")]
    [InlineData("""{"snmpV2cRead":[{}]}""", "snmpV2cRead[0].readCommunity")]
    [InlineData("""{"snmpV2cRead":"public"}""", "snmpV2cRead must be an array of up to 100 objects")]
    [InlineData("""{"snmpV2cRead":[1]}""", "snmpV2cRead must be an array of up to 100 objects")]
    [InlineData("""{"httpsRead":[{"username":"a"}],"snmpV2cRead":[{"readCommunity":"a"}]}""", "httpsRead[0].password is required")]
    [InlineData("""{"httpsWrite":[{"username":"a","password":"b","port":0}]}""", "httpsWrite[0].port")]
    public async Task A_body_that_cannot_be_kept_is_refused(string body, string reason)
    {
        Answer refused = await server.PostTextAsync(Version2, body);
        ErrorTests.AssertIsError(refused, 400);
        Assert.Contains(reason, refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_credential_of_another_kind_and_an_unknown_one_are_not_changed()
    {
        ErrorTests.AssertIsError(await server.PutAsync(Version2, new { snmpV3 = new { id = $"{Guid.NewGuid()}" } }), 404);
        ErrorTests.AssertIsError(await server.PutAsync(Version2, new { snmpV3 = new { description = "x" } }), 400);
    }

    private static string Id(JsonNode all, string kind, string description) => all[kind]!.AsArray()
        .Single(one => one!["description"]!.GetValue<string>() == description)!["id"]!.GetValue<string>();
}
