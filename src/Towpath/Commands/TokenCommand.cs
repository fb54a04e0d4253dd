using System.CommandLine;
using System.Globalization;
using Towpath.Client;
using Towpath.Contracts;

namespace Towpath.Commands;

/// <summary><c>towpath token list|revoke</c>: what logs in as this user. <c>towpath whoami</c>: who this is.</summary>
internal static class TokenCommand
{
    private static readonly Listing<TokenItem> s_tokens = new(
        new("id", token => token.Id), new("name", token => token.Name), new("issued", token => Time(token.IssuedAt), 1),
        new("ends", token => Time(token.ExpiresAt)), new("used", token => Time(token.UsedAt), 1));

    private sealed record Login(string User, string Role, Uri Controller, string? Profile, string? Token, string TokenId, string? Ends);

    private static readonly Listing<Login> s_login = new(
        new("user", login => login.User), new("role", login => login.Role), new("controller", login => login.Controller.ToString()),
        new("profile", login => login.Profile), new("token", login => login.Token), new("ends", login => login.Ends));

    public static Command Create()
    {
        Command list = new Command("list", "Lists the tokens of this user.").WithAnswerOptions();
        list.SetAction(async (arguments, cancellationToken) =>
        {
            using TowpathClient client = await TowpathClient.LoginAsync(cancellationToken);
            s_tokens.Show(Screen.For(arguments), await client.Tokens.GetTokensAsync(cancellationToken));
            return ExitCode.Done;
        });
        var wanted = new Argument<string>("TOKEN") { Description = "The token's name or id." };
        var revoke = new Command("revoke", "Ends a token: whoever has it is logged out.") { wanted };
        revoke.SetAction((arguments, cancellationToken) =>
            RevokeAsync(Screen.For(arguments), arguments.GetRequiredValue(wanted), cancellationToken));
        return new Command("token", "What logs in as this user in place of a password.") { list, revoke };
    }

    public static Command CreateWhoami()
    {
        Command command = new Command("whoami", "Says who is logged in, and where.").WithAnswerOptions();
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using TowpathClient client = await TowpathClient.LoginAsync(cancellationToken);
            TokenItem token = await client.Tokens.GetCurrentTokenAsync(cancellationToken);
            bool isFromEnvironment = Environment.GetEnvironmentVariable("TOWPATH_URL") is { Length: > 0 };
            s_login.ShowOne(Screen.For(arguments), new Login(token.Username, token.Role, client.Settings.Url,
                isFromEnvironment ? null : ProfileFile.Default.CurrentName(), token.Name, token.Id, Time(token.ExpiresAt)));
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<int> RevokeAsync(Screen screen, string wanted, CancellationToken cancellationToken)
    {
        using TowpathClient client = await TowpathClient.LoginAsync(cancellationToken);
        IReadOnlyList<TokenItem> all = await client.Tokens.GetTokensAsync(cancellationToken);
        TokenItem[] called = [.. all.Where(token => token.Id == wanted || token.Name == wanted)];
        TokenItem one = called switch
        {
            [var only] => only,
            [] => throw new UsageException($"There is no token '{wanted}'.{Suggestion.Of(wanted, all.Select(token => token.Name!))} "
                + "'towpath token list' names them."),
            _ => throw new UsageException($"{called.Length} tokens are called '{wanted}': "
                + $"{string.Join(", ", called.Select(token => token.Id))}. Name one by its id."),
        };
        screen.Line(await client.Tokens.RevokeTokenAsync(one.Id, cancellationToken));
        return ExitCode.Done;
    }

    private static string? Time(long? epochMilliseconds) => epochMilliseconds is { } at
        ? DateTimeOffset.FromUnixTimeMilliseconds(at).UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture) : null;
}
