using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;

namespace Towpath.Accept;

/// <summary>
/// The measure: Kestrel and routing and answers of the same size, and nothing behind them. No token, no body read, no log. Its lists have
/// 500 tasks, at once or after a tenth of a second of one processor.
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

    private static readonly byte[] s_list = [.. Enumerable.Repeat(s_task, 500).SelectMany(task => task)];

    private static readonly TimeSpan s_search = TimeSpan.FromMilliseconds(100);

    private static readonly SemaphoreSlim s_place = new(1);

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
        app.MapGet("/list", (RequestDelegate)(context => AnswerAsync(context, StatusCodes.Status200OK, s_list)));
        app.MapGet("/search", (RequestDelegate)SearchAsync);
        await app.StartAsync();
        return new BareServer(app);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    /// <summary>Takes one processor for a while, one at a time.</summary>
    private static async Task SearchAsync(HttpContext context)
    {
        await s_place.WaitAsync();
        try
        {
            await Task.Run(Spin);
        }
        finally
        {
            s_place.Release();
        }
        await AnswerAsync(context, StatusCodes.Status200OK, s_list);
    }

    private static void Spin()
    {
        for (long begun = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begun) < s_search;)
        {
        }
    }

    private static Task AnswerAsync(HttpContext context, int status, byte[] body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, 0, body.Length);
    }
}
