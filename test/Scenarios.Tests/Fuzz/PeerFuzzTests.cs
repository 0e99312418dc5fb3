using FairShare.Backup.Standing;
using FairShare.Client.Backup.Deleting;
using FairShare.Client.Backup.Keeping;
using FairShare.Client.Backup.Standing;
using FairShare.Contracts.Standing;
using FairShare.Core.Keys;
using FairShare.Scenarios.Tests.Standing;
using TemplateHost.Testing.Fuzzing;
using Xunit;

namespace FairShare.Scenarios.Tests.Fuzz;

/// <summary>Whatever an owner, or somebody else, sends to a peer or to a coordinator is answered, or refused and changes nothing.</summary>
[Collection(StandingWorld.Collection)]
public sealed class PeerFuzzTests(StandingWorld world, ITestOutputHelper output)
{
    [Fact]
    public async Task Peer_AnyRequest_IsAnsweredOrRefusedAndARefusalChangesNothing()
    {
        var operations = ApiOperation.Read("openapi-peer.json");
        var recorded = new RecordedCalls(operations);
        world.Heard = recorded.HearAsync;
        await KeepAsync();
        var renewed = new RenewedOrder(world.Owner, PublicKey.FromJwk(world.Peer("p1").Peer.Key).Thumbprint, world.Time);
        await RunAsync("p1", new RequestDraw(operations, recorded, [], [world.Owner]) { Renew = renewed.Renew }, 140, 4);
    }

    [Fact]
    public async Task Coordinator_AnyRequest_IsAnsweredOrRefusedAndARefusalChangesNothing()
    {
        var operations = ApiOperation.Read("openapi-coordinator.json");
        var recorded = new RecordedCalls(operations);
        world.Heard = recorded.HearAsync;
        var orders = new StandingOrders(world.Session);
        var (work, roots) = await orders.ProveAsync(await world.CreateAsync(), TimeSpan.FromDays(1), default);
        var note = await world.HandOverAsync(work, roots);
        await world.ViewAsync(note);
        await RunAsync("coordinator", new RequestDraw(operations, recorded, [], [world.Owner]), 40, 1);
        await world.Coordinator.CallAsync(StandingRoutes.WithdrawWork, StandingWorkId.Parse(note.Id), default);
    }

    private async Task KeepAsync()
    {
        var backup = await world.CreateAsync();
        await world.RestoreAsync(backup);
        await new BackupRefresh(world.Session).RunAsync(backup, default);
        await world.DamageAsync("p1", backup, 1);
        await new BackupRepair(world.Session).RunAsync(backup, default);
        await new BackupDeletion(world.Session).RunAsync(await world.CreateAsync(), default);
    }

    private async Task RunAsync(string name, RequestDraw draw, int shortForm, int batch)
    {
        world.Heard = (_, _) => Task.CompletedTask;
        using var http = new HttpClient();
        var fuzz = new RequestFuzz(world.HostOf(name), draw, SendAsync) { Batch = batch };
        await fuzz.RunAsync(FuzzPlan.Of(shortForm));
        output.WriteLine($"{name}: {fuzz}");

        async Task<int> SendAsync(HttpRequestMessage request)
        {
            using var response = await http.SendAsync(request);
            return (int)response.StatusCode;
        }
    }
}
