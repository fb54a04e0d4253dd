using Microsoft.Extensions.DependencyInjection;

namespace Towpath.Accounts;

public static class AccountServices
{
    /// <summary>
    /// Registers passwords, tokens and the administrator. The caller registers the store (<see cref="IAccountStore"/>), the writer and
    /// the time, and lets <see cref="TokenClock"/> run where tokens are handed out.
    /// </summary>
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddSingleton<RecentPasswords>();
        services.AddSingleton<Administrator>();
        services.AddSingleton<TokenClock>();
        services.AddSingleton<Tokens>();
        return services;
    }
}
