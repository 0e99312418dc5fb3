using System.Text;
using System.Text.Json.Nodes;
using FairShare.Aws.Audit;
using FairShare.Core.Digests;
using FairShare.Core.Errors;
using FairShare.Log.Leaves;
using FairShare.Log.Tiles;
using Xunit;

namespace FairShare.Aws.Tests.Audit;

/// <summary>What one audit leaves to the next, as JSON.</summary>
public sealed class AuditCursorTests
{
    private static readonly DateTimeOffset Due = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        var cursor = Cursor();
        var read = AuditCursor.Read(cursor.Write());
        Assert.Equal((300, cursor.Edge.Root()), (read.Edge.Size, read.Edge.Root()));
        Assert.Equal((cursor.SeenSize, cursor.SeenRoot, cursor.Swept), (read.SeenSize, read.SeenRoot, read.Swept));
        Assert.Equal(cursor.Open, read.Open);
        Assert.Equal((0, null), (AuditCursor.Read(AuditCursor.Start.Write()).SeenSize, AuditCursor.Read(AuditCursor.Start.Write()).Swept));
    }

    [Theory]
    [InlineData("size", "-1")]
    [InlineData("size", "299")]
    [InlineData("size", "400")]
    [InlineData("size", "9223372036854775807")]
    [InlineData("size", "\"300\"")]
    [InlineData("tiles", "null")]
    [InlineData("tiles", "{}")]
    [InlineData("tiles", """{"tile/0/001.p/44":"?"}""")]
    [InlineData("tiles", """{"tile/0/001.p/44":null}""")]
    [InlineData("seenSize", "299")]
    [InlineData("seenRoot", "null")]
    [InlineData("seenRoot", "\"short\"")]
    [InlineData("open", "null")]
    [InlineData("open", """{"A":"yesterday"}""")]
    public void Read_WhatIsNone_IsRefused(string member, string value)
    {
        var content = JsonNode.Parse(Cursor().Write())!.AsObject();
        content[member] = JsonNode.Parse(value);
        RequireRefused(content.ToJsonString());
        content.Remove(member);
        RequireRefused(content.ToJsonString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"size\":")]
    public void Read_NoObjectOfItsMembers_IsRefused(string content) => RequireRefused(content);

    private static void RequireRefused(string content) =>
        Assert.Equal(
            "invalid-audit-cursor",
            Assert.Throws<ProtocolException>(() => AuditCursor.Read(Encoding.UTF8.GetBytes(content))).Code
        );

    private static AuditCursor Cursor()
    {
        var leaves = Enumerable.Range(0, 310).Select(number => new LogLeaf("nro", Sha256Digest.Of(BitConverter.GetBytes(number)))).ToList();
        var (edge, seen) = (LogEdge.Empty.Add(leaves[..300]).After, LogEdge.Empty.Add(leaves).After);
        var open = new Dictionary<string, DateTimeOffset> { ["hYcaq2p37A5iTcLytutfAA"] = Due };
        return new AuditCursor(edge, seen.Size, seen.Root(), new SweepPosition("EXCHANGE#a", "ENDING"), open);
    }
}
