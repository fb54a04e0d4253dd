using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;

namespace Towpath.Accept;

/// <summary>
/// The measure: Kestrel and routing and answers of the same size, and nothing behind them. No token, no body read, no log.
/// </summary>
internal sealed class BareServer(WebApplication app) : IAsyncDisposable
{
    private static readonly byte[] s_accepted =
    [
        .. """{"response":{"taskId":"019385cd-4f5e-7b1a-9d61-0242ac120002","url":"/dna/intent/api/v1/task/"""u8,
        .. """019385cd-4f5e-7b1a-9d61-0242ac120002"},"version":"1.0"}"""u8,
    ];

    private static readonly byte[] s_task =
    [
        .. """{"response":{"id":"019385cd-4f5e-7b1a-9d61-0242ac120002","rootId":"019385cd-4f5e-7b1a-9d61-0242ac12"""u8,
        .. """0002","serviceType":"Bench Service","username":"admin","startTime":1763766000000,"endTime":1763766000001"""u8,
        .. ""","lastUpdate":1763766000001,"version":1763766000001,"progress":"","isError":false},"version":"1.0"}"""u8,
    ];

    public Uri Url => new(app.Urls.First());

    public static async Task<BareServer> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        builder.Services.AddRoutingCore();
        // as the whole server has it
        builder.Services.Configure<SocketTransportOptions>(sockets => sockets.UnsafePreferInlineScheduling = true);
        WebApplication app = builder.Build();
        app.MapPost("/operation", (RequestDelegate)(context => AnswerAsync(context, StatusCodes.Status202Accepted, s_accepted)));
        app.MapGet("/task/{taskId}", (RequestDelegate)(context => AnswerAsync(context, StatusCodes.Status200OK, s_task)));
        await app.StartAsync();
        return new BareServer(app);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static Task AnswerAsync(HttpContext context, int status, byte[] body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, 0, body.Length);
    }
}
