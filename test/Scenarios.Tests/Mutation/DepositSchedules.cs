using System.Text.Json.Nodes;
using Amazon.S3;
using Amazon.S3.Model;
using FairShare.Core.Digests;
using FairShare.Core.Identifiers;
using FairShare.Exchange.Evidence;
using FairShare.Testing;

namespace FairShare.Scenarios.Tests.Mutation;

/// <summary>Schedules of steps 1 to v in which the uploader cheats; what is taken all the same is then acquired.</summary>
internal static class DepositSchedules
{
    private static readonly TimeSpan Moment = TimeSpan.FromMinutes(2);

    public static Schedule OtherBytes { get; } =
        new(
            "other bytes are stored than were announced",
            async world =>
            {
                var document = await TestDocument.RequestUploadAsync(world.Alice, null, world.Bob);
                world.Note = Sha256Digest.Of(document.Content).ToBase64();
                document.Version = await PutPastThePresignedRequestAsync(world, document);
                await AcquireAsync(world, document, await document.SubmitOriginAsync());
            }
        );

    public static Schedule OtherNonce { get; } =
        new(
            "evidence of origin has the nonce of another announcement",
            async world =>
            {
                var other = await TestDocument.RequestUploadAsync(world.Alice, null, world.Bob);
                var document = await TestDocument.RequestUploadAsync(world.Alice, null, world.Bob);
                await document.UploadAsync();
                world.Note = other.Ticket.Text("nonce");
                var statement = document.OriginStatement() with { Nonce = Nonce.Parse(world.Note) };
                var body = new JsonObject
                {
                    ["filePath"] = document.Ticket.Text("filePath"),
                    ["nonce"] = world.Note,
                    ["signature"] = (await EvidenceIssuer.IssueAsync(statement, world.Alice.Signer)).Text,
                };
                await AcquireAsync(world, document, await world.Alice.PostAsync($"/documents/{document.Id}/origin", body));
            }
        );

    public static Schedule Backdated { get; } =
        new(
            "evidence of origin is from before the announcement",
            async world =>
            {
                world.Time.Advance(TimeSpan.FromSeconds(5));
                var document = await UploadedAsync(world);
                var announced = Timestamp.Parse(document.Ticket.Text("announcedAt"));
                var statement = document.OriginStatement() with { Gen = announced - TimeSpan.FromSeconds(2) };
                var origin = await EvidenceIssuer.IssueAsync(statement, world.Alice.Signer);
                await AcquireAsync(world, document, await document.SubmitOriginAsync(origin));
            }
        );

    public static Schedule YoungKey { get; } =
        new(
            "evidence of origin is signed with a key that is younger than it",
            async world =>
            {
                var document = await UploadedAsync(world);
                var statement = document.OriginStatement();
                world.Time.Advance(TimeSpan.FromSeconds(5));
                using var young = new TestSigner();
                await world.Alice.RegisterKeyAsync(young);
                await AcquireAsync(world, document, await document.SubmitOriginAsync(await EvidenceIssuer.IssueAsync(statement, young)));
            }
        );

    public static Schedule TwoOrigins { get; } =
        new(
            "two evidences of origin of one document come at once",
            async world =>
            {
                var document = await UploadedAsync(world);
                var (first, second) = (await document.SignAsync(), await document.SignAsync());
                var hold = world.HoldAt("SubmitOrigin", "PutItem", "\"DEPOSIT\"");
                var held = document.SubmitOriginAsync(first);
                await hold.Reached;
                await document.SubmitOriginAsync(second);
                hold.Release();
                await held;
                await world.Alice.GetAsync($"/documents/{document.Id}");
            }
        );

    private static async Task<TestDocument> UploadedAsync(MutationWorld world)
    {
        var document = await TestDocument.RequestUploadAsync(world.Alice, null, world.Bob);
        await document.UploadAsync();
        return document;
    }

    private static async Task AcquireAsync(MutationWorld world, TestDocument document, Answer deposit)
    {
        if (deposit.Status == 200)
        {
            var exchange = await TestExchange.RequestAsync(world.Bob, document);
            await world.AwaitAsync(exchange.SubmitReceiptAsync());
            await world.SettleAsync(Moment);
        }
    }

    private static async Task<ObjectVersion> PutPastThePresignedRequestAsync(MutationWorld world, TestDocument document)
    {
        using var s3 = new AmazonS3Client(world.Host.Owner(), world.Host.Configure(new AmazonS3Config { ForcePathStyle = true }));
        var stored = await s3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = world.Host.Embedded.Outputs["DocumentBucketName"],
                Key = $"documents/{document.Id}",
                InputStream = new MemoryStream(new byte[document.Content.Length]),
            }
        );
        return ObjectVersion.Parse(stored.VersionId);
    }
}
