using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.S3.Model;
using FairShare.Aws.Audit;
using FairShare.Aws.Log;
using FairShare.Core.Digests;
using FairShare.Testing.Oracle;
using Xunit;

namespace FairShare.Scenarios.Tests.Log;

/// <summary>
/// A leaf that audits read long ago, and whose token was erased from the table: it is found missing, whatever stands among the archives.
/// </summary>
public sealed class OldLeavesTests
{
    [Fact]
    public async Task Audit_OfALeafWhoseTokenWasErased_BelievesOnlyArchivesThatTheLogConfirms()
    {
        await using var service = await AuditedService.StartAsync();
        var (exchange, place) = await service.CompleteAsync();
        var (_, otherPlace) = await service.CompleteAsync();
        await service.DeployAsync(sweptItems: 1);
        await service.InvokeAsync();
        // Now every leaf was read twice.
        await service.InvokeAsync();
        var (archive, token, index) = await FindEntryAsync(service, place);
        var (_, other, _) = await FindEntryAsync(service, otherPlace);
        // The release follows in the same archive.
        Assert.True(index + 1 < archive.Size);
        Assert.Empty(await RereadAsync(service, index));
        await service.Cheat.EraseAsync(exchange);
        Assert.Equal(["not-in-table"], await RereadAsync(service, index));

        // One that lost a race ends between the archive's leaves, and names what the table has.
        await PutAsync(service, Lost("first", other, index));
        Assert.Equal(["not-in-table"], await RereadAsync(service, index));
        // A new version of the archive itself names what the table has.
        await PutAsync(service, archive with { Tokens = [.. archive.Tokens.Select(_ => other)] });
        Assert.Equal(["not-in-archive"], await RereadAsync(service, index));
        await PutAsync(service, Lost("second", token, index));
        await PutAsync(service, Lost("third", token, index));
        Assert.Equal(["not-in-table"], await RereadAsync(service, index));

        // Before all of them a whole one that says to begin behind the part.
        var lowest = Sha256Digest.FromBytes(new byte[Sha256Digest.ByteLength]);
        await PutAsync(service, new LogArchive(new LogHead(index + 1, lowest, "", index + 1), index + 1, lowest, [], []));
        await PutAsync(service, new LogArchive(new LogHead(index + 1, lowest, "", index + 1), index + 2, lowest, [token], []));
        Assert.Equal(["not-in-table"], await RereadAsync(service, index));

        // Before all of them what is no archive, one that says to begin behind the part, and one under another's key that does.
        var first = Lost("first", token, index) with
        {
            Root = Sha256Digest.FromBytes(new byte[Sha256Digest.ByteLength]),
        };
        await PutAsync(service, first with { Before = first.Before with { Size = index + 1 } });
        await PutAsync(service, first.Key[..^1] + "1", "null\n"u8.ToArray());
        await PutAsync(service, first.Key[..^1] + "2", Lost("next", token, index + 1).Write());
        Assert.Equal(["not-in-table"], await RereadAsync(service, index));

        // A gap is named a part at a time.
        await HideArchivesAsync(service);
        Assert.Equal(["not-in-archive"], await RereadAsync(service, index));
    }

    /// <summary>Has the audit read one old leaf again.</summary>
    /// <returns>The codes of what it found of leaves.</returns>
    private static async Task<IReadOnlyList<string>> RereadAsync(AuditedService service, long index)
    {
        var reports = new AuditReports(service.Objects, service.Outputs["ReportBucketName"]);
        var (cursor, tag) = await reports.ReadCursorAsync(default);
        Assert.True(await reports.TryWriteCursorAsync(cursor with { Reread = index }, tag, default));
        await service.InvokeAsync();
        Assert.Equal(index + 1, (await reports.ReadCursorAsync(default)).Cursor.Reread);
        var leaves = (await service.FindingsAsync())
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonNode.Parse(line)!)
            .Where(finding => $"{finding["subject"]}".StartsWith("leaf ", StringComparison.Ordinal))
            .ToList();
        Assert.All(leaves, leaf => Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"leaf {index}"), $"{leaf["subject"]}"));
        return [.. leaves.Select(leaf => $"{leaf["code"]}")];
    }

    /// <summary>What was archived before a batch of one token lost a race for an index.</summary>
    private static LogArchive Lost(string name, LoggedToken token, long index) =>
        new(
            new LogHead(index, Sha256Digest.Of("before"u8), "", index),
            index + 1,
            Sha256Digest.Of(Encoding.UTF8.GetBytes(name)),
            [token],
            []
        );

    private static async Task<(LogArchive Archive, LoggedToken Token, long Index)> FindEntryAsync(AuditedService service, string place)
    {
        using var table = new TableReader(service.Host);
        var index = long.Parse((await table.QueryAsync(place)).Single()["index"].N, CultureInfo.InvariantCulture);
        foreach (var listed in await ListAsync(service))
        {
            using var found = await service.Objects.GetObjectAsync(listed.BucketName, listed.Key);
            using var content = new MemoryStream();
            await found.ResponseStream.CopyToAsync(content);
            var archive = LogArchive.Read(content.ToArray());
            if (archive.Before.Size <= index && index < archive.Size)
            {
                return (archive, archive.Tokens[(int)(index - archive.Before.Size)], index);
            }
        }

        throw new InvalidOperationException("No archive has the token.");
    }

    private static async Task HideArchivesAsync(AuditedService service)
    {
        foreach (var listed in await ListAsync(service))
        {
            await service.Objects.DeleteObjectAsync(listed.BucketName, listed.Key);
        }
    }

    private static async Task<IReadOnlyList<S3Object>> ListAsync(AuditedService service) =>
        (
            await service.Objects.ListObjectsV2Async(
                new() { BucketName = service.Host.Embedded.Outputs["LogBucketName"], Prefix = LogArchive.Prefix }
            )
        ).S3Objects;

    private static Task<PutObjectResponse> PutAsync(AuditedService service, LogArchive archive) =>
        PutAsync(service, archive.Key, archive.Write());

    private static Task<PutObjectResponse> PutAsync(AuditedService service, string key, byte[] content) =>
        service.Objects.PutObjectAsync(
            new()
            {
                BucketName = service.Host.Embedded.Outputs["LogBucketName"],
                Key = key,
                InputStream = new MemoryStream(content),
            }
        );
}
