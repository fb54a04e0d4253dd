using System.Collections.Immutable;
using System.Globalization;
using Towpath.Accounts;
using Towpath.Contracts;
using Towpath.Discovery;
using Towpath.Inventory;
using Towpath.Network;
using DomainJob = Towpath.Discovery.DiscoveryJob;

namespace Towpath.Server;

/// <summary><c>/discovery</c>: sweeps and crawls, what they asked and what they found.</summary>
internal static class DiscoveryEndpoints
{
    private static readonly (string Field, Func<Contracts.DiscoveryJob, string?> Value)[] s_filters =
    [
        ("ipAddress", job => job.IpAddress), ("pingStatus", job => job.PingStatus), ("snmpStatus", job => job.SnmpStatus),
        ("cliStatus", job => job.CliStatus), ("netconfStatus", job => job.NetconfStatus), ("httpStatus", job => job.HttpStatus),
    ];

    public static void MapDiscoveries(this IEndpointRouteBuilder api)
    {
        api.MapPost("/discovery", CreateAsync)
            .Takes<DiscoveryInput>().Starts("Discovers devices: a sweep of addresses, or a crawl from seeds.");
        api.MapPost("/discovery/preview", PreviewAsync)
            .Takes<DiscoveryInput>().Gives<DiscoveryPreview>("What a discovery would send, without sending it.");
        api.MapPut("/discovery", ChangeAsync)
            .Takes<DiscoveryItem>().Starts("Stops a discovery, or starts it again.");
        api.MapDelete("/discovery", DeleteAllAsync)
            .Starts("Deletes all discoveries.");
        api.MapDelete("/discovery/{id}", DeleteAsync)
            .Starts("Deletes a discovery.");
        api.MapDelete("/discovery/{startIndex}/{recordsToDelete}", DeleteRangeAsync)
            .Starts("Deletes a part of the discoveries, from 1.");
        api.MapGet("/discovery/count",
            async (IDiscoveryStore store, CancellationToken cancellationToken) => Answers.Ok(await store.CountAsync(cancellationToken)))
            .Gives<int>("How many discoveries there are.");
        api.MapGet("/discovery/job", JobsByAddressAsync).AsList()
            .GivesList<Contracts.DiscoveryJob>("What came of an address in all discoveries.", ["ipAddress", "name", .. QueryKeys.Page]);
        api.MapGet("/discovery/{id}", async (string id, IDiscoveryStore store, CancellationToken cancellationToken) =>
            Answers.Ok(DiscoveryForms.ToItem(await FindAsync(store, id, cancellationToken))))
            .Gives<DiscoveryItem>("One discovery.");
        api.MapGet("/discovery/{startIndex}/{recordsToReturn}", RangeAsync)
            .GivesList<DiscoveryItem>("A part of the discoveries, from 1.");
        api.MapGet("/discovery/{id}/job", JobsAsync).AsList()
            .GivesList<Contracts.DiscoveryJob>("What came of each address.", ["ipAddress", .. QueryKeys.Page]);
        api.MapGet("/discovery/{id}/not-contacted", NotContactedAsync)
            .GivesList<NotContacted>("What was announced and not contacted, and by which rule.", QueryKeys.Page);
        api.MapGet("/discovery/{id}/summary", SummaryAsync)
            .Gives<int>("How many addresses match.", [.. s_filters.Select(filter => filter.Field)]);
        api.MapGet("/discovery/{id}/network-device", DevicesAsync)
            .GivesList<DiscoveredDevice>("The devices that a discovery found.");
        api.MapGet("/discovery/{id}/network-device/count", async (string id, IDiscoveryStore store, CancellationToken cancellationToken) =>
            Answers.Ok((await FindAsync(store, id, cancellationToken)).Devices.Length))
            .Gives<int>("How many devices a discovery found.");
        api.MapGet("/discovery/{id}/network-device/{startIndex}/{recordsToReturn}", DeviceRangeAsync)
            .GivesList<DiscoveredDevice>("A part of the devices that a discovery found, from 1.");
    }

    private static async Task<IResult> CreateAsync(
        HttpContext context, Discoveries discoveries, Credentials credentials, Secrets secrets, DeviceReach reach,
        SnmpProperties properties, CancellationToken cancellationToken)
    {
        RequestBody body = await RequestBody.ReadAsync(context, cancellationToken);
        DiscoveryPlan? plan = DiscoveryForms.Read(body, secrets, reach, await properties.CurrentAsync(cancellationToken));
        await RefuseUnknownCredentialsAsync(body, plan, credentials, cancellationToken);
        ImmutableArray<string> warnings = body.Validate();
        return Answers.Accepted(context, await discoveries.CreateAsync(plan!, Caller.Of(context).Name, cancellationToken), warnings);
    }

    private static async Task<IResult> PreviewAsync(
        HttpContext context, DiscoveryPreviews previews, Credentials credentials, Secrets secrets, DeviceReach reach,
        SnmpProperties properties, CancellationToken cancellationToken)
    {
        RequestBody body = await RequestBody.ReadAsync(context, cancellationToken);
        DiscoveryPlan? plan = DiscoveryForms.Read(body, secrets, reach, await properties.CurrentAsync(cancellationToken));
        await RefuseUnknownCredentialsAsync(body, plan, credentials, cancellationToken);
        body.Validate();
        return Answers.Ok(DiscoveryForms.ToPreview(await previews.EstimateAsync(plan!, cancellationToken)));
    }

    private static async Task RefuseUnknownCredentialsAsync(
        RequestBody body, DiscoveryPlan? plan, Credentials credentials, CancellationToken cancellationToken)
    {
        if (plan is null || plan.CredentialIds.IsEmpty) return;
        foreach (Guid id in await credentials.UnknownAsync(plan.CredentialIds.Select(Guid.Parse), cancellationToken))
            body.Refuse($"globalCredentialIdList: there is no credential with the id '{id}'. GET /global-credential lists them.");
    }

    private static async Task<IResult> ChangeAsync(HttpContext context, Discoveries discoveries, IDiscoveryStore store,
        CancellationToken cancellationToken)
    {
        // The read object is sent back whole; these two fields say what is wanted.
        RequestBody body = await RequestBody.ReadAsync(context, cancellationToken);
        string id = body.RequiredText("id");
        string status = body.RequiredText("discoveryStatus");
        bool active = status.Equals("Active", StringComparison.OrdinalIgnoreCase);
        if (!active && status.Length > 0 && !status.Equals("Inactive", StringComparison.OrdinalIgnoreCase))
            body.Refuse($"discoveryStatus must be Active (start again) or Inactive (stop), not '{Texts.Shorten(status)}'.");
        body.IgnoreTheRest();
        body.Validate();
        DiscoveryRecord discovery = await FindAsync(store, id, cancellationToken);
        DiscoveryForms.RefuseChanges(body, discovery.Plan);
        body.Validate();
        return Answers.Accepted(context, await discoveries.ChangeAsync(discovery, active, Caller.Of(context).Name, cancellationToken));
    }

    private static async Task<IResult> DeleteAsync(string id, HttpContext context, Discoveries discoveries, IDiscoveryStore store,
        CancellationToken cancellationToken) =>
        await AcceptDeleteAsync(context, discoveries, [(await FindAsync(store, id, cancellationToken)).Id], cancellationToken);

    private static async Task<IResult> DeleteAllAsync(HttpContext context, Discoveries discoveries, IDiscoveryStore store,
        CancellationToken cancellationToken) =>
        await AcceptDeleteAsync(context, discoveries, await store.ListAsync(0, int.MaxValue, cancellationToken), cancellationToken);

    private static async Task<IResult> DeleteRangeAsync(
        string startIndex, string recordsToDelete, HttpContext context, Discoveries discoveries, IDiscoveryStore store,
        CancellationToken cancellationToken)
    {
        Paging page = Paging.FromPath(startIndex, recordsToDelete);
        return await AcceptDeleteAsync(context, discoveries, await store.ListAsync(page.Skip, page.Limit, cancellationToken),
            cancellationToken);
    }

    private static Task<IResult> AcceptDeleteAsync(HttpContext context, Discoveries discoveries, ImmutableArray<DiscoveryRecord> records,
        CancellationToken cancellationToken) =>
        AcceptDeleteAsync(context, discoveries, [.. records.Select(record => record.Id)], cancellationToken);

    private static async Task<IResult> AcceptDeleteAsync(HttpContext context, Discoveries discoveries, ImmutableArray<int> ids,
        CancellationToken cancellationToken) =>
        Answers.Accepted(context, await discoveries.DeleteAsync(ids, Caller.Of(context).Name, cancellationToken));

    private static async Task<IResult> RangeAsync(string startIndex, string recordsToReturn, IDiscoveryStore store,
        CancellationToken cancellationToken)
    {
        Paging page = Paging.FromPath(startIndex, recordsToReturn);
        IReadOnlyList<DiscoveryItem> items = [.. (await store.ListAsync(page.Skip, page.Limit, cancellationToken))
            .Select(DiscoveryForms.ToItem)];
        return Answers.Ok(items);
    }

    private static async Task<IResult> JobsAsync(string id, HttpRequest request, IDiscoveryStore store, CancellationToken cancellationToken)
    {
        DiscoveryRecord discovery = await FindAsync(store, id, cancellationToken);
        Paging page = Paging.FromQuery(request);
        ImmutableArray<DomainJob> jobs = await store.JobsAsync(discovery.Id, Address(request, required: false), page.Skip, page.Limit,
            cancellationToken);
        return Answers.Ok<IReadOnlyList<Contracts.DiscoveryJob>>([.. jobs.Select(job => DiscoveryForms.ToJob(job, discovery))]);
    }

    private static async Task<IResult> NotContactedAsync(
        string id, HttpRequest request, IDiscoveryStore store, CancellationToken cancellationToken)
    {
        DiscoveryRecord discovery = await FindAsync(store, id, cancellationToken);
        Paging page = Paging.FromQuery(request);
        WithheldAddresses withheld = await store.WithheldAsync(discovery.Id, cancellationToken);
        IEnumerable<WithheldAddress> wanted = withheld.Listed.Skip(page.Skip).Take(page.Limit);
        return Answers.Ok<IReadOnlyList<NotContacted>>([.. wanted.Select(DiscoveryForms.ToNotContacted)]);
    }

    private static async Task<IResult> JobsByAddressAsync(HttpRequest request, IDiscoveryStore store, CancellationToken cancellationToken)
    {
        Ipv4Address? address = Address(request, required: true);
        Paging page = Paging.FromQuery(request);
        var discoveries = (await store.ListAsync(0, int.MaxValue, cancellationToken)).ToDictionary(discovery => discovery.Id);
        string? name = new QueryReader(request).Text("name");
        var jobs = from job in await store.JobsAsync(null, address, 0, int.MaxValue, cancellationToken)
                   where discoveries.ContainsKey(job.DiscoveryId) && (name is null || discoveries[job.DiscoveryId].Plan.Name == name)
                   select DiscoveryForms.ToJob(job, discoveries[job.DiscoveryId]);
        return Answers.Ok<IReadOnlyList<Contracts.DiscoveryJob>>([.. jobs.Skip(page.Skip).Take(page.Limit)]);
    }

    private static async Task<IResult> SummaryAsync(string id, HttpRequest request, IDiscoveryStore store,
        CancellationToken cancellationToken)
    {
        DiscoveryRecord discovery = await FindAsync(store, id, cancellationToken);
        var query = new QueryReader(request);
        var jobs = (await store.JobsAsync(discovery.Id, null, 0, int.MaxValue, cancellationToken))
            .Select(job => DiscoveryForms.ToJob(job, discovery));
        return Answers.Ok(jobs.Count(job =>
            s_filters.All(filter => query.Text(filter.Field) is not { } wanted
            || wanted.Equals(filter.Value(job), StringComparison.OrdinalIgnoreCase))));
    }

    private static async Task<IResult> DevicesAsync(string id, IDiscoveryStore store, Devices devices,
        CancellationToken cancellationToken) =>
        Found(await FindAsync(store, id, cancellationToken), devices, 0, int.MaxValue);

    private static async Task<IResult> DeviceRangeAsync(
        string id, string startIndex, string recordsToReturn, IDiscoveryStore store, Devices devices, CancellationToken cancellationToken)
    {
        Paging page = Paging.FromPath(startIndex, recordsToReturn);
        return Found(await FindAsync(store, id, cancellationToken), devices, page.Skip, page.Limit);
    }

    // Devices that were found and deleted since are left out; the order is the device list's.
    private static IResult Found(DiscoveryRecord discovery, Devices devices, int skip, int take)
    {
        HashSet<DeviceId> found = [.. discovery.Devices];
        return Answers.Ok<IReadOnlyList<DiscoveredDevice>>([.. devices.View.Devices.Where(device => found.Contains(device.Id)).Skip(skip)
            .Take(take).Select(DiscoveryForms.ToFound)]);
    }

    private static async Task<DiscoveryRecord> FindAsync(IDiscoveryStore store, string id, CancellationToken cancellationToken) =>
        int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && await store.FindAsync(number, cancellationToken) is { } discovery
            ? discovery
            : throw ApiException.NotFound("discovery", id);

    private static Ipv4Address? Address(HttpRequest request, bool required)
    {
        var query = new QueryReader(request);
        string? text = query.Text("ipAddress");
        if (text is null && required) query.Refuse("ipAddress is required.");
        Ipv4Address address = default;
        if (text is not null && !Ipv4Address.TryParse(text, null, out address))
            query.Refuse($"ipAddress '{Texts.Shorten(text)}' is no IPv4 address.");
        query.Validate();
        return text is null ? null : address;
    }
}
