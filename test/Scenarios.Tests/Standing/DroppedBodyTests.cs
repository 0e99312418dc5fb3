using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FairShare.Backup.Orders;
using FairShare.Backup.Records;
using FairShare.Contracts;
using FairShare.Contracts.Backup;
using FairShare.Contracts.Exchange;
using FairShare.Contracts.Http;
using FairShare.Contracts.Vault;
using FairShare.Core.Encoding;
using Xunit;

namespace FairShare.Scenarios.Tests.Standing;

/// <summary>
/// Bodies that an owner begins and gives up, again and again: their names stay in the item until nobody can write them any more.
/// </summary>
[Collection(StandingWorld.Collection)]
public sealed class DroppedBodyTests(StandingWorld world)
{
    private const int Most = 50;
    private static readonly DigestView Digest = new("sha-256", Base64UrlText.Encode(SHA256.HashData([])), null);

    [Fact]
    public async Task Upload_FiftyWereGivenUpWithinTheHour_IsBusyAndBeginsNothingUntilTheyAreOver()
    {
        var backup = await world.CreateAsync();
        for (var begun = 0; begun <= Most; begun++)
        {
            await BeginAsync(backup, new ShareUpload(1, 100, Fresh: true, Digest));
        }

        var before = world.Insider("p1").Puts;
        Assert.Equal(CommonProblems.Busy.Code, await RefusedAsync(backup, Parts()));
        Assert.Equal(before, world.Insider("p1").Puts);
        Assert.Equal(5, (await world.RestoreAsync(backup)).Held.Count);

        world.Time.Advance(TimeSpan.FromMinutes(76));
        Assert.NotNull((await BeginAsync(backup, Parts())).Parts);
        Assert.Equal(5, (await world.RestoreAsync(backup)).Held.Count);
    }

    private static ShareUpload Parts() => new(1, 100, Fresh: true, Parts: [new VaultPart(1, Digest.Value, 100)]);

    // Given once: a client gives it again where a peer is busy, and is told that it was followed.
    private async Task<string?> RefusedAsync(BackupId backup, ShareUpload upload)
    {
        var peer = world.Peer("p1");
        var order = await peer.SignAsync(PeerRoutes.RequestShareUpload, backup, upload, BackupOrder.Validity, default);
        using var http = new HttpClient();
        using var content = new StringContent(
            JsonSerializer.Serialize(order, ContractJson.Lenient.TypeOf<PeerOrder>()),
            Encoding.UTF8,
            "application/json"
        );
        using var response = await http.PostAsync($"{peer.Peer.Url.TrimEnd('/')}/peer/backups/{backup}/shares", content);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!["code"]?.ToString();
    }

    private Task<ShareUploadGrant> BeginAsync(BackupId backup, ShareUpload upload) =>
        world.Peer("p1").OrderAsync(PeerRoutes.RequestShareUpload, backup, upload, default);
}
