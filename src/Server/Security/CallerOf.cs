using Towpath.Accounts;

namespace Towpath.Server;

internal static class CallerOf
{
    extension(Caller)
    {
        /// <summary>The caller that sent the request.</summary>
        /// <exception cref="InvalidOperationException">The route is public, so nobody was asked.</exception>
        public static Caller Of(HttpContext context) =>
            context.Features.Get<Caller>() ?? throw new InvalidOperationException($"{context.Request.Path} is public; it has no caller.");
    }
}
